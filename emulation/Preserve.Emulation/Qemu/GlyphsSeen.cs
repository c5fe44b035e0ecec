using Preserve.Emulation.Text;

namespace Preserve.Emulation.Qemu;

/// <summary>What each character has looked like so far on one screen: always the same, and like no other.</summary>
internal sealed class GlyphsSeen(CodePage codePage)
{
    private readonly Dictionary<byte, ulong> _patternOf = [];
    private readonly Dictionary<ulong, byte> _codeOf = [];

    private readonly Dictionary<int, uint> _colourOf = [];

    /// <summary>False when the colour that a cell without a glyph takes from its attribute was seen as another one.</summary>
    public bool AcceptsUniform(byte code, byte attribute, uint colour)
    {
        // A full block shows the foreground; all others the background, whose fourth bit may mean blinking.
        var number = codePage.IsFullBlock(code) ? attribute & 0x0F : 0x10 | (attribute >> 4);
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
            // A pattern does not tell which of two colours is in front.
            return codePage.AreInverse(code, other);
        }

        _patternOf[code] = pattern;
        _codeOf[pattern] = code;
        return true;
    }
}
