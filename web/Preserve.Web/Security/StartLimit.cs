using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Preserve.Web.Api;
using Preserve.Web.Hosting;

namespace Preserve.Web.Security;

/// <summary>How often one client address may start a session. A sliding minute in six parts, so that a burst is forgotten gradually.</summary>
public static class StartLimit
{
    /// <summary>Name of the policy, for the endpoint that starts sessions.</summary>
    public const string Policy = "starts";

    public static void Configure(RateLimiterOptions limiter, WebOptions options)
    {
        limiter.AddPolicy(Policy, context => RateLimitPartition.GetSlidingWindowLimiter(
            ClientNetwork(context.Connection.RemoteIpAddress),
            _ => new SlidingWindowRateLimiterOptions
            {
                PermitLimit = options.StartsPerMinute,
                Window = TimeSpan.FromMinutes(1),
                SegmentsPerWindow = 6,
                QueueLimit = 0,
            }));
        limiter.OnRejected = async (rejected, _) =>
        {
            // The segment that frees a permit soonest is a sixth of a minute away at most.
            rejected.HttpContext.Response.Headers.RetryAfter = 10.ToString(CultureInfo.InvariantCulture);
            await Problems.TooManyStarts(options.StartsPerMinute).ExecuteAsync(rejected.HttpContext);
        };
    }

    /// <summary>An IPv6 client owns a /64 and may use any address in it: the network counts.</summary>
    public static string ClientNetwork(IPAddress? address)
    {
        if (address is null)
        {
            return "unknown";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address.ToString();
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes).ToString();
    }
}
