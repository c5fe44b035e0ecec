using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Exhibits;
using Preserve.Catalog.Storage;
using Preserve.Web.Accounts;
using Preserve.Workers.Sessions;

namespace Preserve.Web.Api;

/// <summary>Environments, for curators.</summary>
public static class EnvironmentsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var curators = routes.MapGroup("/api/environments/{id}").WithTags("Environments").RequireAuthorization(Policies.Curate);
        curators.MapGet("", FindAsync)
            .WithName("GetEnvironment").WithSummary("One environment with its place in the tree and the work at it.")
            .Produces<EnvironmentDetail>().ProducesProblem(StatusCodes.Status404NotFound);
        curators.MapDelete("", RemoveAsync)
            .WithName("RemoveEnvironment").WithSummary("Takes an environment out of the tree; not while it has children, exhibits or drafts.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        curators.MapGet("differences", CompareAsync)
            .WithName("CompareWithParent").WithSummary("Which files differ between an environment and its parent, in file systems that can be read.")
            .Produces<DifferencesFound>().ProducesProblem(StatusCodes.Status404NotFound);
        curators.MapPost("drafts", BeginAsync)
            .WithName("BeginDraft").WithSummary("Starts a session in which what the guest writes is kept. The key is said once: keep it.")
            .Produces<NewDraftSession>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status404NotFound);
        curators.MapGet("poster.png", PosterAsync)
            .WithName("GetEnvironmentPoster").WithSummary("The settled screen of an environment, shown to the public or not.")
            .Produces(StatusCodes.Status200OK, contentType: "image/png").ProducesProblem(StatusCodes.Status404NotFound);
        curators.MapPost("exhibits", DraftAsync)
            .WithName("DraftExhibit").WithSummary("Makes an exhibit of an environment, unpublished.")
            .Produces(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> FindAsync(
        string id, [FromServices] IDbContextFactory<CatalogContext> contexts, [FromServices] EnvironmentDrafts drafts, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var one = await context.Environments.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (one is null)
        {
            return Problems.NoSuchEnvironment(id);
        }

        var children = await context.Environments.Where(row => row.ParentId == id).OrderBy(row => row.Id).Select(row => row.Id).ToListAsync(cancellationToken);
        var work = await drafts.ListAsync(id, cancellationToken);
        return TypedResults.Ok(new EnvironmentDetail(one.Id, one.Title, one.ParentId, one.Note, children, [.. work.Select(DraftDetail.Of)]));
    }

    private static async Task<IResult> CompareAsync(string id, [FromServices] EnvironmentDifferences differences, CancellationToken cancellationToken) =>
        await differences.FindAsync(id, cancellationToken) is { } found ? TypedResults.Ok(found) : Problems.NoParent(id);

    private static async Task<IResult> RemoveAsync(string id, HttpContext http, [FromServices] EnvironmentTree tree, CancellationToken cancellationToken)
    {
        var result = await tree.RemoveAsync(id, CurrentAccount.ActorOf(http.User), cancellationToken);
        return result.IsDone ? TypedResults.NoContent() : Problems.NotDone(result.Problems);
    }

    private static async Task<IResult> BeginAsync(string id, HttpContext http, [FromServices] DraftSessions sessions, CancellationToken cancellationToken) =>
        Started(http, await sessions.BeginAsync(id, CurrentAccount.ActorOf(http.User), cancellationToken), () => Problems.NoSuchEnvironment(id));

    internal static IResult Started(HttpContext http, DraftStart start, Func<IResult> none)
    {
        if (start.Start is not { } answer)
        {
            return none();
        }

        if (answer.Session is not { } session)
        {
            return Problems.NotStarted(answer.Outcome, answer.Message);
        }

        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Created($"/api/sessions/{session.View.Id}", NewDraftSession.Of(start.Draft, session));
    }

    private static async Task<IResult> PosterAsync(
        string id, HttpContext http, [FromServices] IDbContextFactory<CatalogContext> contexts, [FromServices] IContentStore content,
        CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var sha256 = await context.Environments.Where(one => one.Id == id && one.PosterState == PosterState.Made)
            .Select(one => one.PosterSha256).SingleOrDefaultAsync(cancellationToken);
        if (sha256 is null || !content.Contains(sha256))
        {
            return Problems.NoPosterYet();
        }

        http.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.Stream(content.Open(sha256), "image/png");
    }

    private static async Task<IResult> DraftAsync(
        string id, ExhibitToDraft? exhibit, HttpContext http, [FromServices] ExhibitDrafts drafts, CancellationToken cancellationToken)
    {
        var result = await drafts.MakeAsync(id, exhibit?.Slug ?? "", exhibit?.Title ?? "", CurrentAccount.ActorOf(http.User), cancellationToken);
        return result.IsDone ? TypedResults.Created() : Problems.NotDone(result.Problems);
    }
}
