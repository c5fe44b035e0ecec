namespace Preserve.Emulation.Qemu;

/// <summary>What each character has looked like so far on one screen: always the same, and like no other.</summary>
internal sealed class GlyphsSeen
{
    private readonly Dictionary<byte, ulong> _patternOf = [];
    private readonly Dictionary<ulong, byte> _codeOf = [];

    private readonly Dictionary<int, uint> _colourOf = [];

    /// <summary>False when the colour that a cell without a glyph takes from its attribute was seen as another one.</summary>
    public bool AcceptsUniform(byte code, byte attribute, uint colour)
    {
        // A full block shows the foreground; all others the background, whose fourth bit may mean blinking.
        var number = code == CodePage437.FullBlock ? attribute & 0x0F : 0x10 | (attribute >> 4);
        if (_colourOf.TryGetValue(number, out var known))
        {
            return known == colour;
        }

        _colourOf[number] = colour;
        return true;
    }

    /// <summary>False when the character was seen looking otherwise, or another one looking like this.</summary>
    public bool Accepts(byte code, ulong pattern)
    {
        if (_patternOf.TryGetValue(code, out var known))
        {
            return known == pattern;
        }

        if (_codeOf.TryGetValue(pattern, out var other))
        {
            return IsInverse(code, other);
        }

        _patternOf[code] = pattern;
        _codeOf[pattern] = code;
        return true;
    }

    /// <summary>Pairs of which one is the other with its colours exchanged, which a pattern does not tell apart: bullets, circles, half blocks.</summary>
    private static bool IsInverse(byte one, byte other) => (Math.Min(one, other), Math.Max(one, other)) is
        (0x07, 0x08) or (0x09, 0x0A) or (0xDC, 0xDF) or (0xDD, 0xDE);
}
