namespace Preserve.Workers.Streaming;

/// <summary>
/// How much may be on the way to one viewer: as much as it acknowledges in a quarter of a second, beyond what the line itself holds.
/// Frames in flight are counted in bytes and in number; an acknowledgement gives back all up to its sequence. Safe for concurrent use.
/// </summary>
/// <remarks>
/// Each acknowledgement is one sample of the rate: what was delivered since that blob was sent, over the time it took. A sample taken
/// while less was sent than allowed says too little, so it can only raise the rate; unless the blob was late, which is the line's own word.
/// </remarks>
internal sealed class CreditWindow(TimeProvider time)
{
    /// <summary>A quarter of a second on a line of 30 KB/s. Less would leave such a line idle while acknowledgements are on their way.</summary>
    public const int Minimum = 8 * 1024;
    public const int Maximum = 2 * 1024 * 1024;

    /// <summary>Before anything is measured: nearly every first picture fits, and a slow line takes two seconds at worst.</summary>
    public const int Initial = 64 * 1024;

    /// <summary>Blobs on the way at one time.</summary>
    public const int MaximumCount = 256;

    private const double TargetSeconds = 0.25;

    // A blob that is this much longer on the way than the line needs for it, and for what was before it, tells that the line has become
    // slower than the window believes.
    private const double LateSeconds = 0.125;

    // What one late blob may take from the rate: a line that has become a thousand times slower is believed after five, one that stumbled is not lost.
    private const double LateFactor = 0.25;
    private const double Weight = 0.25;

    private readonly Lock _lock = new();
    private readonly Queue<Blob> _inFlight = new();
    private uint _lastSent;
    private long _inFlightBytes;
    private long _delivered;
    private double _rate;
    private double _shortestSeconds = double.MaxValue;
    private int _window = Initial;

    /// <summary>Window now, in bytes.</summary>
    public int Size
    {
        get
        {
            lock (_lock)
            {
                return _window;
            }
        }
    }

    /// <summary>Bytes that may be sent now; 0 for none.</summary>
    public int Available
    {
        get
        {
            lock (_lock)
            {
                return _inFlight.Count >= MaximumCount || IsLate() ? 0 : (int)Math.Max(0, _window - _inFlightBytes);
            }
        }
    }

    public void Sent(uint sequence, int length)
    {
        lock (_lock)
        {
            _lastSent = sequence;
            _inFlightBytes += length;
            _inFlight.Enqueue(new Blob(sequence, length, time.GetTimestamp(), _delivered, _inFlightBytes, _inFlightBytes >= _window / 2));
        }
    }

    /// <summary>Gives back the credit of every blob up to a sequence.</summary>
    /// <returns>False when no blob of that sequence was ever sent.</returns>
    public bool Acknowledge(uint sequence)
    {
        lock (_lock)
        {
            if (IsAfter(sequence, _lastSent))
            {
                return false;
            }

            Blob? last = null;
            while (_inFlight.TryPeek(out var blob) && !IsAfter(blob.Sequence, sequence))
            {
                _inFlight.Dequeue();
                _inFlightBytes -= blob.Length;
                _delivered += blob.Length;
                last = blob;
            }

            if (last is { } newest)
            {
                Measure(newest);
            }

            return true;
        }
    }

    /// <summary>The viewer lost its way: what was on the way to it does not count any more.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _inFlight.Clear();
            _inFlightBytes = 0;
        }
    }

    private bool IsLate() => _inFlight.TryPeek(out var oldest) && IsLate(oldest, time.GetElapsedTime(oldest.SentAt).TotalSeconds);

    // Before anything is measured nothing is late.
    private bool IsLate(Blob blob, double seconds) => _rate > 0 && seconds > _shortestSeconds + (blob.LengthUpToIt / _rate) + LateSeconds;

    private void Measure(Blob newest)
    {
        var seconds = Math.Max(0.0005, time.GetElapsedTime(newest.SentAt).TotalSeconds);
        var sample = (_delivered - newest.DeliveredBefore) / seconds;
        var isLate = IsLate(newest, seconds);
        _shortestSeconds = Math.Min(_shortestSeconds, seconds);
        if (sample > _rate || isLate || newest.WasLimited)
        {
            _rate = _rate == 0 ? sample : isLate ? Math.Max(sample, _rate * LateFactor) : (_rate * (1 - Weight)) + (sample * Weight);
            _window = (int)Math.Clamp(_rate * (TargetSeconds + _shortestSeconds), Minimum, Maximum);
        }
    }

    // Sequence numbers wrap around.
    private static bool IsAfter(uint sequence, uint other) => (int)(sequence - other) > 0;

    // LengthUpToIt: of it and of what was on the way before it, in bytes.
    private readonly record struct Blob(uint Sequence, int Length, long SentAt, long DeliveredBefore, long LengthUpToIt, bool WasLimited);
}
