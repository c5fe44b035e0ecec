using System.Text.RegularExpressions;

namespace Preserve.Catalog.Identifiers;

/// <summary>A scheme of identifiers that is known here.</summary>
/// <param name="Name">As rows have it.</param>
/// <param name="Title">For people.</param>
/// <param name="IsUnique">Whether no two objects may have the same identifier.</param>
/// <param name="Example">One that is written right.</param>
/// <param name="Link">Address that it leads to, with {0} for the identifier; empty for none.</param>
public sealed partial record IdentifierScheme(string Name, string Title, bool IsUnique, string Example, string Link)
{
    /// <summary>Every scheme that is known, in the order in which they are offered. Other names may be used as well: those are not unique and lead nowhere.</summary>
    public static IReadOnlyList<IdentifierScheme> All { get; } =
    [
        new("local", "Local accession number", true, "1987.42.1", ""),
        new("doi", "DOI", true, "10.5281/zenodo.1234", "https://doi.org/{0}"),
        new("ark", "ARK", true, "ark:/12148/btv1b8449691v", "https://n2t.net/{0}"),
        new("handle", "Handle", true, "20.1000/100", "https://hdl.handle.net/{0}"),
        new("wikidata", "Wikidata", false, "Q1065413", "https://www.wikidata.org/entity/{0}"),
        new("isbn", "ISBN", false, "9783161484100", ""),
        new("ean", "EAN or UPC", false, "4006381333931", ""),
    ];

    /// <summary>Null for a scheme of the house's own.</summary>
    public static IdentifierScheme? Find(string name) => All.FirstOrDefault(one => one.Name == name);

    /// <summary>Whether a scheme of the house's own may be called so: a-z, 0-9 and -, beginning with a letter, up to 32.</summary>
    public static bool IsName(string name) => SchemeName().IsMatch(name);

    /// <summary>An identifier as rows have it: without its resolver's address and in the case of letters that the scheme compares in.</summary>
    public static string Normalise(string scheme, string value)
    {
        var text = value.Trim();
        return scheme switch
        {
            // DOI handbook 2.4: compared without regard to case.
            "doi" => Bare(text, "https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi:").ToLowerInvariant(),
            "ark" => Ark(text),
            "handle" => Bare(text, "https://hdl.handle.net/", "http://hdl.handle.net/", "hdl:"),
            "wikidata" => Bare(text, "https://www.wikidata.org/entity/", "http://www.wikidata.org/entity/", "https://www.wikidata.org/wiki/").ToUpperInvariant(),
            "isbn" or "ean" => text.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant(),
            _ => text,
        };
    }

    /// <summary>Whether a normalised identifier can be one of its scheme.</summary>
    public static bool IsSound(string scheme, string value) => scheme switch
    {
        "doi" => Doi().IsMatch(value),
        "ark" => ArkForm().IsMatch(value),
        "handle" => Handle().IsMatch(value),
        "wikidata" => Wikidata().IsMatch(value),
        "isbn" => CheckDigits.IsIsbn(value),
        "ean" => CheckDigits.IsEan(value),
        _ => value.Length > 0 && !value.Any(char.IsControl),
    };

    /// <summary>Where an identifier leads; null where its scheme has no resolver.</summary>
    public static string? LinkOf(string scheme, string value) =>
        Find(scheme) is { Link.Length: > 0 } known ? string.Format(System.Globalization.CultureInfo.InvariantCulture, known.Link, Escape(value)) : null;

    // Resolvers take the identifier as a path: its slashes and colons stay.
    private static string Escape(string value) => Uri.EscapeDataString(value).Replace("%2F", "/", StringComparison.Ordinal).Replace("%3A", ":", StringComparison.Ordinal);

    private static string Ark(string text)
    {
        var at = text.IndexOf("ark:", StringComparison.OrdinalIgnoreCase);
        return at < 0 ? text : "ark:" + (text[(at + 4)..].StartsWith('/') ? text[(at + 4)..] : "/" + text[(at + 4)..]);
    }

    private static string Bare(string text, params string[] prefixes) =>
        prefixes.FirstOrDefault(prefix => text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) is { } found ? text[found.Length..] : text;

    [GeneratedRegex(@"^[a-z][a-z0-9-]{0,31}\z")]
    private static partial Regex SchemeName();

    [GeneratedRegex(@"^10\.\d{4,9}(\.\d+)*/[^\s\p{C}]{1,200}\z")]
    private static partial Regex Doi();

    [GeneratedRegex(@"^ark:/[0-9a-z]{5,9}/[A-Za-z0-9=~*+@_$%./-]{1,200}\z")]
    private static partial Regex ArkForm();

    [GeneratedRegex(@"^[0-9A-Za-z.]{1,60}/[^\s\p{C}]{1,180}\z")]
    private static partial Regex Handle();

    [GeneratedRegex(@"^Q[1-9]\d{0,11}\z")]
    private static partial Regex Wikidata();
}
