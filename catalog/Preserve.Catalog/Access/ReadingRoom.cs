using System.Net;

namespace Preserve.Catalog.Access;

/// <summary>A place with network addresses of its own, such as a reading room, that exhibits can be bound to.</summary>
public sealed class ReadingRoom
{
    /// <summary>Most networks of one room.</summary>
    public const int MostNetworks = 100;

    /// <summary><c>[a-z0-9-]{1,64}</c>; what rules refer to.</summary>
    public required string Id { get; init; }

    public required string Title { get; set; }

    /// <summary>As <see cref="ParseNetwork"/> takes them.</summary>
    public List<string> Networks { get; set; } = [];

    /// <summary>Whether somebody at this address is in the room. An IPv4 address may come in its IPv6 form.</summary>
    public bool Has(IPAddress address)
    {
        var known = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Networks.Select(ParseNetwork).Any(network => network?.Contains(known) == true);
    }

    /// <summary>
    /// A network such as <c>192.0.2.0/24</c>, or one address. Null for anything else, for a network whose address has bits set behind its
    /// prefix, and for one that is everybody.
    /// </summary>
    public static IPNetwork? ParseNetwork(string text)
    {
        if (IPNetwork.TryParse(text, out var network))
        {
            // The parser clears such bits; whoever wrote them may have meant one address.
            var isExact = IPAddress.TryParse(text.AsSpan(0, text.IndexOf('/', StringComparison.Ordinal)), out var given) && given.Equals(network.BaseAddress);
            return network.PrefixLength == 0 || !isExact ? null : network;
        }

        return IPAddress.TryParse(text, out var address) && (address.ToString() == text || text.Contains(':', StringComparison.Ordinal))
            ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
            : null;
    }
}
