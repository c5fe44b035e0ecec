namespace Preserve.Workers.Frames;

/// <summary>Codes symbols of a fixed number of bits, first bit first, each bit in the light of those before it.</summary>
internal static class SymbolTree
{
    /// <param name="bits">Where to.</param>
    /// <param name="models">2^<paramref name="width"/> models; the first is not used.</param>
    /// <param name="width">Bits of a symbol.</param>
    /// <param name="symbol">What to write; ignored when reading.</param>
    public static int Code<TBits>(TBits bits, Span<uint> models, int width, int symbol)
        where TBits : struct, IBitCoder
    {
        var node = 1;
        for (var i = width - 1; i >= 0; i--)
        {
            var bit = bits.Code(((symbol >> i) & 1) != 0, ref models[node]);
            node = (node << 1) | (bit ? 1 : 0);
        }

        return node - (1 << width);
    }
}
