using Preserve.Catalog.Objects;

namespace Preserve.Catalog.Environments;

/// <summary>Profile + media in drives + settings; bootable. Environments form a tree.</summary>
public sealed class PreservedEnvironment
{
    /// <summary><c>[a-z0-9-]{1,64}</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The object it was made for.</summary>
    public required string ObjectId { get; init; }

    public required string Title { get; set; }

    /// <summary>Parent in the tree; null for a root.</summary>
    public string? ParentId { get; set; }

    /// <summary>What was done to the parent to make it, in words; empty for a root.</summary>
    public string Note { get; set; } = "";

    public required string ProfileId { get; set; }

    public required int ProfileVersion { get; set; }

    public required int MemoryMiB { get; set; }

    /// <summary>floppy, disk, optical, kernel or firmware.</summary>
    public required string Boot { get; set; }

    public List<EnvironmentDrive> Drives { get; } = [];

    /// <summary>Seconds until the screen settles in a real-time boot; null when it never does.</summary>
    public double? SettlesAfterSeconds { get; set; }

    /// <summary>The settled screen, in words.</summary>
    public string SettledScreen { get; set; } = "";

    /// <summary>What differs from boot to boot or blinks, in words.</summary>
    public string Volatile { get; set; } = "";

    public string Sound { get; set; } = "";

    /// <summary>Withdrawn object that is in its ancestry; null while there is none.</summary>
    public string? WithdrawnWith { get; set; }

    public PosterState PosterState { get; set; }

    /// <summary>Digest of the poster (PNG) in storage.</summary>
    public string? PosterSha256 { get; set; }

    public int? PosterWidth { get; set; }

    public int? PosterHeight { get; set; }

    /// <summary>Why there is no poster, in words.</summary>
    public string PosterProblem { get; set; } = "";

    /// <summary>Times a poster boot was begun and not finished.</summary>
    public int PosterAttempts { get; set; }

    /// <summary>Who is making the poster; null when nobody is.</summary>
    public string? PosterWorker { get; set; }

    /// <summary>UTC milliseconds at which <see cref="PosterWorker"/> began; null when nobody has.</summary>
    public long? PosterClaimedAt { get; set; }

    /// <summary>Set only where a query includes it.</summary>
    public CatalogProfile? Profile { get; init; }
}

/// <summary>A medium in a bay of an environment.</summary>
public sealed class EnvironmentDrive
{
    public long Id { get; init; }

    public required string EnvironmentId { get; init; }

    public required string Bay { get; init; }

    public required long MediumId { get; set; }

    /// <summary>Set only where a query includes it.</summary>
    public Medium? Medium { get; set; }
}

/// <summary>Where the making of a poster stands. A row says what is due; no queue remembers it.</summary>
public enum PosterState
{
    Due,
    Making,
    Made,
    Failed,
}
