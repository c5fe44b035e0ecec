namespace Preserve.Workers.Regression;

/// <summary>A clock that stands still while a machine is paused, so that nothing is given up because visitors came. Safe for concurrent callers.</summary>
internal sealed class PausableTime(TimeProvider time) : TimeProvider
{
    private readonly Lock _lock = new();
    private long _paused;
    private long? _since;

    public override long TimestampFrequency => time.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    public override long GetTimestamp()
    {
        lock (_lock)
        {
            return (_since ?? time.GetTimestamp()) - _paused;
        }
    }

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime, period);

    public void Pause()
    {
        lock (_lock)
        {
            _since ??= time.GetTimestamp();
        }
    }

    public void Resume()
    {
        lock (_lock)
        {
            if (_since is { } since)
            {
                _paused += time.GetTimestamp() - since;
                _since = null;
            }
        }
    }
}
