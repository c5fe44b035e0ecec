using Preserve.Catalog.Access;
using Preserve.Catalog.Exhibits;
using Preserve.Catalog.Sessions;
using Preserve.Web.Access;
using Preserve.Web.Accounts;
using Preserve.Web.Exhibits;
using Preserve.Web.Searching;
using Preserve.Web.Security;
using Preserve.Workers.Sessions;

namespace Preserve.Web.Api;

/// <summary>What is on show, and the starting of a session.</summary>
public static class ExhibitsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var exhibits = routes.MapGroup("/api/exhibits").WithTags("Exhibits");
        exhibits.MapGet("", ListAsync)
            .WithName("ListExhibits").WithSummary("Exhibits that are open to you, oldest first, or best first for words in q; with counts by facet.")
            .TakesSearch(isForCurators: false).Produces<ListAnswer<ExhibitSummary>>().ProducesProblem(StatusCodes.Status400BadRequest);
        exhibits.MapGet("{slug}", FindAsync)
            .WithName("GetExhibit").WithSummary("One exhibit with its label.")
            .Produces<ExhibitDetail>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status410Gone);
        exhibits.MapPost("{slug}/sessions", StartAsync).RequireRateLimiting(StartLimit.Policy)
            .WithName("StartSession").WithSummary("Starts the exhibit's machines. The key is said once: keep it.")
            .Produces<NewSession>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status410Gone)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> ListAsync(HttpContext http, ExhibitReader reader, ViewerReader viewers, CancellationToken cancellationToken)
    {
        var (asked, problems) = SearchAddress.Read(http.Request.Query, isCurator: false);
        if (problems.Count > 0)
        {
            return Problems.NotSearched(problems);
        }

        var found = await reader.ListAsync(asked, await viewers.OfAsync(http, cancellationToken), cancellationToken);
        return TypedResults.Ok(ListAnswer.Of([.. found.Exhibits.Select(ExhibitSummary.Of)], found.Page, asked, http.Request.Path));
    }

    private static async Task<IResult> FindAsync(
        string slug, HttpContext http, ExhibitReader reader, ViewerReader viewers, CancellationToken cancellationToken) =>
        await viewers.OfAsync(http, cancellationToken) is var viewer && await reader.FindAsync(slug, viewer, cancellationToken) is { } exhibit
            ? TypedResults.Ok(ExhibitDetail.Of(exhibit))
            : await NotThereAsync(slug, viewer, reader, cancellationToken);

    /// <summary>Why an exhibit is not there for this viewer.</summary>
    internal static async Task<IResult> NotThereAsync(string slug, Viewer viewer, ExhibitReader reader, CancellationToken cancellationToken) =>
        await reader.FindTombstoneAsync(slug, viewer, cancellationToken) is { } tombstone ? Problems.Withdrawn(tombstone) : Problems.NoSuchExhibit(slug);

    private static async Task<IResult> StartAsync(
        string slug, HttpContext http, ExhibitReader reader, ViewerReader viewers, ISessionService sessions, CancellationToken cancellationToken)
    {
        var viewer = await viewers.OfAsync(http, cancellationToken);
        if (await reader.FindAsync(slug, viewer, cancellationToken) is not { } exhibit)
        {
            return await NotThereAsync(slug, viewer, reader, cancellationToken);
        }

        var request = new SessionRequest(exhibit.EnvironmentIds, SessionPurpose.Visit, slug, EmulatorBuild: null, exhibit.TimeLimit, Starter(exhibit.Rule, viewer, http));
        var start = await sessions.StartAsync(request, cancellationToken);
        if (start.Session is not { } started)
        {
            return Problems.NotStarted(start.Outcome, start.Message);
        }

        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Created($"/api/sessions/{started.View.Id}", NewSession.Of(started));
    }

    // No more than the rule asks for: of what is open to everybody nobody knows who uses it.
    private static SessionStarter Starter(AccessRule rule, Viewer viewer, HttpContext http) => new(
        rule.Audience == Audience.Public ? null : CurrentAccount.IdOf(http.User),
        rule.RoomRule == RoomRule.Anywhere ? [] : [.. viewer.Rooms]);
}
