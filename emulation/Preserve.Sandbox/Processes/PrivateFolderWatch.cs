using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Preserve.Sandbox.Processes;

/// <summary>Measures the private folders of all running sandboxes a few times a second, on one timer, and ends those that outgrew their bounds.</summary>
internal sealed class PrivateFolderWatch : IDisposable
{
    private static readonly TimeSpan s_period = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<SandboxedProcess, byte> _watched = new();
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private int _isMeasuring;

    public PrivateFolderWatch(ILogger logger, TimeProvider time)
    {
        _logger = logger;
        _timer = time.CreateTimer(_ => MeasureAll(), null, s_period, s_period);
    }

    /// <summary>Watches until the program has ended.</summary>
    public void Add(SandboxedProcess process)
    {
        if (process.Spec.PrivateFolder is null)
        {
            return;
        }

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
            foreach (var process in _watched.Keys.Where(process => !PrivateFolderSize.IsWithinBounds(process.Spec)))
            {
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
