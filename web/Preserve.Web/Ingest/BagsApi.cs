using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Catalog.Ingest.Bags;
using Preserve.Web.Accounts;
using Preserve.Web.Api;

namespace Preserve.Web.Ingest;

/// <summary>How a bag is to be taken.</summary>
/// <param name="ObjectId">Id of the object it becomes; made from what the bag says when missing.</param>
public sealed record BagRequest(string? ObjectId);

/// <summary>What a bag became.</summary>
/// <param name="Objects">Ids of objects that are in the collection now.</param>
/// <param name="AlreadyThere">Ids of objects that it had.</param>
public sealed record BagAccepted(IReadOnlyList<string> Objects, IReadOnlyList<string> AlreadyThere);

/// <summary>Taking a packed upload as a BagIt bag, for curators.</summary>
public static class BagsApi
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/bags/{upload:guid}", TakeAsync).WithTags("Uploads").RequireAuthorization(Policies.Curate)
            .WithName("TakeBag").WithSummary("Validates a packed upload as a bag and accepts it: its payload becomes an object; a bag exported here brings its objects back.")
            .Produces<BagAccepted>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> TakeAsync(
        Guid upload, BagRequest request, HttpContext http, BagIntake bags, IDbContextFactory<CatalogContext> contexts, CancellationToken cancellationToken)
    {
        var result = await bags.IngestUploadAsync(upload, request.ObjectId, await contexts.ActorAsync(http.User, cancellationToken), cancellationToken);
        return result.IsDone
            ? TypedResults.Created(result.Accepted is [var one] ? $"/api/objects/{one}" : "/api/objects", new BagAccepted(result.Accepted, result.AlreadyThere))
            : Problems.NoBag(result.Problems);
    }
}
