namespace Preserve.Catalog.Formats.Signatures;

/// <summary>A format as a signature file names it.</summary>
internal sealed record FileFormat
{
    /// <summary>Number within the signature file.</summary>
    public required int Id { get; init; }

    /// <summary>PRONOM unique identifier.</summary>
    public required string Puid { get; init; }

    public required string Name { get; init; }

    public string Version { get; init; } = "";

    public string MimeType { get; init; } = "";

    public IReadOnlyList<int> SignatureIds { get; init; } = [];

    /// <summary>Without the dot, as the signature file writes them.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>Formats that this one is a kind of: where both match, they are left out.</summary>
    public IReadOnlyList<int> PriorityOver { get; init; } = [];
}
