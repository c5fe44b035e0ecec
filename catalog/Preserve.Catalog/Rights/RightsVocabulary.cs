namespace Preserve.Catalog.Rights;

/// <summary>A statement or licence that its maintainers give a URI.</summary>
/// <param name="Uri">As its maintainers write it; also where people read it.</param>
/// <param name="Label">Its name in English.</param>
/// <param name="IsLicence">Whether it grants something, as Creative Commons' licences do.</param>
public sealed record KnownRights(string Uri, string Label, bool IsLicence);

/// <summary>The two lists that rights are checked against: RightsStatements.org 1.0, and Creative Commons' licences and public domain tools, unported.</summary>
public static class RightsVocabulary
{
    private const string Statements = "http://rightsstatements.org/vocab/";
    private const string Licences = "https://creativecommons.org/licenses/";
    private const string PublicDomain = "https://creativecommons.org/publicdomain/";

    private static readonly (string Code, string Label)[] s_statements =
    [
        ("InC", "In Copyright"),
        ("InC-OW-EU", "In Copyright - EU Orphan Work"),
        ("InC-EDU", "In Copyright - Educational Use Permitted"),
        ("InC-NC", "In Copyright - Non-Commercial Use Permitted"),
        ("InC-RUU", "In Copyright - Rights-holder(s) Unlocatable or Unidentifiable"),
        ("NoC-CR", "No Copyright - Contractual Restrictions"),
        ("NoC-NC", "No Copyright - Non-Commercial Use Only"),
        ("NoC-OKLR", "No Copyright - Other Known Legal Restrictions"),
        ("NoC-US", "No Copyright - United States"),
        ("CNE", "Copyright Not Evaluated"),
        ("UND", "Copyright Undetermined"),
        ("NKC", "No Known Copyright"),
    ];

    private static readonly (string Code, string Name)[] s_licences =
    [
        ("by", "Attribution"),
        ("by-sa", "Attribution-ShareAlike"),
        ("by-nd", "Attribution-NoDerivatives"),
        ("by-nc", "Attribution-NonCommercial"),
        ("by-nc-sa", "Attribution-NonCommercial-ShareAlike"),
        ("by-nc-nd", "Attribution-NonCommercial-NoDerivatives"),
    ];

    private static readonly string[] s_versions = ["4.0", "3.0", "2.5", "2.0"];

    /// <summary>All of both lists, in the order in which they are offered.</summary>
    public static IReadOnlyList<KnownRights> All { get; } =
    [
        .. s_statements.Select(one => new KnownRights($"{Statements}{one.Code}/1.0/", one.Label, false)),
        new KnownRights($"{PublicDomain}zero/1.0/", "CC0 1.0 Universal", true),
        new KnownRights($"{PublicDomain}mark/1.0/", "Public Domain Mark 1.0", false),
        .. s_versions.SelectMany(version => s_licences.Select(one =>
            new KnownRights($"{Licences}{one.Code}/{version}/", $"Creative Commons {one.Name} {version}", true))),
    ];

    private static readonly Dictionary<string, KnownRights> s_byKey = All.ToDictionary(one => Key(one.Uri), StringComparer.OrdinalIgnoreCase);

    /// <summary>The entry that an address means, however it is written (http or https, the page or the term, with or without the last slash); null for none.</summary>
    public static KnownRights? Find(string? uri) => uri is null ? null : s_byKey.GetValueOrDefault(Key(uri.Trim()));

    private static string Key(string uri)
    {
        var rest = uri.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? uri[8..] : uri.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? uri[7..] : uri;
        rest = rest.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? rest[4..] : rest;
        rest = rest.Replace("rightsstatements.org/page/", "rightsstatements.org/vocab/", StringComparison.OrdinalIgnoreCase);
        return rest.TrimEnd('/') is var bare && bare.EndsWith("/deed", StringComparison.OrdinalIgnoreCase) ? bare[..^5] : rest.TrimEnd('/');
    }
}
