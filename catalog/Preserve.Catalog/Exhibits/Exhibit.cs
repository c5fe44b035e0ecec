using Preserve.Catalog.Access;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Objects;

namespace Preserve.Catalog.Exhibits;

/// <summary>One or more environments presented to the public.</summary>
public sealed class Exhibit
{
    public long Id { get; init; }

    /// <summary><c>[a-z0-9-]{1,64}</c>, in the address of its page.</summary>
    public required string Slug { get; init; }

    public required string Title { get; set; }

    public required string ObjectId { get; set; }

    /// <summary>Markdown without HTML.</summary>
    public string LabelText { get; set; } = "";

    /// <summary>Short things to try, one each.</summary>
    public List<string> TryThis { get; set; } = [];

    public List<ExhibitEnvironment> Environments { get; } = [];

    /// <summary>Longest session.</summary>
    public int TimeLimitInSeconds { get; set; } = 30 * 60;

    /// <summary>Why it may be shown; null keeps it unpublished.</summary>
    public string? RightsBasis { get; set; }

    public bool IsPublished { get; set; }

    /// <summary>Who it is open to while it is published.</summary>
    public Audience Audience { get; set; }

    /// <summary>For <see cref="Audience.Groups"/>.</summary>
    public List<ExhibitGroup> Groups { get; } = [];

    /// <summary>What <see cref="Rooms"/> mean.</summary>
    public RoomRule RoomRule { get; set; }

    public List<ExhibitRoom> Rooms { get; } = [];

    /// <summary>UTC milliseconds before which it is open to nobody; null for no embargo.</summary>
    public long? EmbargoUntil { get; set; }

    /// <summary>A guest that flashes: said before Start.</summary>
    public bool Flashes { get; set; }

    /// <summary>Quick keys, gamepad and keyboard.</summary>
    public ExhibitInput Input { get; set; } = new();

    public required long CreatedAt { get; init; }

    /// <summary>Set only where a query includes it.</summary>
    public PreservedObject? Object { get; init; }
}

/// <summary>A machine of an exhibit, in order.</summary>
public sealed class ExhibitEnvironment
{
    public long Id { get; init; }

    public long ExhibitId { get; init; }

    public required string EnvironmentId { get; init; }

    public int Order { get; set; } = 1;

    /// <summary>Set only where a query includes it.</summary>
    public PreservedEnvironment? Environment { get; init; }
}

/// <summary>A group that an exhibit is open to.</summary>
public sealed class ExhibitGroup
{
    public long ExhibitId { get; init; }

    public required string GroupId { get; init; }
}

/// <summary>A reading room that an exhibit's rule names.</summary>
public sealed class ExhibitRoom
{
    public long ExhibitId { get; init; }

    public required string RoomId { get; init; }
}
