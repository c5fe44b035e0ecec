namespace Preserve.Catalog.Search;

/// <summary>The words of an entry, by how much they weigh: each once, one space between, ready for an engine.</summary>
/// <param name="Title">Words of the title.</param>
/// <param name="Names">Words of creators, identifiers and date that the title has not.</param>
/// <param name="Rest">All other words.</param>
public sealed record SearchDocument(string Title, string Names, string Rest)
{
    /// <summary>Most different words of an entry: a disc of a hundred thousand files is found by the first of them.</summary>
    public const int MostWords = 8_000;

    public static SearchDocument Of(IEnumerable<string> titles, IEnumerable<string> names, IEnumerable<string> rest)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return new SearchDocument(Words(titles, seen), Words(names, seen), Words(rest, seen));
    }

    private static string Words(IEnumerable<string> texts, HashSet<string> seen) =>
        string.Join(' ', texts.SelectMany(SearchWords.Of).TakeWhile(_ => seen.Count < MostWords).Where(seen.Add));
}
