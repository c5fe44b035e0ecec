namespace Preserve.Workers.Frames;

/// <summary>A table that remembers which slot came last in some context, and how often the guess was right in a row (0 to 3).</summary>
internal sealed class SlotGuess(int length)
{
    private readonly short[] _slots = Filled(length);
    private readonly byte[] _hits = new byte[length];
    private readonly uint[] _models = AdaptiveBit.Make(4);

    /// <summary>The slot guessed in a context, or a negative number.</summary>
    public int this[int context] => _slots[context];

    public bool Code<TBits>(TBits bits, int context, bool isRight)
        where TBits : struct, IBitCoder
        => bits.Code(isRight, ref _models[_hits[context]]);

    public void Learn(int context, int slot)
    {
        if (_slots[context] == slot)
        {
            _hits[context] = (byte)Math.Min(_hits[context] + 1, 3);
        }
        else
        {
            _slots[context] = (short)slot;
            _hits[context] = 0;
        }
    }

    public void Reset()
    {
        Array.Fill(_slots, (short)-1);
        Array.Clear(_hits);
        Array.Fill(_models, AdaptiveBit.Even);
    }

    private static short[] Filled(int length)
    {
        var slots = new short[length];
        Array.Fill(slots, (short)-1);
        return slots;
    }
}
