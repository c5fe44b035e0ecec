using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Preserve.Catalog.Ingest.Viruses;

/// <summary>Where clamd listens: the absolute path of a unix socket, or <c>host:port</c>.</summary>
public static class ClamdAddress
{
    /// <summary>Of <c>sun_path</c>, with the zero at its end.</summary>
    private const int LongestSocketPath = 107;

    /// <summary>Null when it is neither.</summary>
    public static EndPoint? Parse(string address)
    {
        if (address.StartsWith('/'))
        {
            return System.Text.Encoding.UTF8.GetByteCount(address) <= LongestSocketPath ? new UnixDomainSocketEndPoint(address) : null;
        }

        var end = address.LastIndexOf(':');
        return end > 0 && int.TryParse(address[(end + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65_535
            ? new DnsEndPoint(address[..end].Trim('[', ']'), port)
            : null;
    }
}
