namespace Preserve.Catalog.Search;

/// <summary>One word to be found, in any of these ways. Words consist of letters and digits alone.</summary>
/// <param name="Word">As it was asked for.</param>
/// <param name="IsPrefix">Longer words that begin with it are meant too.</param>
/// <param name="Near">Whole words that are as good.</param>
public sealed record SearchTerm(string Word, bool IsPrefix, IReadOnlyList<string> Near)
{
    /// <summary>One letter begins half of all words, so it is meant by itself.</summary>
    public static SearchTerm Prefix(string word) => new(word, word.Length > 1, []);

    public static SearchTerm Whole(string word) => new(word, false, []);
}
