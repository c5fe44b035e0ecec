using System.Net;
using Preserve.Web.Security;

namespace Preserve.Web.Hosting;

/// <summary>The web's own configuration: section <c>Preserve:Web</c>, or <c>PRESERVE__WEB__...</c> in the environment.</summary>
public sealed record WebOptions
{
    public const string Section = "Preserve:Web";

    /// <summary>Other sites that may send unsafe requests and open WebSockets, such as <c>https://museum.example</c>. Default none.</summary>
    public string[] AllowedOrigins { get; init; } = [];

    /// <summary>Addresses or networks of reverse proxies whose X-Forwarded-For, -Proto and -Host are believed, such as <c>10.0.0.0/8</c>. Default none.</summary>
    public string[] TrustedProxies { get; init; } = [];

    /// <summary>Sessions that one client address may start in a minute: 1 to 10000, default 10.</summary>
    public int StartsPerMinute { get; init; } = 10;

    /// <summary>Watch links that one client address may make or use in a minute: 1 to 100000, default 300.</summary>
    public int WatchesPerMinute { get; init; } = 300;

    /// <summary>Mail address of whoever looks after the house, told to harvesters. Default postmaster at the host's name.</summary>
    public string? ContactMail { get; init; }

    /// <summary>Everything that is wrong; empty when all is well.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        problems.AddRange(AllowedOrigins.Where(origin => Origin.Parse(origin) is null).Select(origin =>
            $"{Section}:AllowedOrigins: '{origin}' is not an origin. Write scheme and host, such as https://museum.example."));
        problems.AddRange(TrustedProxies.Where(proxy => ProxyNetwork(proxy) is null).Select(proxy =>
            $"{Section}:TrustedProxies: '{proxy}' is neither an address nor a network such as 10.0.0.0/8."));
        if (StartsPerMinute is < 1 or > 10_000)
        {
            problems.Add($"{Section}:StartsPerMinute: {StartsPerMinute} is outside 1 to 10000.");
        }

        if (WatchesPerMinute is < 1 or > 100_000)
        {
            problems.Add($"{Section}:WatchesPerMinute: {WatchesPerMinute} is outside 1 to 100000.");
        }

        if (ContactMail is { } mail && (mail.Length > 254 || mail.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter))
            || mail.Split('@') is not [{ Length: > 0 }, var host] || host.Split('.') is not { Length: > 1 } parts || parts.Any(part => part.Length == 0)))
        {
            problems.Add($"{Section}:ContactMail: '{mail}' is not a mail address such as archive@museum.example.");
        }

        return problems;
    }

    /// <summary>A network of one for a single address; null for neither.</summary>
    public static IPNetwork? ProxyNetwork(string text)
    {
        if (IPNetwork.TryParse(text, out var network))
        {
            return network;
        }

        return IPAddress.TryParse(text, out var address)
            ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
            : null;
    }
}
