using Microsoft.AspNetCore.Mvc;
using Preserve.Catalog.Access;
using Preserve.Catalog.Objects;
using Preserve.Catalog.Sessions;
using Preserve.Web.Access;
using Preserve.Web.Accounts;
using Preserve.Web.Api;
using Preserve.Web.Security;
using Preserve.Workers.Sessions;

namespace Preserve.Web.Research;

/// <summary>A way in which an object can be used.</summary>
/// <param name="Environment">Where.</param>
/// <param name="Title">Of the environment.</param>
/// <param name="Machine">What it runs on.</param>
/// <param name="Attached">Bay to the object's medium that is attached there; null for an environment that is the object's own.</param>
/// <param name="Reasons">Why, for an environment that is not its own.</param>
public sealed record ObjectWayDetail(
    string Environment, string Title, string Machine, IReadOnlyDictionary<string, string>? Attached, IReadOnlyList<string> Reasons)
{
    public static ObjectWayDetail Of(ObjectWay one) => new(one.EnvironmentId, one.Title, one.Machine, one.Attached, one.Reasons);
}

/// <summary>Who may run an object without an exhibit.</summary>
/// <param name="Use">researchers or curators.</param>
public sealed record ResearchRuleDetail(ResearchUse Use);

/// <summary>Objects without an exhibit, for researchers as far as rights allow, and for curators.</summary>
public static class ResearchApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var researchers = routes.MapGroup("/api/objects/{id}").WithTags("Research").RequireAuthorization(Policies.Research);
        researchers.MapGet("environments", ListAsync)
            .WithName("ListObjectEnvironments").WithSummary("Where you may run an object: its own environments, then others that its content can be attached to.")
            .Produces<IReadOnlyList<ObjectWayDetail>>();
        researchers.MapPost("sessions", StartAsync).RequireRateLimiting(StartLimit.Policy)
            .WithName("StartObjectSession").WithSummary("Runs an object without an exhibit, in one of its environments or the first. The key is said once: keep it.")
            .Produces<NewSession>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        routes.MapPut("/api/objects/{id}/research", SetAsync).WithTags("Research").RequireAuthorization(Policies.Curate)
            .WithName("SetResearchUse").WithSummary("Says who may run an object without an exhibit: researchers, or curators only.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> SetAsync(
        string id, ResearchRuleDetail? rule, HttpContext http, [FromServices] ResearchRules rules, CancellationToken cancellationToken)
    {
        var problems = rule is null ? ["Say who may run it: researchers or curators."] : await rules.SetAsync(id, rule.Use, CurrentAccount.ActorOf(http.User), cancellationToken);
        return problems.Count == 0 ? TypedResults.NoContent() : Problems.NotDone(problems);
    }

    private static async Task<IResult> ListAsync(
        string id, HttpContext http, [FromServices] ViewerReader viewers, [FromServices] ObjectUses uses, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        var ways = await uses.ListAsync(id, await viewers.OfAsync(http, cancellationToken), cancellationToken);
        return TypedResults.Ok<IReadOnlyList<ObjectWayDetail>>([.. ways.Select(ObjectWayDetail.Of)]);
    }

    private static async Task<IResult> StartAsync(
        string id, HttpContext http, [FromServices] ViewerReader viewers, [FromServices] ObjectUses uses, [FromServices] ISessionService sessions,
        CancellationToken cancellationToken, string? environment = null)
    {
        var viewer = await viewers.OfAsync(http, cancellationToken);
        var ways = await uses.ListAsync(id, viewer, cancellationToken);
        if (ways.FirstOrDefault(way => environment is null || way.EnvironmentId == environment) is not { } chosen)
        {
            return Problems.NoWayToRun(id, ways.Select(way => way.EnvironmentId));
        }

        var use = new ObjectUse(id, chosen.EnvironmentId, chosen.Attached?.ToDictionary());
        var starter = new SessionStarter(CurrentAccount.IdOf(http.User), [.. viewer.Rooms]);
        var start = await sessions.StartAsync(
            new SessionRequest([chosen.EnvironmentId], SessionPurpose.Visit, null, EmulatorBuild: null, ObjectUses.TimeLimit, starter, Object: use), cancellationToken);
        if (start.Session is not { } started)
        {
            return Problems.NotStarted(start.Outcome, start.Message);
        }

        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Created($"/api/sessions/{started.View.Id}", NewSession.Of(started));
    }
}
