using Microsoft.Extensions.Primitives;
using Preserve.Web.Api;
using Preserve.Web.Hosting;

namespace Preserve.Web.Security;

/// <summary>
/// Refuses what another site's page sends in a visitor's name: unsafe methods and WebSocket upgrades whose <c>Origin</c> is
/// neither ours nor allow-listed. Requests without <c>Origin</c> are not from a page, unless the browser says they are.
/// </summary>
public sealed class ForeignOriginGuard(RequestDelegate next, WebOptions options)
{
    private readonly HashSet<Origin> _allowed = [.. options.AllowedOrigins.Select(Origin.Parse).OfType<Origin>()];

    public Task InvokeAsync(HttpContext context)
    {
        if (!IsGuarded(context) || IsOurs(context.Request))
        {
            return next(context);
        }

        return Problems.ForeignOrigin().ExecuteAsync(context);
    }

    private static bool IsGuarded(HttpContext context)
    {
        var method = context.Request.Method;
        var isSafe = HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);
        // An upgrade is a GET that no browser checks against the same-origin policy.
        return !isSafe || context.Request.Headers.Upgrade.Count > 0 || context.WebSockets.IsWebSocketRequest;
    }

    private bool IsOurs(HttpRequest request)
    {
        var origin = request.Headers.Origin;
        if (StringValues.IsNullOrEmpty(origin))
        {
            var site = request.Headers["Sec-Fetch-Site"].ToString();
            return site is "" or "same-origin" or "none";
        }

        return origin.Count == 1 && Origin.Parse(origin[0]) is { } named
            && (named == Origin.Of(request) || _allowed.Contains(named));
    }
}
