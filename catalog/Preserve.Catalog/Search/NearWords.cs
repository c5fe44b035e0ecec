using Microsoft.EntityFrameworkCore;

namespace Preserve.Catalog.Search;

/// <summary>Words that somebody may have meant: one letter wrong in a word of four letters, two in one of eight. The first or second letter is right.</summary>
internal static class NearWords
{
    /// <summary>Most that stand for one word.</summary>
    private const int Most = 12;

    /// <summary>Most that are asked about: a bound for what one search costs.</summary>
    private const int MostAsked = 500;

    /// <param name="context">Where the words are.</param>
    /// <param name="word">As it was typed.</param>
    /// <param name="isSeen">Whether something that is open to whoever asks has a word: others would take the place of those that find something.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The nearest first.</returns>
    public static async Task<IReadOnlyList<string>> FindAsync(CatalogContext context, string word, Func<string, Task<bool>> isSeen, CancellationToken cancellationToken)
    {
        var slips = word.Length switch { < SearchIndexer.ShortestNear => 0, < 8 => 1, _ => 2 };
        if (slips == 0)
        {
            return [];
        }

        var firsts = word.EnumerateRunes().Take(2).Select(letter => letter.ToString()).ToList();
        var (shortest, longest) = (word.Length - slips, word.Length + slips);
        var candidates = await context.SearchWords.AsNoTracking()
            .Where(one => firsts.Contains(one.First) && one.Length >= shortest && one.Length <= longest)
            .Select(one => one.Word).ToListAsync(cancellationToken);
        var nearest = candidates.Select(candidate => (Word: candidate, Distance: Distance(word, candidate)))
            .Where(one => one.Distance > 0 && one.Distance <= slips)
            .OrderBy(one => one.Distance).ThenBy(one => one.Word, StringComparer.Ordinal)
            .Take(MostAsked).Select(one => one.Word);
        var near = new List<string>();
        foreach (var candidate in nearest)
        {
            if (await isSeen(candidate))
            {
                near.Add(candidate);
                if (near.Count == Most)
                {
                    break;
                }
            }
        }

        return near;
    }

    /// <summary>Letters to add, drop, change or swap with a neighbour (optimal string alignment).</summary>
    internal static int Distance(string a, string b)
    {
        var (before, last, row) = (new int[b.Length + 1], new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(change, Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            (before, last, row) = (last, row, before);
        }

        return last[b.Length];
    }
}
