using System.Collections.Concurrent;
using System.Diagnostics;

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

    private static void Run()
    {
        foreach (var work in s_work.GetConsumingEnumerable())
        {
            work();
        }
    }
}
