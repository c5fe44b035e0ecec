using System.Globalization;
using Preserve.Catalog.Search;

namespace Preserve.Web.Exhibits;

/// <summary>A decade of the exhibition, or the shelf of what has no year.</summary>
/// <param name="Decade">First year of it; null for undated.</param>
public readonly record struct Era(int? Decade)
{
    /// <summary>What a heading says.</summary>
    public string Title => Decade is { } decade ? $"{decade}s" : "Undated";

    /// <summary>As the address of a search has it.</summary>
    public string Value => Decade is { } decade ? $"{decade}" : Facet.Undated;

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

    /// <summary>From a date as a curator wrote it, such as "about 1987".</summary>
    public static Era Of(string date) => new(Years.Of(date) is { } year ? year / 10 * 10 : null);

    /// <summary>From the value of a facet.</summary>
    public static Era OfFacet(string value) => new(int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var decade) ? decade : null);
}
