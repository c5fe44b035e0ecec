using Preserve.Catalog.Access;
using Preserve.Catalog.Exhibits;

namespace Preserve.Catalog.Descriptions;

/// <summary>An exhibit of the object.</summary>
public sealed record ExhibitDescription
{
    public required string Slug { get; init; }

    public required string Title { get; init; }

    public string LabelText { get; init; } = "";

    public IReadOnlyList<string> TryThis { get; init; } = [];

    /// <summary>Ids, in order.</summary>
    public IReadOnlyList<string> Environments { get; init; } = [];

    public required int TimeLimitInSeconds { get; init; }

    public string? RightsBasis { get; init; }

    public bool IsPublished { get; init; }

    public Audience Audience { get; init; }

    /// <summary>Groups that it is open to. Who is in them is not preserved.</summary>
    public IReadOnlyList<GroupDescription> Groups { get; init; } = [];

    public RoomRule RoomRule { get; init; }

    /// <summary>Reading rooms that its rule names.</summary>
    public IReadOnlyList<RoomDescription> Rooms { get; init; } = [];

    public long? EmbargoUntil { get; init; }

    public bool Flashes { get; init; }

    public ExhibitInput Input { get; init; } = new();

    public required long CreatedAt { get; init; }
}

/// <summary>A named group.</summary>
public sealed record GroupDescription(string Id, string Title);

/// <summary>A reading room, with the networks it had.</summary>
public sealed record RoomDescription(string Id, string Title, IReadOnlyList<string> Networks);
