namespace Preserve.Workers.Streaming;

/// <summary>Bounds how much one connection may type and move: a bucket that refills steadily. For one caller at a time.</summary>
internal sealed class InputRate(TimeProvider time)
{
    /// <summary>Events a second, for ever: twice what the fastest mice report.</summary>
    public const int PerSecond = 2000;

    /// <summary>Events at once.</summary>
    public const int Burst = 4000;

    private double _left = Burst;
    private long _filledAt = time.GetTimestamp();

    /// <summary>False when the connection has sent more than anybody can.</summary>
    public bool TryTake()
    {
        var now = time.GetTimestamp();
        _left = Math.Min(Burst, _left + (time.GetElapsedTime(_filledAt, now).TotalSeconds * PerSecond));
        _filledAt = now;
        if (_left < 1)
        {
            return false;
        }

        _left--;
        return true;
    }
}
