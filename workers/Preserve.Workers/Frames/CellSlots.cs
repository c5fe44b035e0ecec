namespace Preserve.Workers.Frames;

/// <summary>
/// Which slots of the cell cache are taken, and which makes room next: a ring with a second chance for slots used since the hand
/// last passed. Both sides run it alike, so a slot is never named when a cell is kept.
/// </summary>
internal sealed class CellSlots
{
    private readonly bool[] _used = new bool[FrameFormat.SlotCount];
    private int _hand;

    /// <summary>Slots filled so far; once full it stays at <see cref="FrameFormat.SlotCount"/>.</summary>
    public int Count { get; private set; }

    public void Use(int slot) => _used[slot] = true;

    /// <summary>The slot for a new cell; what was in it is gone.</summary>
    public int Take()
    {
        while (_used[_hand])
        {
            _used[_hand] = false;
            _hand = (_hand + 1) & (FrameFormat.SlotCount - 1);
        }

        var slot = _hand;
        _hand = (_hand + 1) & (FrameFormat.SlotCount - 1);
        Count = Math.Max(Count, slot + 1);
        return slot;
    }

    public void Reset()
    {
        Array.Clear(_used);
        _hand = 0;
        Count = 0;
    }
}
