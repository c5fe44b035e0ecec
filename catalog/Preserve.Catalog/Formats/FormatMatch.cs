namespace Preserve.Catalog.Formats;

/// <summary>A format that a file was found to have.</summary>
public sealed record FormatMatch
{
    /// <summary>PRONOM unique identifier; null where PRONOM has none for this format.</summary>
    public string? Puid { get; init; }

    public required string Name { get; init; }

    public string Version { get; init; } = "";

    public string MimeType { get; init; } = "";

    /// <summary>How it was told.</summary>
    public required FormatMethod Method { get; init; }
}

/// <summary>How a format was told, the surest first.</summary>
public enum FormatMethod
{
    /// <summary>By what lies in the ZIP or OLE2 container that the file is.</summary>
    Container,

    /// <summary>By bytes in the file.</summary>
    Signature,

    /// <summary>By its exact length, as a floppy disk of raw sectors has.</summary>
    Length,

    /// <summary>By its name alone.</summary>
    Extension,
}

/// <summary>What a file is, as far as it could be told.</summary>
/// <param name="Matches">Best first; empty when nothing is known of it.</param>
/// <param name="SignatureVersion">Of which signatures, such as <c>DROID 122, containers 40</c>.</param>
/// <param name="Problem">What kept it from being looked at wholly, in words; empty when nothing did.</param>
public sealed record FileIdentification(IReadOnlyList<FormatMatch> Matches, string SignatureVersion, string Problem);
