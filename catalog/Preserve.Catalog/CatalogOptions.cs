namespace Preserve.Catalog;

/// <summary>Where the catalog keeps its rows and its bytes.</summary>
public sealed record CatalogOptions
{
    /// <summary>
    /// Absolute path. Holds <c>storage/</c>, <c>content/</c> and, unless PostgreSQL is named, <c>catalog.db</c>. Made when missing.
    /// The sandbox's user must be able to pass through it.
    /// </summary>
    public required string DataFolder { get; init; }

    /// <summary>Absolute path of a folder that several hosts see, with <c>storage/</c> and <c>content/</c> in it; null where <see cref="DataFolder"/> holds them.</summary>
    public string? SharedFolder { get; init; }

    /// <summary>The OCFL storage root. What is being written lies beside it, in <c>(folder).work</c>.</summary>
    public string StorageFolder => Path.Combine(SharedFolder ?? DataFolder, "storage");

    /// <summary>What is made from storage and can be made again, by digest.</summary>
    public string ContentFolder => Path.Combine(SharedFolder ?? DataFolder, "content");

    /// <summary>Absolute path of a copy of <see cref="StorageFolder"/>, from which damaged files are repaired; null when there is none.</summary>
    public string? SecondStorageFolder { get; init; }

    /// <summary>Rows in PostgreSQL, where several hosts share them; null for SQLite in <see cref="DataFolder"/>.</summary>
    public string? PostgreSqlConnectionString { get; init; }
}
