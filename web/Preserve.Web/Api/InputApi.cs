using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Catalog.Exhibits;
using Preserve.Web.Accounts;

namespace Preserve.Web.Api;

/// <summary>Quick keys, gamepad and keyboard of an exhibit, for curators and programs with a curator's token.</summary>
public static class InputApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var input = routes.MapGroup("/api/exhibits/{slug}/input").WithTags("Exhibits").RequireAuthorization(Policies.Curate)
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        input.AddEndpointFilter(LinksApi.NoStore);
        input.MapGet("", FindAsync)
            .WithName("GetExhibitInput").WithSummary("Quick keys, gamepad and keyboard of the exhibit, published or not.")
            .Produces<ExhibitInputDetail>();
        input.MapPut("", SetAsync)
            .WithName("SetExhibitInput").WithSummary("Sets them for sessions that start from now on.")
            .Produces<ExhibitInputDetail>().ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> FindAsync(string slug, ExhibitInputs inputs, CancellationToken cancellationToken) =>
        await inputs.FindAsync(slug, cancellationToken) is { } input ? TypedResults.Ok(ExhibitInputDetail.Of(input)) : Problems.NoSuchExhibit(slug);

    private static async Task<IResult> SetAsync(
        string slug, ExhibitInputDetail wanted, HttpContext http, ExhibitInputs inputs, IDbContextFactory<CatalogContext> contexts, CancellationToken cancellationToken)
    {
        if (await inputs.FindAsync(slug, cancellationToken) is null)
        {
            return Problems.NoSuchExhibit(slug);
        }

        var problems = await inputs.SetAsync(await contexts.ActorAsync(http.User, cancellationToken), slug, wanted.ToInput(), cancellationToken);
        return problems.Count > 0 ? Problems.InputNotSet(problems) : TypedResults.Ok(ExhibitInputDetail.Of((await inputs.FindAsync(slug, cancellationToken))!));
    }
}
