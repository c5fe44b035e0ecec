using Microsoft.AspNetCore.Mvc;
using Preserve.Catalog.Environments;
using Preserve.Web.Accounts;
using Preserve.Workers.Sessions;

namespace Preserve.Web.Api;

/// <summary>Work at environments that is not decided about: to go on with, to save as a derivative, or to discard. For curators.</summary>
public static class DraftsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var curators = routes.MapGroup("/api/drafts/{id:guid}").WithTags("Environments").RequireAuthorization(Policies.Curate);
        curators.MapPost("sessions", ContinueAsync)
            .WithName("ContinueDraft").WithSummary("Starts a session that goes on with what was kept.")
            .Produces<NewDraftSession>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status404NotFound);
        curators.MapPost("environment", SaveAsync)
            .WithName("SaveDraft").WithSummary("Makes a derivative environment of what was kept, with a note of what was done.")
            .Produces(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        curators.MapDelete("", DiscardAsync)
            .WithName("DiscardDraft").WithSummary("Forgets what was written: the environment is as it was.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> ContinueAsync(Guid id, HttpContext http, [FromServices] DraftSessions sessions, CancellationToken cancellationToken) =>
        EnvironmentsApi.Started(http, await sessions.ContinueAsync(id, cancellationToken), Problems.NoSuchDraft);

    private static async Task<IResult> SaveAsync(
        Guid id, EnvironmentToSave? environment, HttpContext http, [FromServices] EnvironmentTree tree, CancellationToken cancellationToken)
    {
        var request = new DerivativeRequest(environment?.Id ?? "", environment?.Title ?? "", environment?.Note ?? "");
        var result = await tree.SaveAsync(id, request, CurrentAccount.ActorOf(http.User), cancellationToken);
        return result.IsDone ? TypedResults.Created() : Problems.NotDone(result.Problems);
    }

    private static async Task<IResult> DiscardAsync(Guid id, [FromServices] EnvironmentDrafts drafts, CancellationToken cancellationToken) =>
        await drafts.DiscardAsync(id, cancellationToken) ? TypedResults.NoContent() : Problems.NoSuchDraft();
}
