using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Catalog.Ingest.Viruses;
using Preserve.Web.Accounts;
using Preserve.Web.Api;

namespace Preserve.Web.Ingest;

/// <summary>Letting an infected upload in, for administrators.</summary>
public static class ScansApi
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/infections/{upload:guid}", LetInAsync).WithTags("Uploads").RequireAuthorization(Policies.Administer)
            .WithName("LetInfectedUploadIn").WithSummary("Lets an infected upload be accepted, with a reason that is recorded: a virus may be the artifact.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> LetInAsync(
        Guid upload, ActReason why, HttpContext http, UploadScans scans, IDbContextFactory<CatalogContext> contexts, CancellationToken cancellationToken) =>
        await scans.OverrideAsync(upload, why.Reason, await contexts.ActorAsync(http.User, cancellationToken), cancellationToken) is { } problem
            ? Problems.NotLetIn(problem)
            : TypedResults.NoContent();
}
