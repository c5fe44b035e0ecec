using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Preserve.Sandbox;
using Preserve.Sandbox.Tools;

// A host process that tests can kill, or run as another user.
//   hold NAME COUNT   starts COUNT programs that stay, saying "ready" once each; ends when standard input does
//   ask SCRIPT        runs a Perl script in a sandbox and prints what it prints
using var sandbox = new BubblewrapSandbox(new SandboxOptions(), NullLogger.Instance);
if (args is ["hold", var name, var count])
{
    var number = int.Parse(count, System.Globalization.CultureInfo.InvariantCulture);
    var held = await Task.WhenAll(Enumerable.Range(0, number).Select(async _ =>
    {
        var process = await sandbox.StartAsync(Spec(name, "fork; $SIG{TERM} = 'IGNORE'; sleep 1 while 1"), CancellationToken.None);
        Console.WriteLine("ready");
        return process;
    }));
    await Console.In.ReadToEndAsync();
    await Task.WhenAll(held.Select(process => process.DisposeAsync().AsTask()));
    return 0;
}

var limits = new ToolLimits { Timeout = TimeSpan.FromSeconds(30), OutputLengthInBytes = 64 * 1024 };
var result = await sandbox.RunAsync(Spec("ask", args[1]), limits, null, CancellationToken.None);
Console.Write(Encoding.UTF8.GetString(result.Output.Span));
return result.Exit.ExitCode;

static SandboxSpec Spec(string name, string script) => new()
{
    Name = name,
    Program = "/usr/bin/perl",
    Arguments = ["-e", script],
    Filter = SandboxFilter.Ours,
    Bounds = new SandboxBounds
    {
        MemoryInBytes = 512L * 1024 * 1024,
        ProcessorTime = TimeSpan.FromSeconds(20),
        Processes = 8,
        FileLengthInBytes = 4 * 1024 * 1024,
        PrivateFolderLengthInBytes = 16 * 1024 * 1024,
    },
};
