using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Preserve.Web.Api;
using Preserve.Web.Hosting;

namespace Preserve.Web.Security;

/// <summary>How often one client address may make watch links and buy tickets with them. A whole class may sit behind one address.</summary>
public sealed class WatchLimit(WebOptions options) : IRateLimiterPolicy<string>
{
    /// <summary>Name of the policy.</summary>
    public const string Policy = "watching";

    public Func<OnRejectedContext, CancellationToken, ValueTask> OnRejected => async (rejected, _) =>
    {
        rejected.HttpContext.Response.Headers.RetryAfter = 10.ToString(CultureInfo.InvariantCulture);
        await Problems.TooManyWatches(options.WatchesPerMinute).ExecuteAsync(rejected.HttpContext);
    };

    public RateLimitPartition<string> GetPartition(HttpContext httpContext) => RateLimitPartition.GetSlidingWindowLimiter(
        StartLimit.ClientNetwork(httpContext.Connection.RemoteIpAddress),
        _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = options.WatchesPerMinute,
            Window = TimeSpan.FromMinutes(1),
            SegmentsPerWindow = 6,
            QueueLimit = 0,
        });
}
