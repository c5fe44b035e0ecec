using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Withdrawals;
using Preserve.Web.Access;
using Preserve.Web.Accounts;

namespace Preserve.Web.Api;

/// <summary>Why somebody acts.</summary>
/// <param name="Reason">1 to 2000 characters. For a withdrawal it is shown on the tombstone.</param>
public sealed record ActReason(string Reason);

/// <summary>Withdrawing an object, opening it again, and deleting its bytes by two persons; for curators.</summary>
public static class WithdrawalsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var one = routes.MapGroup("/api/objects/{id}").WithTags("Withdrawal").RequireAuthorization(Policies.Curate)
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict);
        one.MapPost("withdrawal", (string id, ActReason why, HttpContext http, Withdrawing withdrawing, IDbContextFactory<CatalogContext> contexts, CancellationToken cancellationToken) =>
                ActAsync(http, contexts, actor => withdrawing.WithdrawAsync(actor, id, why.Reason, cancellationToken), cancellationToken))
            .WithName("WithdrawObject").WithSummary("Takes an object out of use, with everything that contains it; ends its sessions and links.")
            .Produces(StatusCodes.Status204NoContent);
        one.MapPost("reinstatement", (string id, ActReason why, HttpContext http, Withdrawals withdrawals, IDbContextFactory<CatalogContext> contexts, CancellationToken cancellationToken) =>
                ActAsync(http, contexts, async actor => (await withdrawals.ReinstateAsync(actor, id, why.Reason, cancellationToken)).Problems, cancellationToken))
            .WithName("ReinstateObject").WithSummary("Opens a withdrawn object again whose bytes are still there.")
            .Produces(StatusCodes.Status204NoContent);
        one.MapPost("purge", (string id, ActReason why, HttpContext http, Purges purges, IDbContextFactory<CatalogContext> contexts, CancellationToken cancellationToken) =>
                ActAsync(http, contexts, actor => purges.RequestAsync(actor, id, why.Reason, cancellationToken), cancellationToken))
            .WithName("RequestPurge").WithSummary("Asks that the bytes of a withdrawn object be deleted. A second person has to approve.")
            .Produces(StatusCodes.Status204NoContent);
        one.MapDelete("purge", (string id, HttpContext http, Purges purges, IDbContextFactory<CatalogContext> contexts, CancellationToken cancellationToken) =>
                ActAsync(http, contexts, actor => purges.RefuseAsync(actor, id, cancellationToken), cancellationToken))
            .WithName("RefusePurge").WithSummary("Takes a request back, or refuses it.")
            .Produces(StatusCodes.Status204NoContent);
        one.MapPost("purge/approval", (string id, HttpContext http, Purges purges, IDbContextFactory<CatalogContext> contexts, CancellationToken cancellationToken) =>
                ActAsync(http, contexts, actor => purges.ApproveAsync(actor, id, cancellationToken), cancellationToken))
            .WithName("ApprovePurge").WithSummary("Approves, as a second person: the bytes are deleted for good.")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ActAsync(
        HttpContext http, IDbContextFactory<CatalogContext> contexts, Func<Actor, Task<IReadOnlyList<string>>> act, CancellationToken cancellationToken)
    {
        var problems = await act(await contexts.ActorAsync(http.User, cancellationToken));
        return problems.Count == 0 ? TypedResults.NoContent() : Problems.NotWithdrawn(problems);
    }
}
