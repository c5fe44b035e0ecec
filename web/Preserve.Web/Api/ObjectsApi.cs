using Preserve.Web.Access;
using Preserve.Web.Research;
using Preserve.Web.Searching;

namespace Preserve.Web.Api;

/// <summary>What is preserved, down to files and their formats.</summary>
public static class ObjectsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/objects", ListAsync).WithTags("Objects")
            .WithName("ListObjects").WithSummary("Objects that are open to you, or an exhibit of which is; all of them for curators. Best first for words in q; with counts by facet.")
            .TakesSearch(isForCurators: true).Produces<ListAnswer<ObjectSummary>>().ProducesProblem(StatusCodes.Status400BadRequest);
        routes.MapGet("/api/objects/{id}", FindAsync).WithTags("Objects")
            .WithName("GetObject").WithSummary("One object with its media, files, digests and formats, if it or an exhibit of it is open to you.")
            .Produces<ObjectDetail>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status410Gone);
    }

    private static async Task<IResult> ListAsync(HttpContext http, ViewerReader viewers, ObjectList objects, CancellationToken cancellationToken)
    {
        var viewer = await viewers.OfAsync(http, cancellationToken);
        var (asked, problems) = SearchAddress.Read(http.Request.Query, viewer.IsCurator);
        if (problems.Count > 0)
        {
            return Problems.NotSearched(problems);
        }

        var (items, page) = await objects.ListAsync(asked, viewer, cancellationToken);
        return TypedResults.Ok(ListAnswer.Of(items, page, asked, http.Request.Path));
    }

    private static async Task<IResult> FindAsync(
        string id, HttpContext http, ViewerReader viewers, ObjectReader objects, CancellationToken cancellationToken) =>
        await objects.FindAsync(id, await viewers.OfAsync(http, cancellationToken), cancellationToken) switch
        {
            { Object: { } one } seen => TypedResults.Ok(ObjectDetail.Of(one, seen.Rights, seen.Identifiers)),
            { Tombstone: { } tombstone } => Problems.Withdrawn(tombstone),
            _ => Problems.NoSuchObject(id),
        };
}
