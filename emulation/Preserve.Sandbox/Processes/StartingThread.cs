using System.Collections.Concurrent;
using System.Diagnostics;
using Preserve.Sandbox.Host;

namespace Preserve.Sandbox.Processes;

/// <summary>
/// The one thread that starts processes. bubblewrap's <c>--die-with-parent</c> is a request to be killed when the <em>thread</em>
/// that started it ends, and threads of the pool end when there is little to do: this one lives as long as the process.
/// </summary>
internal static class StartingThread
{
    // Bounded: a caller that finds it full waits its turn, as starts are a few milliseconds each.
    private static readonly BlockingCollection<Action> s_work = new(boundedCapacity: 256);

    static StartingThread()
    {
        new Thread(Run) { Name = "preserve sandbox start", IsBackground = true }.Start();
    }

    /// <summary>Starts a process whose three standard streams are ours.</summary>
    public static Task<Process> StartAsync(ProcessStartInfo start)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        s_work.Add(() =>
        {
            try
            {
                CloseOthersOnExec();
#pragma warning disable RS0030 // The one place that starts processes.
                started.SetResult(Process.Start(start)!);
#pragma warning restore RS0030
            }
            catch (Exception exception)
            {
                // Whatever it is, it belongs to the caller, and this thread must not end.
                started.SetException(exception);
            }
        });
        return started.Task;
    }

    /// <summary>
    /// .NET opens everything close-on-exec, but what this process itself inherited, or a native library opened, would reach
    /// the sandboxed program: bubblewrap closes nothing.
    /// </summary>
    private static void CloseOthersOnExec()
    {
        if (Libc.CloseRange(3, uint.MaxValue, Libc.CloseRangeOnExec) != 0)
        {
            throw new SandboxException("Open files cannot be kept from sandboxed programs: Linux 5.11 or newer is needed.");
        }
    }

    private static void Run()
    {
        foreach (var work in s_work.GetConsumingEnumerable())
        {
            work();
        }
    }
}
