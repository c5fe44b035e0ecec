namespace Preserve.Catalog;

/// <summary>Where the catalog keeps its rows and its bytes.</summary>
public sealed record CatalogOptions
{
    /// <summary>
    /// Absolute path. Holds <c>storage/</c>, <c>content/</c> and, unless PostgreSQL is named, <c>catalog.db</c>. Made when missing.
    /// The sandbox's user must be able to pass through it.
    /// </summary>
    public required string DataFolder { get; init; }

    /// <summary>The OCFL storage root. What is being written lies beside it, in <c>(folder).work</c>.</summary>
    public string StorageFolder => Path.Combine(DataFolder, "storage");

    /// <summary>Absolute path of a copy of <see cref="StorageFolder"/>, from which damaged files are repaired; null when there is none.</summary>
    public string? SecondStorageFolder { get; init; }

    /// <summary>Rows in PostgreSQL, where several hosts share them; null for SQLite in <see cref="DataFolder"/>.</summary>
    public string? PostgreSqlConnectionString { get; init; }
}
