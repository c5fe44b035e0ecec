using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Preserve.Sandbox.Processes;

/// <summary>
/// Looks at all running sandboxes a few times a second, on one timer, and ends those whose private folder outgrew its bounds:
/// the one bound that the kernel does not keep for us.
/// </summary>
internal sealed class BoundsWatch : IDisposable
{
    private static readonly TimeSpan s_period = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<SandboxedProcess, byte> _watched = new();
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private int _isMeasuring;

    public BoundsWatch(ILogger logger, TimeProvider time)
    {
        _logger = logger;
        _timer = time.CreateTimer(_ => MeasureAll(), null, s_period, s_period);
    }

    /// <summary>Watches until the program has ended.</summary>
    public void Add(SandboxedProcess process)
    {
        _watched.TryAdd(process, 0);
        process.Completion.ContinueWith(
            _ => _watched.TryRemove(process, out byte _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    public void Dispose() => _timer.Dispose();

    private void MeasureAll()
    {
        // A tick that finds the one before still at work does nothing: large folders are measured less often, not twice at once.
        if (Interlocked.Exchange(ref _isMeasuring, 1) != 0)
        {
            return;
        }

        try
        {
            foreach (var process in _watched.Keys)
            {
                process.NoteProcessorTime();
                if (process.IsWithinBounds)
                {
                    continue;
                }

                _logger.LogWarning("Sandbox {Name} (process {ProcessId}) ended: its private folder is full", process.Spec.Name, process.ProcessId);
                process.Kill(SandboxEndCause.PrivateFolderFull);
            }
        }
        finally
        {
            Volatile.Write(ref _isMeasuring, 0);
        }
    }
}
