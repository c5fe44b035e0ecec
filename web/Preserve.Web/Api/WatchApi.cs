using Preserve.Web.Access;
using Preserve.Web.Security;
using Preserve.Web.Watching;
using Preserve.Workers.Watching;

namespace Preserve.Web.Api;

/// <summary>What the holder of a watch link may do: ask what it leads to, and buy a ticket to watch. Both are decided anew every time.</summary>
public static class WatchApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var watch = routes.MapGroup("/api/watch/{link:guid}").WithTags("Watching").RequireRateLimiting(WatchLimit.Policy)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status410Gone)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        watch.AddEndpointFilter(LinksApi.NoStore);
        watch.MapGet("", FindAsync)
            .WithName("GetLink").WithSummary("What a link leads to now. Show its secret as 'Authorization: Bearer ...'.")
            .Produces<LinkView>();
        watch.MapPost("tickets", IssueTicketAsync)
            .WithName("IssueWatchTicket").WithSummary("Buys a ticket to watch with the link's secret.")
            .Produces<NewTicket>().ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static Task<IResult> FindAsync(Guid link, HttpRequest request, WatchDoor door, ViewerReader viewers, CancellationToken cancellationToken) =>
        WithLinkAsync(link, request, door, viewers, answer =>
            TypedResults.Ok(new LinkView(answer.Found!.Link.Kind, answer.Exhibit!.Slug, answer.Found.SessionState)), cancellationToken);

    private static Task<IResult> IssueTicketAsync(
        Guid link, HttpRequest request, WatchDoor door, WatchLinks links, ViewerReader viewers, CancellationToken cancellationToken) =>
        WithLinkAsync(link, request, door, viewers, answer =>
            links.IssueTicket(answer.Found!) is { } ticket
                ? TypedResults.Ok(new NewTicket(ticket.Hub, ticket.Token))
                : Problems.TooManyWatchers(), cancellationToken);

    private static async Task<IResult> WithLinkAsync(
        Guid link, HttpRequest request, WatchDoor door, ViewerReader viewers, Func<WatchAnswer, IResult> use, CancellationToken cancellationToken)
    {
        if (Bearer.Of(request) is not { } secret)
        {
            return Problems.NoCredential(request);
        }

        var answer = await door.AskAsync(link, secret, await viewers.OfAsync(request.HttpContext, cancellationToken), cancellationToken);
        return answer.Decision == WatchDecision.Open ? use(answer) : Problems.NotToBeWatched(answer.Decision, answer.Found?.Link.Kind);
    }
}
