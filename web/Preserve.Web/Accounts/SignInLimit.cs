using System.Net;
using System.Threading.RateLimiting;
using Preserve.Web.Security;

namespace Preserve.Web.Accounts;

/// <summary>
/// How often one client network may try a password or a one-time link: 20 in five minutes. Beside the lock-out of an account, which alone
/// would let somebody try one password on every account.
/// </summary>
public sealed class SignInLimit : IDisposable
{
    private const int Tries = 20;

    private readonly PartitionedRateLimiter<IPAddress?> _limiter = PartitionedRateLimiter.Create<IPAddress?, string>(address =>
        RateLimitPartition.GetSlidingWindowLimiter(StartLimit.ClientNetwork(address), _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = Tries,
            Window = TimeSpan.FromMinutes(5),
            SegmentsPerWindow = 10,
            QueueLimit = 0,
        }));

    /// <summary>False when this network has to wait. A page says so with 429.</summary>
    public bool TryEnter(HttpContext context)
    {
        using var lease = _limiter.AttemptAcquire(context.Connection.RemoteIpAddress);
        if (!lease.IsAcquired)
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        }

        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
