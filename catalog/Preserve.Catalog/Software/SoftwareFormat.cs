namespace Preserve.Catalog.Software;

/// <summary>That a software object can do something with a format. An object with any of these is a software object.</summary>
public sealed class SoftwareFormat
{
    public long Id { get; init; }

    public required string ObjectId { get; init; }

    /// <summary>PRONOM unique identifier, such as <c>fmt/40</c>.</summary>
    public required string Puid { get; init; }

    public required FormatUse Use { get; init; }
}

/// <summary>What software does with a format.</summary>
public enum FormatUse
{
    /// <summary>Shows, plays or edits it as its own.</summary>
    Opens,

    /// <summary>Reads it into a format of its own.</summary>
    Imports,

    /// <summary>Writes it.</summary>
    Exports,
}
