using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Web.Access;
using Preserve.Web.Exhibits;

namespace Preserve.Web.Api;

/// <summary>What is preserved, down to files and their formats.</summary>
public static class ObjectsApi
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/objects/{id}", FindAsync).WithTags("Objects")
        .WithName("GetObject").WithSummary("One object with its media, files, digests and formats, if an exhibit of it is open to you.")
        .Produces<ObjectDetail>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status410Gone);

    private static async Task<IResult> FindAsync(
        string id, HttpContext http, ViewerReader viewers, IDbContextFactory<CatalogContext> contexts, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var viewer = await viewers.OfAsync(http, cancellationToken);
        var ofObject = context.Exhibits.Where(exhibit => exhibit.ObjectId == id);
        var isSeen = viewer.IsCurator || await ofObject.Where(AccessDecision.OpenTo(viewer)).AnyAsync(cancellationToken);
        if (!isSeen && await ofObject.Where(AccessDecision.WithdrawnFrom(viewer)).AnyAsync(cancellationToken))
        {
            var withdrawn = await context.Objects.AsNoTracking().SingleAsync(found => found.Id == id, cancellationToken);
            return withdrawn.WithdrawnAt is null ? Problems.NoSuchObject(id) : Problems.Withdrawn(Tombstone.Of(withdrawn.Title, withdrawn));
        }

        var one = isSeen
            ? await context.Objects.AsNoTracking().Include(found => found.Media).ThenInclude(medium => medium.Representations)
                .ThenInclude(representation => representation.Files).ThenInclude(file => file.Identifications)
                .AsSplitQuery().SingleOrDefaultAsync(found => found.Id == id, cancellationToken)
            : null;
        return one is null ? Problems.NoSuchObject(id) : TypedResults.Ok(ObjectDetail.Of(one));
    }
}
