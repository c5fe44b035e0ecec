using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Catalog.Access;
using Preserve.Web.Access;
using Preserve.Web.Accounts;

namespace Preserve.Web.Api;

/// <summary>The access rule of an exhibit, for curators and programs with a curator's token.</summary>
public static class RulesApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var rule = routes.MapGroup("/api/exhibits/{slug}/rule").WithTags("Access").RequireAuthorization(Policies.Curate)
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        rule.AddEndpointFilter(LinksApi.NoStore);
        rule.MapGet("", FindAsync)
            .WithName("GetAccessRule").WithSummary("Who the exhibit is open to, published or not.")
            .Produces<AccessRuleDetail>();
        rule.MapPut("", SetAsync)
            .WithName("SetAccessRule").WithSummary("Sets the rule at once: sessions of people it does not let in are ended, and its watch links.")
            .Produces<AccessRuleDetail>().ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> FindAsync(string slug, AccessRules rules, CancellationToken cancellationToken) =>
        await rules.FindAsync(slug, cancellationToken) is { } rule ? TypedResults.Ok(AccessRuleDetail.Of(rule)) : Problems.NoSuchExhibit(slug);

    private static async Task<IResult> SetAsync(
        string slug, AccessRuleDetail wanted, HttpContext http, AccessRules rules, AccessWatch watch, IDbContextFactory<CatalogContext> contexts,
        CancellationToken cancellationToken)
    {
        if (await rules.FindAsync(slug, cancellationToken) is null)
        {
            return Problems.NoSuchExhibit(slug);
        }

        var problems = await rules.SetAsync(await contexts.ActorAsync(http.User, cancellationToken), slug, wanted.ToRule(), cancellationToken);
        if (problems.Count > 0)
        {
            return Problems.RuleNotSet(problems);
        }

        await watch.RuleChangedAsync(slug, cancellationToken);
        return TypedResults.Ok(AccessRuleDetail.Of((await rules.FindAsync(slug, cancellationToken))!));
    }
}
