using System.Numerics;

namespace Preserve.Workers.Frames;

/// <summary>Codes a number from 0 to 2^24 - 2: how many bits it has, then the bits; both learn, so a repeated number becomes cheap.</summary>
internal sealed class NumberModel
{
    private const int MaximumBits = 23;

    private readonly uint[] _lengths = AdaptiveBit.Make(MaximumBits + 1);
    private readonly uint[] _bits = AdaptiveBit.Make((MaximumBits + 1) * (MaximumBits + 1));

    public int Code<TBits>(TBits bits, int number)
        where TBits : struct, IBitCoder
    {
        var known = number + 1;
        var knownLength = TBits.IsEncoder ? BitOperations.Log2((uint)known) : 0;
        var length = 0;
        while (length < MaximumBits && bits.Code(length < knownLength, ref _lengths[length]))
        {
            length++;
        }

        var value = 1;
        for (var i = length - 1; i >= 0; i--)
        {
            var bit = bits.Code(((known >> i) & 1) != 0, ref _bits[(length * (MaximumBits + 1)) + i]);
            value = (value << 1) | (bit ? 1 : 0);
        }

        return value - 1;
    }

    public void Reset()
    {
        Array.Fill(_lengths, AdaptiveBit.Even);
        Array.Fill(_bits, AdaptiveBit.Even);
    }
}
