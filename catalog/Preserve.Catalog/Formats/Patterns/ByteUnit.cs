namespace Preserve.Catalog.Formats.Patterns;

/// <summary>A few bytes in a row of a pattern, always as many: what one word of the PRONOM signature syntax stands for.</summary>
/// <param name="Length">Bytes it takes, at least 1.</param>
internal abstract record ByteUnit(int Length)
{
    /// <summary>Whether these bytes, <see cref="Length"/> of them, are what it stands for.</summary>
    public abstract bool Matches(ReadOnlySpan<byte> bytes);
}

/// <summary><c>4D5A</c> or <c>'MZ'</c>: these bytes.</summary>
internal sealed record LiteralUnit(byte[] Bytes) : ByteUnit(Bytes.Length)
{
    public override bool Matches(ReadOnlySpan<byte> bytes) => bytes.SequenceEqual(Bytes);
}

/// <summary><c>??</c> or <c>{n}</c>: any bytes.</summary>
internal sealed record AnyUnit(int Count) : ByteUnit(Count)
{
    public override bool Matches(ReadOnlySpan<byte> bytes) => true;
}

/// <summary><c>[30:39]</c>, <c>['0'-'9']</c>, <c>[!30:39]</c>: bytes that, compared as numbers of that width, lie in a range, or do not.</summary>
internal sealed record RangeUnit(byte[] Low, byte[] High, bool IsNegated) : ByteUnit(Low.Length)
{
    public override bool Matches(ReadOnlySpan<byte> bytes) =>
        (bytes.SequenceCompareTo(Low) >= 0 && bytes.SequenceCompareTo(High) <= 0) != IsNegated;
}

/// <summary><c>[!00]</c>: anything but these bytes.</summary>
internal sealed record OtherThanUnit(byte[] Bytes) : ByteUnit(Bytes.Length)
{
    public override bool Matches(ReadOnlySpan<byte> bytes) => !bytes.SequenceEqual(Bytes);
}

/// <summary><c>[09 0A 0D]</c>: one byte of a set, or none of it.</summary>
internal sealed record SetUnit(byte[] Members, bool IsNegated) : ByteUnit(1)
{
    public override bool Matches(ReadOnlySpan<byte> bytes) => Members.AsSpan().Contains(bytes[0]) != IsNegated;
}

/// <summary><c>[&amp;01]</c>: one byte with all bits of the mask set, or not all of them.</summary>
internal sealed record BitsUnit(byte Mask, bool IsNegated) : ByteUnit(1)
{
    public override bool Matches(ReadOnlySpan<byte> bytes) => ((bytes[0] & Mask) == Mask) != IsNegated;
}
