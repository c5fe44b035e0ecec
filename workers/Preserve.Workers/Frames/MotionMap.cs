namespace Preserve.Workers.Frames;

/// <summary>Which cells are in motion: those that have changed again and again, each time soon after the last.</summary>
internal sealed class MotionMap(TimeProvider time)
{
    /// <summary>A cell that has not changed for so long is still.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(500);

    // Behind a slow line one looks rarely: what has changed from each look to the next, no longer apart than this, is in motion as well.
    private static readonly TimeSpan s_rareLook = TimeSpan.FromMilliseconds(750);

    // Three changes are two answers to keys and a blink as well; four within a second are a film.
    private const int MovesAfter = 4;

    private long[] _changedAt = [];
    private byte[] _streak = [];
    private long _now;
    private long _lastLook;
    private long _before;

    public void Reset(CellGrid grid)
    {
        (_now, _lastLook, _before) = (time.GetTimestamp(), 0, 0);
        _changedAt = new long[grid.Count];
        Array.Fill(_changedAt, long.MinValue);
        _streak = new byte[grid.Count];
    }

    /// <summary>Learns what another map of the same grid knows.</summary>
    public void Adopt(MotionMap other)
    {
        (_now, _lastLook, _before) = (other._now, other._lastLook, other._before);
        _changedAt = (long[])other._changedAt.Clone();
        _streak = (byte[])other._streak.Clone();
    }

    /// <summary>Takes note of the cells that have just changed; it is now until the next time.</summary>
    public void Note(CellSet damaged)
    {
        _now = time.GetTimestamp();
        if (damaged.IsEmpty)
        {
            return;
        }

        (_before, _lastLook) = (_lastLook, _now);
        for (var index = damaged.Next(0); index >= 0; index = damaged.Next(index + 1))
        {
            // Twice at one instant is one change.
            if (_changedAt[index] != _now)
            {
                _streak[index] = GoesOn(index) ? (byte)Math.Min(_streak[index] + 1, MovesAfter) : (byte)1;
                _changedAt[index] = _now;
            }
        }
    }

    public bool IsMoving(int index) => _streak[index] >= MovesAfter && !IsStill(index);

    public bool IsStill(int index) => _changedAt[index] == long.MinValue || time.GetElapsedTime(_changedAt[index], _now) >= Rest;

    /// <summary>How long until a cell is still if it does not change any more; negative when it is already.</summary>
    public TimeSpan UntilStill(int index) =>
        _changedAt[index] == long.MinValue ? TimeSpan.Zero : Rest - time.GetElapsedTime(_changedAt[index]);

    private bool GoesOn(int index) =>
        !IsStill(index) || (_changedAt[index] == _before && time.GetElapsedTime(_before, _now) < s_rareLook);
}
