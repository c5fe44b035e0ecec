namespace Preserve.Catalog.Search;

/// <summary>What was typed, as words: bounded, and free of anything an engine could take for syntax.</summary>
public sealed record SearchQuery
{
    /// <summary>Most characters that are looked at.</summary>
    public const int LongestText = 200;

    /// <summary>Most words that are asked for; the rest is ignored.</summary>
    public const int MostWords = 8;

    /// <summary>All of these must be found: whole, or as the beginning of a word where they have two letters or more.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    /// <summary>Nothing was typed: everything is meant. Without <see cref="Words"/> and not empty, nothing can be found.</summary>
    public required bool IsEmpty { get; init; }

    /// <param name="text">Anything; null for nothing.</param>
    public static SearchQuery Read(string? text)
    {
        text = text is { Length: > LongestText } ? text[..LongestText] : text ?? "";
        return new SearchQuery
        {
            Words = [.. SearchWords.Of(text).Distinct(StringComparer.Ordinal).Take(MostWords)],
            IsEmpty = string.IsNullOrWhiteSpace(text),
        };
    }
}
