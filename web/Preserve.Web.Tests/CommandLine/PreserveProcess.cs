using System.Diagnostics;
using Preserve.Web.Tests.Running;

namespace Preserve.Web.Tests.CommandLine;

/// <summary>The built executable as a child process, as a person runs it.</summary>
public sealed class PreserveProcess : IAsyncDisposable
{
    private const string Words = " is open at ";

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly Task<string> _errors;

    private PreserveProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    public static Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) => RunAsync(_patience, arguments);

    /// <summary>The same for what takes longer than other verbs.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(TimeSpan patience, params string[] arguments)
    {
        await using var preserve = Start(arguments);
        var output = await preserve._process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(patience);
        await preserve._process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(patience);
        return (preserve._process.ExitCode, output, await preserve._errors);
    }

    public static PreserveProcess Start(params string[] arguments) => Start(new Dictionary<string, string>(), arguments);

    public static PreserveProcess Start(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(BuiltProgram.Path + ".dll");
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

#pragma warning disable RS0030 // The product starts processes in the sandbox only; the tests start the product itself.
        return new PreserveProcess(Process.Start(start)!);
#pragma warning restore RS0030
    }

    /// <summary>The address that the service printed when it was open.</summary>
    public async Task<Uri> AddressAsync()
    {
        var line = await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(_patience);
        Assert.True(line?.Contains(Words, StringComparison.Ordinal), $"'{line}': {(line is null ? await _errors : "")}");
        return new Uri(line![(line!.IndexOf(Words, StringComparison.Ordinal) + Words.Length)..]);
    }

    /// <summary>The exit code of one that ends by itself.</summary>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(_patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}
