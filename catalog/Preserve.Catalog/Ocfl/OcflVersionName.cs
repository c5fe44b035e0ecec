using System.Globalization;

namespace Preserve.Catalog.Ocfl;

/// <summary>The name of a version directory (section 3.3), such as <c>v3</c> or, zero-padded, <c>v0003</c>.</summary>
public readonly record struct OcflVersionName(string Text, int Number)
{
    private const int MaximumDigits = 9;

    /// <summary>Whether the number has zeros before it.</summary>
    public bool IsPadded => Text[1] == '0';

    /// <summary>Null when the text is no such name: <c>v</c> and a positive number of at most nine digits.</summary>
    public static OcflVersionName? TryParse(string text) =>
        text.Length is > 1 and <= MaximumDigits + 1 && text[0] == 'v' && text.AsSpan(1).ContainsAnyExceptInRange('0', '9') == false
        && int.Parse(text.AsSpan(1), CultureInfo.InvariantCulture) is > 0 and var number
            ? new OcflVersionName(text, number)
            : null;

    /// <summary>The unpadded name of a version, as Preserve writes it.</summary>
    public static string Of(int number) => string.Create(CultureInfo.InvariantCulture, $"v{number}");
}
