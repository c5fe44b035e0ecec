using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Preserve.Catalog.Search;

/// <summary>
/// A place in results: the last result before it, by the whole of what orders results. None of it depends on other results, so whatever is added or
/// taken away meanwhile, what follows is neither repeated nor left out.
/// </summary>
/// <param name="Tier">How good the result is, 0 best.</param>
/// <param name="Number">Year, or the time it was brought in, negative, as the order has it.</param>
/// <param name="Title">Words of the title; empty where the order does not look at it.</param>
/// <param name="Name">Id of the object, slug of the exhibit.</param>
public sealed record SearchPlace(int Tier, long Number, string Title, string Name)
{
    /// <summary>Most characters of <see cref="Write"/>.</summary>
    public const int Longest = 500;

    /// <summary>For addresses.</summary>
    public string Write() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Tier}\n{Number}\n{Title}\n{Name}")));

    /// <summary>Null for what <see cref="Write"/> did not make.</summary>
    public static SearchPlace? Read(string text)
    {
        if (text.Length is 0 or > Longest || !Base64Url.IsValid(text))
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('\n');
        return parts.Length == 4
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var tier)
            && long.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? new SearchPlace(tier, number, parts[2], parts[3])
                : null;
    }
}
