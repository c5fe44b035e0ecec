using System.Globalization;
using System.Text;

namespace Preserve.Catalog.Search;

/// <summary>
/// Text as search sees it, the same for what is kept and for what is asked: words of letters and digits in lower case without accents.
/// Whatever else a text holds (quotes, operators, control characters, emoji) only parts words, so none of it reaches a query.
/// </summary>
public static class SearchWords
{
    /// <summary>Longest word, in characters; what is beyond is cut off.</summary>
    public const int LongestWord = 40;

    // No accents, yet people type them without: what Unicode does not take apart by itself.
    private static readonly Dictionary<char, string> Folded = new()
    {
        ['ß'] = "ss", ['ø'] = "o", ['æ'] = "ae", ['œ'] = "oe", ['ł'] = "l", ['đ'] = "d", ['ð'] = "d", ['þ'] = "th", ['ı'] = "i", ['ħ'] = "h",
    };

    /// <summary>The words of a text in order, repetitions included.</summary>
    /// <param name="text">Anything, ill-formed Unicode included.</param>
    public static IEnumerable<string> Of(string text)
    {
        var word = new StringBuilder(LongestWord);
        var isNumber = false;
        foreach (var letter in Plain(text).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(letter))
            {
                // A number is a word by itself: Windows95 is found by "windows 95" and by "win95".
                var isOwnWord = IsIdeograph(letter);
                if ((isOwnWord || Rune.IsDigit(letter) != isNumber) && word.Length > 0)
                {
                    yield return Take(word);
                }

                isNumber = Rune.IsDigit(letter);
                Append(word, Rune.ToLowerInvariant(letter));
                if (isOwnWord)
                {
                    yield return Take(word);
                }
            }
            else if (Rune.GetUnicodeCategory(letter) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark) && word.Length > 0)
            {
                yield return Take(word);
            }
        }

        if (word.Length > 0)
        {
            yield return Take(word);
        }
    }

    /// <summary>A text by which titles and names are ordered and told apart: its words, one space between.</summary>
    public static string Key(string text) => string.Join(' ', Of(text));

    /// <summary>The beginning of a text, never half a character.</summary>
    public static string Cut(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    // Runes first, since a lone surrogate cannot be normalised; compatibility forms, since a full-width A is an A.
    private static string Plain(string text)
    {
        var wellFormed = new StringBuilder(text.Length);
        foreach (var letter in text.EnumerateRunes())
        {
            wellFormed.Append(letter.ToString());
        }

        return wellFormed.ToString().Normalize(NormalizationForm.FormKD);
    }

    private static void Append(StringBuilder word, Rune letter)
    {
        var text = letter.ToString();
        text = text.Length == 1 && Folded.TryGetValue(text[0], out var plain) ? plain : text;
        if (word.Length + text.Length <= LongestWord)
        {
            word.Append(text);
        }
    }

    private static string Take(StringBuilder word)
    {
        var text = word.ToString();
        word.Clear();
        return text;
    }

    // Chinese and Japanese are written without spaces: each character is found by itself.
    private static bool IsIdeograph(Rune letter) => letter.Value is (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);
}
