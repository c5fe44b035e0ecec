using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Exhibits;
using Preserve.Catalog.Storage;
using Preserve.Web.Accounts;

namespace Preserve.Web.Api;

/// <summary>Environments, for curators.</summary>
public static class EnvironmentsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var curators = routes.MapGroup("/api/environments/{id}").WithTags("Environments").RequireAuthorization(Policies.Curate);
        curators.MapGet("poster.png", PosterAsync)
            .WithName("GetEnvironmentPoster").WithSummary("The settled screen of an environment, shown to the public or not.")
            .Produces(StatusCodes.Status200OK, contentType: "image/png").ProducesProblem(StatusCodes.Status404NotFound);
        curators.MapPost("exhibits", DraftAsync)
            .WithName("DraftExhibit").WithSummary("Makes an exhibit of an environment, unpublished.")
            .Produces(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
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
