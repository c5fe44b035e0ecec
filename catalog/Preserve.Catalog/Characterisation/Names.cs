using System.Globalization;
using System.Text;

namespace Preserve.Catalog.Characterisation;

/// <summary>Names out of old file systems, as text that does no harm where it is shown.</summary>
internal static class Names
{
    private const int Longest = 1024;

    /// <summary>Control characters, and marks that turn the direction of writing around, become U+FFFD; the rest stays as it is.</summary>
    public static string Safe(string name)
    {
        var safe = new StringBuilder(Math.Min(name.Length, Longest));
        foreach (var rune in name.EnumerateRunes())
        {
            var isHarmful = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate;
            safe.Append(isHarmful ? "\uFFFD" : rune.ToString());
            if (safe.Length >= Longest)
            {
                break;
            }
        }

        return safe.ToString();
    }
}
