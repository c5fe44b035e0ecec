using Preserve.Catalog.Access;
using Preserve.Catalog.Exhibits;

namespace Preserve.Web.Curate;

/// <summary>An access rule while a curator edits it.</summary>
public sealed class RuleDraft
{
    public Audience Audience { get; set; }

    public HashSet<string> Groups { get; } = [];

    public RoomRule RoomRule { get; set; }

    public HashSet<string> Rooms { get; } = [];

    /// <summary>The first day, in UTC, on which it is open.</summary>
    public DateTime? FirstDay { get; set; }

    public static RuleDraft Of(AccessRule rule)
    {
        var draft = new RuleDraft
        {
            Audience = rule.Audience,
            RoomRule = rule.RoomRule,
            FirstDay = rule.EmbargoUntil is { } until ? DateTimeOffset.FromUnixTimeMilliseconds(until).UtcDateTime.Date : null,
        };
        draft.Groups.UnionWith(rule.Groups);
        draft.Rooms.UnionWith(rule.Rooms);
        return draft;
    }

    /// <summary>Groups and rooms that are ticked but not asked about any more do not count.</summary>
    public AccessRule ToRule() => new()
    {
        Audience = Audience,
        Groups = Audience == Audience.Groups ? [.. Groups] : [],
        RoomRule = RoomRule,
        Rooms = RoomRule == RoomRule.Anywhere ? [] : [.. Rooms],
        EmbargoUntil = FirstDay is { } day ? new DateTimeOffset(DateTime.SpecifyKind(day.Date, DateTimeKind.Utc)).ToUnixTimeMilliseconds() : null,
    };
}
