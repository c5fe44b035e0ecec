using Microsoft.AspNetCore.Authorization;
using Preserve.Web.Accounts;
using Preserve.Web.Layout;

namespace Preserve.Web.Staff;

/// <summary>
/// Maps the pages in two documents: a static one for visitors and accounts, an interactive one under <c>/curate</c> and <c>/admin</c>. Where
/// interactive rendering is configured, the framework sends each page with a cookie, a kilobyte and a half of state, and a header that
/// forbids keeping it; visitors' pages are to have none of these.
/// </summary>
public static class PageDocuments
{
    /// <summary>Where the script of interactive pages connects.</summary>
    public const string ConnectionPath = "/_blazor";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRazorComponents<App>().Add(endpoint => LeaveOut(endpoint, StaffPaths.Contain(PathOf(endpoint))));
        routes.MapRazorComponents<StaffApp>()
            .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = "'none'")
            .Add(endpoint =>
            {
                var isConnection = PathOf(endpoint).StartsWithSegments(ConnectionPath);
                LeaveOut(endpoint, !isConnection && !StaffPaths.Contain(PathOf(endpoint)));
                if (isConnection)
                {
                    endpoint.Metadata.Add(new AuthorizeAttribute(Policies.SignedIn));
                }
            });
    }

    // The framework finds every page of the assembly for either document.
    private static void LeaveOut(EndpointBuilder endpoint, bool isOther)
    {
        if (isOther)
        {
            endpoint.Metadata.Add(new SuppressMatchingMetadata());
        }
    }

    private static PathString PathOf(EndpointBuilder endpoint) =>
        new("/" + (endpoint as RouteEndpointBuilder)?.RoutePattern.RawText?.TrimStart('/'));
}
