using Preserve.Catalog.Access;
using Preserve.Catalog.Exhibits;

namespace Preserve.Web.Api;

/// <summary>Who an exhibit is open to once it is published.</summary>
/// <param name="Audience"><c>public</c>, <c>signedIn</c>, <c>researchers</c>, <c>curators</c> or <c>groups</c>.</param>
/// <param name="Groups">Ids of groups, where the audience is groups.</param>
/// <param name="RoomRule"><c>anywhere</c>, <c>onlyInRooms</c> or <c>alsoInRooms</c>.</param>
/// <param name="Rooms">Ids of reading rooms, where these matter.</param>
/// <param name="EmbargoUntil">When it opens; null for no embargo.</param>
public sealed record AccessRuleDetail(
    Audience Audience, IReadOnlyList<string>? Groups = null, RoomRule RoomRule = RoomRule.Anywhere, IReadOnlyList<string>? Rooms = null, DateTimeOffset? EmbargoUntil = null)
{
    public static AccessRuleDetail Of(AccessRule rule) => new(
        rule.Audience, rule.Groups, rule.RoomRule, rule.Rooms, rule.EmbargoUntil is { } until ? DateTimeOffset.FromUnixTimeMilliseconds(until) : null);

    public AccessRule ToRule() => new()
    {
        Audience = Audience, Groups = Groups ?? [], RoomRule = RoomRule, Rooms = Rooms ?? [], EmbargoUntil = EmbargoUntil?.ToUnixTimeMilliseconds(),
    };
}
