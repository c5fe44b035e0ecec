using Preserve.Catalog.Rights;

namespace Preserve.Catalog.Premis;

/// <summary>Terms of the vocabularies at id.loc.gov that PREMIS records point to.</summary>
internal static class PremisTerms
{
    private const string Base = "http://id.loc.gov/vocabulary/preservation";

    private static readonly Dictionary<string, string> EventTypes = new(StringComparer.Ordinal)
    {
        ["accession"] = "acc",
        ["capture"] = "cap",
        ["compression"] = "com",
        ["creation"] = "cre",
        ["deaccession"] = "dea",
        ["decompression"] = "dec",
        ["decryption"] = "der",
        ["deletion"] = "del",
        ["dissemination"] = "dis",
        ["filename change"] = "fil",
        ["fixity check"] = "fix",
        ["format identification"] = "for",
        ["ingestion"] = "ing",
        ["message digest calculation"] = "mes",
        ["metadata modification"] = "mem",
        ["migration"] = "mig",
        ["normalization"] = "nor",
        ["recovery"] = "rec",
        ["replication"] = "rep",
        ["transfer"] = "tra",
        ["validation"] = "val",
        ["virus check"] = "vir",
    };

    /// <summary>Null for a type that the vocabulary does not have.</summary>
    public static string? EventType(string term) => EventTypes.TryGetValue(term, out var code) ? $"{Base}/eventType/{code}" : null;

    public static string? EventOutcome(string outcome) => outcome switch
    {
        "success" => $"{Base}/eventOutcome/suc",
        "failure" => $"{Base}/eventOutcome/fai",
        "warning" => $"{Base}/eventOutcome/war",
        _ => null,
    };

    public static string Digest(string algorithm) => $"{Base}/cryptographicHashFunctions/{algorithm}";

    public static string Software => $"{Base}/agentType/sof";

    public static string Person => $"{Base}/agentType/per";

    public static string Licence => $"{Base}/rightsBasis/lic";

    /// <summary>The term of a basis, and its URI.</summary>
    public static (string Term, string Uri) Basis(RightsBasis basis) => basis switch
    {
        RightsBasis.Copyright => ("copyright", $"{Base}/rightsBasis/cop"),
        RightsBasis.Licence => ("license", Licence),
        RightsBasis.Statute => ("statute", $"{Base}/rightsBasis/sta"),
        _ => ("other", $"{Base}/rightsBasis/oth"),
    };

    public static (string Term, string Uri) Copyright(CopyrightStatus status) => status switch
    {
        CopyrightStatus.Copyrighted => ("copyrighted", $"{Base}/copyrightStatus/cpr"),
        CopyrightStatus.PublicDomain => ("publicdomain", $"{Base}/copyrightStatus/pub"),
        _ => ("unknown", $"{Base}/copyrightStatus/unk"),
    };

    /// <summary>Of an identifier's scheme, among the standard identifiers at id.loc.gov; null for one that is not there.</summary>
    public static string? IdentifierScheme(string scheme) => scheme switch
    {
        "doi" or "ark" or "isbn" or "ean" or "local" or "wikidata" => $"http://id.loc.gov/vocabulary/identifiers/{scheme}",
        "handle" => "http://id.loc.gov/vocabulary/identifiers/hdl",
        _ => null,
    };

    public static string Structural => $"{Base}/relationshipType/str";

    public static string IsPartOf => $"{Base}/relationshipSubType/isp";

    public static string Dependency => $"{Base}/relationshipType/dep";

    public static string Requires => $"{Base}/relationshipSubType/req";

    public static string Derivation => $"{Base}/relationshipType/der";

    public static string HasSource => $"{Base}/relationshipSubType/hss";
}
