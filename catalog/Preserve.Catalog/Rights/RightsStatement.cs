namespace Preserve.Catalog.Rights;

/// <summary>Why an object may be kept and used, by one basis. An object has any number, in order.</summary>
public sealed class RightsStatement
{
    public long Id { get; init; }

    public required string ObjectId { get; init; }

    /// <summary>Place among the object's, from 1.</summary>
    public required int Order { get; init; }

    public required RightsBasis Basis { get; init; }

    /// <summary>A statement of RightsStatements.org or a licence of Creative Commons, as <see cref="RightsVocabulary"/> has it; null for none of these.</summary>
    public string? Uri { get; init; }

    /// <summary>Whether copyright holds; only for <see cref="RightsBasis.Copyright"/>, else null.</summary>
    public CopyrightStatus? CopyrightStatus { get; init; }

    /// <summary>Country whose law it is, ISO 3166-1 alpha-2; for copyright and statute, else empty.</summary>
    public string Jurisdiction { get; init; } = "";

    /// <summary>The statute, as it is cited; for <see cref="RightsBasis.Statute"/>, else empty.</summary>
    public string Citation { get; init; } = "";

    /// <summary>Terms, or anything else to say, in words; may be empty where there is a URI.</summary>
    public string Terms { get; init; } = "";
}

/// <summary>What a right rests on (PREMIS 3.0, 4.1.2).</summary>
public enum RightsBasis
{
    Copyright,
    Licence,
    Statute,

    /// <summary>What whoever gave it allowed.</summary>
    Donor,
    Other,
}

/// <summary>Whether copyright holds (PREMIS 3.0, 4.1.3.1).</summary>
public enum CopyrightStatus
{
    Copyrighted,
    PublicDomain,
    Unknown,
}
