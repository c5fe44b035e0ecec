using System.Net;
using System.Text.RegularExpressions;
using Preserve.Web.Staff;

namespace Preserve.Web.Security;

/// <summary>Puts the headers on every answer that keep a page to its own scripts, styles, pictures and connections.</summary>
public sealed partial class SecurityHeaders(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(static state =>
        {
            Apply((HttpContext)state);
            return Task.CompletedTask;
        }, context);
        return next(context);
    }

    private static void Apply(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy(context.Request);
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";
        if (IsTrustworthy(context.Request))
        {
            // Elsewhere browsers ignore it and complain in the console.
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
        }
    }

    private static string Policy(HttpRequest request) =>
        $"default-src 'none'; {OwnSources(request)} img-src 'self' data: blob:; font-src 'self'; media-src 'self' blob:; "
        + $"connect-src 'self'{WebSocketSource(request)}; worker-src 'self' blob:; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>
    /// Visitors' pages: WebAssembly for the player's Opus decoder, where the browser has none; it lets no text become script.
    /// Staff pages have no player, but components that place themselves by style attributes and carry their theme in a style element,
    /// and a base element, by which Blazor finds its connection.
    /// </summary>
    private static string OwnSources(HttpRequest request) =>
        StaffPaths.Contain(request.Path)
            ? "script-src 'self'; style-src 'self' 'unsafe-inline'; base-uri 'self';"
            : "script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; base-uri 'none';";

    /// <summary>Older browsers do not count WebSockets as 'self'. A host that could break out of the header is left out.</summary>
    private static string WebSocketSource(HttpRequest request)
    {
        var host = request.Host.Value ?? "";
        return PlainHost().IsMatch(host) ? $" {(request.IsHttps ? "wss" : "ws")}://{host}" : "";
    }

    private static bool IsTrustworthy(HttpRequest request) =>
        request.IsHttps
        || request.Host.Host is "localhost"
        || (IPAddress.TryParse(request.Host.Host, out var address) && IPAddress.IsLoopback(address));

    [GeneratedRegex(@"^[A-Za-z0-9.:\[\]-]{1,255}$")]
    private static partial Regex PlainHost();
}
