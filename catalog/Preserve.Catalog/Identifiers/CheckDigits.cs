namespace Preserve.Catalog.Identifiers;

/// <summary>Check digits of numbers on boxes and books.</summary>
internal static class CheckDigits
{
    /// <summary>ISBN-10 or ISBN-13, without hyphens (ISO 2108).</summary>
    public static bool IsIsbn(string text) => text.Length == 10 ? IsIsbn10(text) : text.Length == 13 && text[..3] is "978" or "979" && IsEan(text);

    /// <summary>EAN-8, UPC-A or EAN-13: weights 3 and 1 from the right (GS1 General Specifications 7.9).</summary>
    public static bool IsEan(string text) => text.Length is 8 or 12 or 13 && text.All(char.IsAsciiDigit)
        && text.Reverse().Select((digit, index) => (digit - '0') * (index % 2 == 0 ? 1 : 3)).Sum() % 10 == 0;

    private static bool IsIsbn10(string text) => text[..9].All(char.IsAsciiDigit) && (char.IsAsciiDigit(text[9]) || text[9] == 'X')
        && text.Select((digit, index) => (digit == 'X' ? 10 : digit - '0') * (10 - index)).Sum() % 11 == 0;
}
