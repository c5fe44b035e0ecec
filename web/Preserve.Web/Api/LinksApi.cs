using Preserve.Web.Access;
using Preserve.Catalog.Sessions;
using Preserve.Web.Security;
using Preserve.Workers.Sessions;
using Preserve.Workers.Watching;

namespace Preserve.Web.Api;

/// <summary>The watch links of a session, for whoever holds its key. A ticket does not suffice: a guest has one.</summary>
public static class LinksApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var links = routes.MapGroup("/api/sessions/{id:guid}/links").WithTags("Watching")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
        links.AddEndpointFilter(NoStore);
        links.MapPost("", MakeAsync).RequireRateLimiting(WatchLimit.Policy)
            .WithName("MakeLink").WithSummary("Makes a link by which others see the session's screen and hear its sound. Its secret is said once.")
            .Produces<NewLink>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status429TooManyRequests);
        links.MapGet("", ListAsync)
            .WithName("ListLinks").WithSummary("Links that have not been ended, oldest first, with how many watch by each.")
            .Produces<IReadOnlyList<LinkStatus>>();
        links.MapDelete("{link:guid}", EndAsync)
            .WithName("EndLink").WithSummary("Ends a link and closes the connections of everybody who came by it.")
            .Produces(StatusCodes.Status204NoContent);
        links.MapDelete("", EndAllAsync)
            .WithName("EndLinks").WithSummary("Ends every link of the session.")
            .Produces(StatusCodes.Status204NoContent);
    }

    internal static async ValueTask<object?> NoStore(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        call.HttpContext.Response.Headers.CacheControl = "no-store";
        return await next(call);
    }

    private static Task<IResult> MakeAsync(
        Guid id, HttpRequest request, ISessionService sessions, WatchLinks links, SessionDoor door, CancellationToken cancellationToken,
        LinkRequest? wish = null) =>
        AsOwnerAsync(id, request, sessions, async view =>
        {
            if (view.ExhibitSlug is null || !await door.IsOpenAsync(view, SessionRole.Control, request.HttpContext, cancellationToken))
            {
                return Problems.NotToBeShared();
            }

            var made = await links.MakeAsync(id, wish?.Kind ?? WatchLinkKind.Watch, cancellationToken);
            return made.Outcome == WatchLinkOutcome.Added
                ? TypedResults.Created($"/api/sessions/{id}/links/{made.Link!.Id}", NewLink.Of(made))
                : Problems.NotLinked(made.Outcome);
        }, cancellationToken);

    private static Task<IResult> ListAsync(
        Guid id, HttpRequest request, ISessionService sessions, WatchLinks links, CancellationToken cancellationToken) =>
        AsOwnerAsync(id, request, sessions, async _ =>
        {
            var live = await links.ListAsync(id, cancellationToken);
            return TypedResults.Ok<IReadOnlyList<LinkStatus>>([.. live.Select(LinkStatus.Of)]);
        }, cancellationToken);

    private static Task<IResult> EndAsync(
        Guid id, Guid link, HttpRequest request, ISessionService sessions, WatchLinks links, CancellationToken cancellationToken) =>
        AsOwnerAsync(id, request, sessions, async _ =>
            await links.EndAsync(id, link, cancellationToken) ? TypedResults.NoContent() : Problems.NoSuchLink(), cancellationToken);

    private static Task<IResult> EndAllAsync(
        Guid id, HttpRequest request, ISessionService sessions, WatchLinks links, CancellationToken cancellationToken) =>
        AsOwnerAsync(id, request, sessions, async _ =>
        {
            await links.EndAllAsync(id, cancellationToken);
            return TypedResults.NoContent();
        }, cancellationToken);

    private static async Task<IResult> AsOwnerAsync(
        Guid id, HttpRequest request, ISessionService sessions, Func<SessionView, Task<IResult>> answer, CancellationToken cancellationToken)
    {
        if (Bearer.Of(request) is not { } key)
        {
            return Problems.NoCredential(request);
        }

        if (await sessions.FindAsync(id, cancellationToken) is not { } view)
        {
            return Problems.NoSuchSession();
        }

        return await sessions.IsOwnerAsync(id, key, cancellationToken) ? await answer(view) : Problems.NotPermitted();
    }
}
