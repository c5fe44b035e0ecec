using Preserve.Catalog.Exhibits;

namespace Preserve.Catalog.Access;

/// <summary>Who an exhibit is open to once it is published, from where, and from when on.</summary>
public sealed record AccessRule
{
    public Audience Audience { get; init; }

    /// <summary>Ids of groups; for <see cref="Audience.Groups"/> at least one, otherwise none.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    public RoomRule RoomRule { get; init; }

    /// <summary>Ids of reading rooms; none for <see cref="RoomRule.Anywhere"/>, otherwise at least one.</summary>
    public IReadOnlyList<string> Rooms { get; init; } = [];

    /// <summary>UTC milliseconds before which it is open to nobody; null for no embargo.</summary>
    public long? EmbargoUntil { get; init; }

    public static AccessRule Of(Exhibit exhibit) => new()
    {
        Audience = exhibit.Audience,
        Groups = [.. exhibit.Groups.Select(one => one.GroupId).Order(StringComparer.Ordinal)],
        RoomRule = exhibit.RoomRule,
        Rooms = [.. exhibit.Rooms.Select(one => one.RoomId).Order(StringComparer.Ordinal)],
        EmbargoUntil = exhibit.EmbargoUntil,
    };
}
