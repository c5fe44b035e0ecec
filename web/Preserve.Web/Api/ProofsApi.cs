using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Catalog.Proofs;
using Preserve.Catalog.Storage;
using Preserve.Catalog.Suggestions;
using Preserve.Web.Accounts;

namespace Preserve.Web.Api;

/// <summary>From an object to an environment: suggested machines, proof boots, acceptance. For curators.</summary>
public static class ProofsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var curators = routes.MapGroup("/api").WithTags("Proof boots").RequireAuthorization(Policies.Curate);
        curators.MapGet("objects/{id}/suggestions", SuggestAsync)
            .WithName("SuggestMachines").WithSummary("Machines on which an object may run, then environments in which its content can be used; with reasons, best first.")
            .Produces<IReadOnlyList<SuggestionDetail>>();
        curators.MapGet("objects/{id}/proofs", ListAsync)
            .WithName("ListProofs").WithSummary("Every proof boot of an object with the screens it came to.")
            .Produces<IReadOnlyList<ProofDetail>>();
        curators.MapPost("objects/{id}/proofs", RequestAsync)
            .WithName("BootProofs").WithSummary("Boots suggested machines in the background, one at a time; ask for the list to see how far they are.")
            .Produces<IReadOnlyList<ProofDetail>>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        curators.MapGet("proofs/{id:long}/screens/{order:int}.png", PictureAsync)
            .WithName("GetProofScreen").WithSummary("A screen that a proof boot came to.")
            .Produces(StatusCodes.Status200OK, contentType: "image/png").ProducesProblem(StatusCodes.Status404NotFound);
        curators.MapPost("proofs/{id:long}/environment", AcceptAsync)
            .WithName("AcceptProof").WithSummary("Makes an environment out of a proof boot, with its profile, media and settings.")
            .Produces(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> SuggestAsync(string id, [FromServices] ObjectSuggestions suggestions, CancellationToken cancellationToken) =>
        TypedResults.Ok<IReadOnlyList<SuggestionDetail>>([.. (await suggestions.OfObjectAsync(id, cancellationToken)).Select(SuggestionDetail.Of)]);

    private static async Task<IResult> ListAsync(string id, [FromServices] ProofRequests proofs, CancellationToken cancellationToken) =>
        TypedResults.Ok(await ReadAsync(id, proofs, cancellationToken));

    private static async Task<IResult> RequestAsync(
        string id, ProofsToBoot? wanted, HttpContext http, [FromServices] ProofRequests proofs, CancellationToken cancellationToken)
    {
        var choices = wanted?.Candidates?.Select(one => new ProofChoice(one.Profile ?? "", one.Boot ?? "", one.MemoryMiB, one.Environment)).ToList();
        var result = await proofs.RequestAsync(id, choices, CurrentAccount.ActorOf(http.User), cancellationToken);
        return result.IsDone
            ? TypedResults.Accepted($"/api/objects/{id}/proofs", await ReadAsync(id, proofs, cancellationToken))
            : Problems.NotDone(result.Problems);
    }

    private static async Task<IResult> PictureAsync(
        long id, int order, HttpContext http, [FromServices] IDbContextFactory<CatalogContext> contexts, [FromServices] IContentStore content,
        CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var sha256 = await context.ProofScreens.Where(screen => screen.ProofBootId == id && screen.Order == order)
            .Select(screen => screen.Sha256).SingleOrDefaultAsync(cancellationToken);
        if (sha256 is null || !content.Contains(sha256))
        {
            return Problems.NoSuchProofScreen();
        }

        // Ids are never used again, and what a boot came to does not change.
        http.Response.Headers.CacheControl = "private, max-age=3600";
        return TypedResults.Stream(content.Open(sha256), "image/png");
    }

    private static async Task<IResult> AcceptAsync(
        long id, EnvironmentToAccept? environment, HttpContext http, [FromServices] ProofAcceptance acceptance, CancellationToken cancellationToken)
    {
        var request = new ProofAcceptanceRequest(environment?.Id ?? "", environment?.Title ?? "", environment?.SettledScreen ?? "");
        var result = await acceptance.AcceptAsync(id, request, CurrentAccount.ActorOf(http.User), cancellationToken);
        return result.IsDone ? TypedResults.Created() : Problems.NotDone(result.Problems);
    }

    private static async Task<IReadOnlyList<ProofDetail>> ReadAsync(string id, ProofRequests proofs, CancellationToken cancellationToken) =>
        [.. (await proofs.ListAsync(id, cancellationToken)).Select(ProofDetail.Of)];
}
