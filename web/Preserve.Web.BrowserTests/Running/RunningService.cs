using System.Diagnostics;
using System.Text.RegularExpressions;
using Preserve.Web.Tests.Running;

namespace Preserve.Web.BrowserTests.Running;

/// <summary>The product as its user starts it: the built program, a data folder of its own, a free port on 127.0.0.1.</summary>
public sealed partial class RunningService : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly List<string> _log;

    private RunningService(Process process, List<string> log, Uri address, string dataFolder)
    {
        _process = process;
        _log = log;
        Address = address;
        DataFolder = dataFolder;
    }

    public Uri Address { get; }

    public string DataFolder { get; }

    public int ProcessId => _process.Id;

    /// <summary>Starts the product and waits until it says where it is open.</summary>
    /// <param name="dataFolder">An existing folder to go on with, or null for a new one.</param>
    /// <param name="makesPosters">Off, so that the only emulators are those of the test's own sessions.</param>
    /// <param name="port">The port to open at, as one before it did; null for a free one.</param>
    public static async Task<RunningService> StartAsync(string? dataFolder = null, bool makesPosters = false, int? port = null)
    {
        // Below /tmp and not below the user's home: sandboxes run as a user of their own and must reach the media.
        var data = dataFolder ?? Directory.CreateTempSubdirectory("preserve-browser-").FullName;
        File.SetUnixFileMode(data, (UnixFileMode)0b111_101_101);
        var start = new ProcessStartInfo(BuiltProgram.Path, ["run", "--urls", $"http://127.0.0.1:{port ?? 0}", "--data", data])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PRESERVE__WEB__STARTSPERMINUTE"] = "1000";
        start.Environment["PRESERVE__WORKER__MAKESPOSTERS"] = makesPosters ? "true" : "false";
        var opened = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var log = new List<string>();
#pragma warning disable RS0030 // The test plays the user at the command line.
        var process = Process.Start(start)!;
#pragma warning restore RS0030
        void Read(string? line)
        {
            if (line is null)
            {
                return;
            }

            lock (log)
            {
                log.Add(line);
            }

            if (OpenAt().Match(line) is { Success: true } found)
            {
                opened.TrySetResult(new Uri(found.Groups[1].Value));
            }
        }

        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var ended = process.WaitForExitAsync();
        var first = await Task.WhenAny(opened.Task, ended, Task.Delay(StartLimit));
        if (first != opened.Task)
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"The service did not open. It said:\n{string.Join('\n', log)}");
        }

        return new RunningService(process, log, await opened.Task, data);
    }

    /// <summary>Process ids of every emulator that this service has started, at any depth.</summary>
    public IReadOnlyList<int> Emulators() => ProcessTree.Below(ProcessId).Where(ProcessTree.IsEmulator).ToList();

    /// <summary>Kills the service as the kernel would when memory runs out: no word of goodbye.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>What the service has said so far, for a failure's message.</summary>
    public string Log()
    {
        lock (_log)
        {
            return string.Join('\n', _log);
        }
    }

    /// <summary>Asks the service to end, as Ctrl+C or systemd would, and takes its data away.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
        Directory.Delete(DataFolder, recursive: true);
    }

    /// <summary>Asks the service to end. Stopping one that has ended does nothing.</summary>
    public async Task StopAsync()
    {
        if (!_process.HasExited)
        {
            Signals.Terminate(_process.Id);
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
                throw new InvalidOperationException($"The service did not end within 30 s of being asked. It said:\n{Log()}");
            }
        }
    }

    [GeneratedRegex(@"open at (http://\S+)")]
    private static partial Regex OpenAt();
}
