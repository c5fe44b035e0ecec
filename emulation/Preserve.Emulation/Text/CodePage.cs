using System.Text;

namespace Preserve.Emulation.Text;

/// <summary>A character set of 256 codes as a PC's display adapter shows it. Immutable.</summary>
/// <remarks>
/// What a code from 0x80 on means is the framework's table. Below 0x20 a font has pictures where encodings have control
/// characters; they are the same in all of these character sets.
/// </remarks>
public sealed class CodePage
{
    private const string Low = " ☺☻♥♦♣♠•◘○◙♂♀♪♫☼►◄↕‼¶§▬↨↑↓→←∟↔▲▼";
    private const char FullBlock = '█';
    private const char Unassigned = '\uFFFD';
    private const char NoBreakSpace = '\u00A0';

    private static readonly Dictionary<string, int> s_numbers = new(StringComparer.Ordinal)
    {
        ["cp437"] = 437,
        ["cp737"] = 737,
        ["cp775"] = 775,
        ["cp850"] = 850,
        ["cp852"] = 852,
        ["cp855"] = 855,
        ["cp857"] = 857,
        ["cp858"] = 858,
        ["cp860"] = 860,
        ["cp861"] = 861,
        ["cp863"] = 863,
        ["cp865"] = 865,
        ["cp866"] = 866,
        ["windows-1250"] = 1250,
        ["windows-1251"] = 1251,
        ["windows-1252"] = 1252,
    };

    private readonly char[] _characters;
    private readonly Dictionary<char, byte> _codes = [];

    private CodePage(string name, int number)
    {
        Name = name;
        _characters = Decode(number);
        for (var code = 0xFF; code > 0; code--)
        {
            // Downwards, so that of two codes for a character the lower one stays.
            _codes[_characters[code]] = (byte)code;
        }

        _codes.Remove(Unassigned);
    }

    /// <summary>Every name that <see cref="Find"/> knows.</summary>
    public static IReadOnlyCollection<string> Names => s_numbers.Keys;

    /// <summary>Such as <c>cp437</c> or <c>windows-1252</c>.</summary>
    public string Name { get; }

    /// <summary>The character set of a name, or null when it is not known.</summary>
    public static CodePage? Find(string? name) => name is not null && s_numbers.TryGetValue(name, out var number) ? new CodePage(name, number) : null;

    /// <summary>What a code looks like; U+FFFD where the set has nothing.</summary>
    public char ToUnicode(byte code) => _characters[code];

    /// <summary>The code that shows a character, 1 to 255, or null when the set does not have it.</summary>
    public byte? ToCode(char character) => _codes.TryGetValue(character, out var code) ? code : null;

    /// <summary>Whether the picture of a code is all one colour.</summary>
    internal bool IsUniform(byte code) => code == 0 || _characters[code] is ' ' or NoBreakSpace or FullBlock;

    /// <summary>Whether the picture of a code fills its cell.</summary>
    internal bool IsFullBlock(byte code) => _characters[code] == FullBlock;

    /// <summary>Pairs of which one is the other with its colours exchanged: bullets, circles, half blocks.</summary>
    internal bool AreInverse(byte one, byte other) => (_characters[one], _characters[other]) is
        ('•', '◘') or ('◘', '•') or ('○', '◙') or ('◙', '○') or ('▄', '▀') or ('▀', '▄') or ('▌', '▐') or ('▐', '▌');

    private static char[] Decode(int number)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(number)
            ?? throw new NotSupportedException($"The framework has no table for code page {number}.");
        var codes = new byte[256];
        for (var code = 0; code < codes.Length; code++)
        {
            codes[code] = (byte)code;
        }

        var characters = encoding.GetString(codes).ToCharArray();
        Low.CopyTo(characters);
        characters[0x7F] = '⌂';
        for (var code = 0x80; code < characters.Length; code++)
        {
            // The framework decodes codes without a character to control characters.
            characters[code] = char.IsControl(characters[code]) ? Unassigned : characters[code];
        }

        return characters;
    }
}
