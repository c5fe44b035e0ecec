using System.Globalization;
using System.Text.RegularExpressions;
using Preserve.Catalog.Database;
using Preserve.Catalog.Exhibits;

namespace Preserve.Catalog.Access;

/// <summary>What is wrong with a rule, a group or a room by itself, in words.</summary>
internal static partial class AccessCheck
{
    /// <summary>Most groups, and most rooms, of one rule; and of the house.</summary>
    public const int Most = 200;

    public static IEnumerable<string> Problems(AccessRule rule)
    {
        if (!Enum.IsDefined(rule.Audience) || !Enum.IsDefined(rule.RoomRule))
        {
            yield return "The rule names an audience or a use of rooms that does not exist.";
        }

        if (rule.Audience == Audience.Groups ? rule.Groups.Count is 0 or > Most : rule.Groups.Count > 0)
        {
            yield return rule.Audience == Audience.Groups ? $"Name 1 to {Most} groups that it is open to." : "Groups are named only where it is open to groups.";
        }

        if (rule.RoomRule == RoomRule.Anywhere ? rule.Rooms.Count > 0 : rule.Rooms.Count is 0 or > Most)
        {
            yield return rule.RoomRule == RoomRule.Anywhere ? "Reading rooms are named only where the place matters." : $"Name 1 to {Most} reading rooms.";
        }

        if (rule.EmbargoUntil is { } until && (until < 0 || until > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()))
        {
            yield return "The embargo's end is not a date.";
        }
    }

    public static IEnumerable<string> Problems(string id, string title)
    {
        if (!Id().IsMatch(id))
        {
            yield return "An id is 1 to 64 of a-z, 0-9 and -.";
        }

        if (string.IsNullOrWhiteSpace(title) || title.Length > ColumnLengths.Title || title.Any(char.IsControl))
        {
            yield return $"A title has 1 to {ColumnLengths.Title} characters, on one line.";
        }
    }

    public static IEnumerable<string> NetworkProblems(IReadOnlyCollection<string> networks)
    {
        if (networks.Count is 0 or > ReadingRoom.MostNetworks)
        {
            yield return $"A reading room has 1 to {ReadingRoom.MostNetworks} networks or addresses.";
        }

        foreach (var network in networks.Where(network => ReadingRoom.ParseNetwork(network) is null).Take(5))
        {
            yield return $"\"{(network.Length <= 60 ? network : network[..60])}\" is neither an address nor a network such as 192.0.2.0/24 or 2001:db8::/48 with nothing set behind its prefix.";
        }
    }

    /// <summary>The rule for events and the audit trail, by ids.</summary>
    public static string Words(AccessRule rule)
    {
        var words = new List<string> { rule.Audience == Audience.Groups ? $"groups {string.Join(", ", rule.Groups)}" : rule.Audience.ToString() };
        if (rule.RoomRule != RoomRule.Anywhere)
        {
            words.Add($"{(rule.RoomRule == RoomRule.OnlyInRooms ? "only in" : "also in")} {string.Join(", ", rule.Rooms)}");
        }

        if (rule.EmbargoUntil is { } until)
        {
            words.Add($"not before {DateTimeOffset.FromUnixTimeMilliseconds(until).ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture)}");
        }

        return string.Join("; ", words);
    }

    [GeneratedRegex("^[a-z0-9-]{1,64}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Id();
}
