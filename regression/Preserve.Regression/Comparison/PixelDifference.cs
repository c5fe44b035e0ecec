using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Preserve.Regression.Comparison;

/// <summary>Inner loops of exact comparison, many pixels at a time.</summary>
internal static class PixelDifference
{
    /// <summary>Pixels that are looked at together: one bit each in the answer of <see cref="Bits"/>.</summary>
    public const int Group = 16;

    private const nuint Half = 8;

    /// <summary>Whether two rows are equal where the mask has bits set.</summary>
    /// <param name="one">A row.</param>
    /// <param name="other">A row of the same length.</param>
    /// <param name="mask">Of the same length, or empty to compare all.</param>
    public static bool AreEqual(ReadOnlySpan<uint> one, ReadOnlySpan<uint> other, ReadOnlySpan<uint> mask)
    {
        if (mask.IsEmpty || one.SequenceEqual(other))
        {
            return one.SequenceEqual(other);
        }

        ref var a = ref MemoryMarshal.GetReference(one);
        ref var b = ref MemoryMarshal.GetReference(other);
        ref var m = ref MemoryMarshal.GetReference(mask);
        var x = 0;
        for (; x <= one.Length - Vector256<uint>.Count; x += Vector256<uint>.Count)
        {
            var difference = (Vector256.LoadUnsafe(ref a, (nuint)x) ^ Vector256.LoadUnsafe(ref b, (nuint)x)) & Vector256.LoadUnsafe(ref m, (nuint)x);
            if (difference != Vector256<uint>.Zero)
            {
                return false;
            }
        }

        var rest = 0u;
        for (; x < one.Length; x++)
        {
            rest |= (one[x] ^ other[x]) & mask[x];
        }

        return rest == 0;
    }

    /// <summary>One bit for each of up to <see cref="Group"/> pixels, lowest first: set where they differ under the mask.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Bits(ReadOnlySpan<uint> one, ReadOnlySpan<uint> other, ReadOnlySpan<uint> mask)
    {
        if (one.Length == Group && other.Length == Group)
        {
            ref var a = ref MemoryMarshal.GetReference(one);
            ref var b = ref MemoryMarshal.GetReference(other);
            var low = Vector256.LoadUnsafe(ref a) ^ Vector256.LoadUnsafe(ref b);
            var high = Vector256.LoadUnsafe(ref a, Half) ^ Vector256.LoadUnsafe(ref b, Half);
            if (mask.Length == Group)
            {
                ref var m = ref MemoryMarshal.GetReference(mask);
                low &= Vector256.LoadUnsafe(ref m);
                high &= Vector256.LoadUnsafe(ref m, Half);
            }

            var equal = Vector256.Equals(low, Vector256<uint>.Zero).ExtractMostSignificantBits()
                | (Vector256.Equals(high, Vector256<uint>.Zero).ExtractMostSignificantBits() << (int)Half);
            return ~equal & 0xFFFF;
        }

        var bits = 0u;
        for (var x = 0; x < one.Length; x++)
        {
            var difference = (one[x] ^ other[x]) & (mask.IsEmpty ? uint.MaxValue : mask[x]);
            bits |= difference == 0 ? 0 : 1u << x;
        }

        return bits;
    }
}
