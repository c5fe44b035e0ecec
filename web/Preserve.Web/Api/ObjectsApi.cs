using Preserve.Web.Access;
using Preserve.Web.Research;

namespace Preserve.Web.Api;

/// <summary>What is preserved, down to files and their formats.</summary>
public static class ObjectsApi
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/objects/{id}", FindAsync).WithTags("Objects")
        .WithName("GetObject").WithSummary("One object with its media, files, digests and formats, if it or an exhibit of it is open to you.")
        .Produces<ObjectDetail>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status410Gone);

    private static async Task<IResult> FindAsync(
        string id, HttpContext http, ViewerReader viewers, ObjectReader objects, CancellationToken cancellationToken) =>
        await objects.FindAsync(id, await viewers.OfAsync(http, cancellationToken), cancellationToken) switch
        {
            { Object: { } one } seen => TypedResults.Ok(ObjectDetail.Of(one, seen.Rights, seen.Identifiers)),
            { Tombstone: { } tombstone } => Problems.Withdrawn(tombstone),
            _ => Problems.NoSuchObject(id),
        };
}
