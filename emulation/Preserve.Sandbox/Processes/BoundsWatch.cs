using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Preserve.Sandbox.Host;

namespace Preserve.Sandbox.Processes;

/// <summary>
/// Looks at all running sandboxes a few times a second, on one timer, and ends those whose private folder outgrew its bounds:
/// the one bound that the kernel does not keep for us. A folder is looked through when its file system has become fuller or emptier, and
/// every two seconds: most machines rest most of the time.
/// </summary>
internal sealed class BoundsWatch : IDisposable
{
    private static readonly TimeSpan s_period = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<SandboxedProcess, Look> _watched = new();
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private int _isMeasuring;

    public BoundsWatch(ILogger logger, TimeProvider time)
    {
        (_logger, _time) = (logger, time);
        _timer = time.CreateTimer(_ => MeasureAll(), null, s_period, s_period);
    }

    /// <summary>Watches until the program has ended.</summary>
    public void Add(SandboxedProcess process)
    {
        _watched.TryAdd(process, default);
        process.Completion.ContinueWith(
            _ => _watched.TryRemove(process, out Look _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
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
            foreach (var (process, last) in _watched)
            {
                process.NoteProcessorTime();
                if (!IsDue(process, last) || process.IsWithinBounds)
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

    private bool IsDue(SandboxedProcess process, Look last)
    {
        var room = process.Spec.PrivateFolder is { } folder ? FileSystemRoom.Of(folder.HostPath) : null;
        if (last.At != 0 && room is not null && room.Equals(last.Room) && _time.GetElapsedTime(last.At) < s_longest)
        {
            return false;
        }

        // Not put back for one that has just ended.
        _watched.TryUpdate(process, new Look(_time.GetTimestamp(), room), last);
        return true;
    }

    private readonly record struct Look(long At, FileSystemRoom? Room);
}
