namespace Preserve.Workers.Frames;

/// <summary>
/// Codes decisions in one direction, so that encoder and reference decoder share one description of the stream. A struct
/// type argument, which the compiler specialises: the direction costs nothing at run time.
/// </summary>
internal interface IBitCoder
{
    static abstract bool IsEncoder { get; }

    /// <summary>Writes <paramref name="bit"/> and returns it, or ignores it and returns what was read. The model learns either way.</summary>
    bool Code(bool bit, ref uint model);
}

internal readonly struct EncodedBits(RangeEncoder range) : IBitCoder
{
    public static bool IsEncoder => true;

    public bool Code(bool bit, ref uint model)
    {
        range.Encode(bit, AdaptiveBit.Probability(model));
        model = AdaptiveBit.Learn(model, bit);
        return bit;
    }
}

internal readonly struct DecodedBits(RangeDecoder range) : IBitCoder
{
    public static bool IsEncoder => false;

    public bool Code(bool bit, ref uint model)
    {
        var read = range.Decode(AdaptiveBit.Probability(model));
        model = AdaptiveBit.Learn(model, read);
        return read;
    }
}
