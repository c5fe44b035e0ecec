using Preserve.Catalog.Access;
using Preserve.Catalog.Exhibits;

namespace Preserve.Web.Access;

/// <summary>An access rule as people read it.</summary>
public static class AccessWords
{
    /// <summary>Such as "Researchers, in the North Room only". Without the embargo, which whoever reads it is past.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="groupTitle">Title of a group by its id.</param>
    /// <param name="roomTitle">Title of a room by its id.</param>
    public static string Of(AccessRule rule, Func<string, string> groupTitle, Func<string, string> roomTitle)
    {
        var people = rule.Audience switch
        {
            Audience.Public => "Everybody",
            Audience.SignedIn => "Everybody with an account",
            Audience.Researchers => "Researchers",
            Audience.Curators => "Curators",
            Audience.Groups => $"Members of {List(rule.Groups.Select(groupTitle), "and")}",
            _ => throw new ArgumentOutOfRangeException(nameof(rule), rule.Audience, "No such audience."),
        };
        return rule.RoomRule switch
        {
            RoomRule.OnlyInRooms => $"{people}, in {List(rule.Rooms.Select(roomTitle), "or")} only",
            RoomRule.AlsoInRooms when rule.Audience != Audience.Public => $"{people}, and everybody in {List(rule.Rooms.Select(roomTitle), "or")}",
            _ => people,
        };
    }

    private static string List(IEnumerable<string> titles, string last)
    {
        var all = titles.Order(StringComparer.OrdinalIgnoreCase).ToList();
        return all.Count <= 1 ? string.Concat(all) : $"{string.Join(", ", all.SkipLast(1))} {last} {all[^1]}";
    }
}
