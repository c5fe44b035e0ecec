using System.Globalization;
using System.Text;

namespace Preserve.Web.Exhibits;

/// <summary>
/// Search that forgives: case, accents and a slip of the finger. Every word asked for must be found somewhere in the exhibit.
/// A word of four letters may be wrong by one letter, one of eight by two.
/// </summary>
public static class ExhibitSearch
{
    /// <summary>More than anyone types; the rest is ignored.</summary>
    public const int LongestQuery = 100;

    /// <summary>Those that match, in the order given; all of them for an empty query.</summary>
    public static IReadOnlyList<ExhibitView> Find(IReadOnlyList<ExhibitView> exhibits, string? query)
    {
        var asked = Words(query is { Length: > LongestQuery } ? query[..LongestQuery] : query ?? "");
        return asked.Count == 0 ? exhibits : [.. exhibits.Where(exhibit => Matches(exhibit, asked))];
    }

    private static bool Matches(ExhibitView exhibit, IReadOnlyList<string> asked)
    {
        var words = Words(string.Join(' ',
            [exhibit.Title, exhibit.Date, exhibit.Era.Title, exhibit.Medium, exhibit.LabelText, .. exhibit.Creators, .. exhibit.Machines]));
        return asked.All(word => words.Any(candidate => IsNear(word, candidate)));
    }

    private static bool IsNear(string asked, string candidate)
    {
        if (candidate.Contains(asked, StringComparison.Ordinal))
        {
            return true;
        }

        var slips = asked.Length switch { < 4 => 0, < 8 => 1, _ => 2 };
        return slips > 0 && Math.Abs(asked.Length - candidate.Length) <= slips && Distance(asked, candidate) <= slips;
    }

    /// <summary>Letters to add, drop, change or swap with a neighbour (optimal string alignment).</summary>
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            rows[i, 0] = i;
        }

        for (var j = 0; j <= b.Length; j++)
        {
            rows[0, j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var change = rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(change, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[a.Length, b.Length];
    }

    private static List<string> Words(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var letter in text.Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(letter))
            {
                word.Append(char.ToLowerInvariant(letter));
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark && word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }

        if (word.Length > 0)
        {
            words.Add(word.ToString());
        }

        return words;
    }
}
