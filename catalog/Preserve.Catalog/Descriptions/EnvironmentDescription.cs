namespace Preserve.Catalog.Descriptions;

/// <summary>An environment of the object, without what is made from it (posters).</summary>
public sealed record EnvironmentDescription
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    public string? ParentId { get; init; }

    public string Note { get; init; } = "";

    public required string ProfileId { get; init; }

    public required int ProfileVersion { get; init; }

    public required int MemoryMiB { get; init; }

    public required string Boot { get; init; }

    public IReadOnlyList<DriveDescription> Drives { get; init; } = [];

    public double? SettlesAfterSeconds { get; init; }

    public string SettledScreen { get; init; } = "";

    public string Volatile { get; init; } = "";

    public string Sound { get; init; } = "";
}

/// <param name="Bay">Of the profile.</param>
/// <param name="ObjectId">Whose medium it is.</param>
/// <param name="Medium">Its name.</param>
public sealed record DriveDescription(string Bay, string ObjectId, string Medium);
