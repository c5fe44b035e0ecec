namespace Preserve.Emulation.Qemu;

/// <summary>The character set in the font of a PC's display adapter: what each of the 256 codes looks like, in Unicode.</summary>
internal static class CodePage437
{
    /// <summary>The block that fills its cell.</summary>
    public const byte FullBlock = 0xDB;

    private const string Low = " ☺☻♥♦♣♠•◘○◙♂♀♪♫☼►◄↕‼¶§▬↨↑↓→←∟↔▲▼";

    private const string High =
        "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0";

    public static char ToUnicode(byte code) => code switch
    {
        < 0x20 => Low[code],
        < 0x7F => (char)code,
        0x7F => '⌂',
        _ => High[code - 0x80],
    };

    /// <summary>Codes whose picture is all one colour.</summary>
    public static bool IsUniform(byte code) => code is 0x00 or 0x20 or FullBlock or 0xFF;
}
