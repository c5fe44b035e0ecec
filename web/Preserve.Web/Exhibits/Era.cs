using System.Text.RegularExpressions;

namespace Preserve.Web.Exhibits;

/// <summary>A decade of the exhibition, or the shelf of what has no year.</summary>
/// <param name="Decade">First year of it; null for undated.</param>
public readonly partial record struct Era(int? Decade)
{
    /// <summary>What a heading says.</summary>
    public string Title => Decade is { } decade ? $"{decade}s" : "Undated";

    /// <summary>Its place in the page.</summary>
    public string Anchor => Decade is { } decade ? $"d{decade}" : "undated";

    /// <summary>Style class with the decade's hue: one each from the 1970s to the 2000s, one for everything later.</summary>
    public string Hue => Decade switch
    {
        null => "hue-none",
        < 1980 => "hue-1970",
        1980 => "hue-1980",
        1990 => "hue-1990",
        2000 => "hue-2000",
        _ => "hue-2010",
    };

    /// <summary>From a date as a curator wrote it: the first year from 1940 to 2099 in it, such as 1987 in "about 1987".</summary>
    public static Era Of(string date) => new(YearOf(date) is { } year ? year / 10 * 10 : null);

    /// <summary>Null when there is none.</summary>
    public static int? YearOf(string date)
    {
        var match = Year().Match(date);
        return match.Success ? int.Parse(match.ValueSpan, System.Globalization.CultureInfo.InvariantCulture) : null;
    }

    [GeneratedRegex(@"(?<!\d)(19[4-9]\d|20\d\d)(?!\d)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Year();
}
