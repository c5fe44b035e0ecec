using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Objects;

namespace Preserve.Web.Access;

/// <summary>Decides who may run an object without an exhibit. Whatever rule comes next becomes part of <see cref="Closed"/> and of nothing else.</summary>
/// <remarks>
/// 1. Researchers and curators may; visitors and other accounts never.
/// 2. Every object that would be used must be open to them: the object itself, those in the ancestry of the environment, and the media in its bays.
/// 3. Closed is what is withdrawn; to researchers also what has no rights stated, and what curators keep to themselves.
/// 4. What is published is open only as far as one of its exhibits is: groups, reading rooms and embargoes are not got round.
/// 5. To researchers, an exhibit that is not published closes as well where its rule would keep them out: taking it down, or preparing it, opens nothing.
/// A draft for everybody closes nothing. Curators prepare drafts, so these close nothing to them.
/// </remarks>
public sealed class ObjectDoor(IDbContextFactory<CatalogContext> contexts)
{
    /// <summary>Whether an object by itself is open to this viewer; where it may be run is asked for each environment.</summary>
    public async Task<bool> IsOpenAsync(string objectId, Viewer viewer, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return MayRunObjects(viewer) && await context.Objects.AnyAsync(one => one.Id == objectId, cancellationToken)
            && !await ClosedTo(context, viewer, [objectId]).AnyAsync(cancellationToken);
    }

    /// <summary>Whether this viewer may run an object in an environment, its own or another that it is attached to.</summary>
    public async Task<bool> IsOpenAsync(string objectId, string environmentId, Viewer viewer, CancellationToken cancellationToken)
    {
        if (!MayRunObjects(viewer))
        {
            return false;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await context.Environments.AnyAsync(one => one.Id == environmentId, cancellationToken))
        {
            return false;
        }

        var objects = await context.ObjectsInAsync([environmentId], cancellationToken);
        return !await ClosedTo(context, viewer, [.. objects, objectId]).AnyAsync(cancellationToken);
    }

    /// <summary>Ids of the objects that are open to this viewer by themselves, in a form that queries can carry to the database.</summary>
    public static IQueryable<string> OpenTo(CatalogContext context, Viewer viewer)
    {
        var mayRun = MayRunObjects(viewer);
        var closed = Closed(context, viewer, context.Objects).Select(one => one.Id);
        return context.Objects.Where(one => mayRun && !closed.Contains(one.Id)).Select(one => one.Id);
    }

    /// <summary>Whether objects are ever open to this viewer by themselves.</summary>
    public static bool MayRunObjects(Viewer viewer) => viewer.IsResearcher || viewer.IsCurator;

    private static IQueryable<PreservedObject> ClosedTo(CatalogContext context, Viewer viewer, IReadOnlyCollection<string> objectIds) =>
        Closed(context, viewer, context.Objects.Where(one => objectIds.Contains(one.Id)));

    private static IQueryable<PreservedObject> Closed(CatalogContext context, Viewer viewer, IQueryable<PreservedObject> objects)
    {
        var isCurator = viewer.IsCurator;
        var open = context.Exhibits.Where(AccessDecision.OpenTo(viewer)).Select(exhibit => exhibit.ObjectId);
        var letsIn = context.Exhibits.Where(AccessDecision.RuleLetsIn(viewer)).Select(exhibit => exhibit.Id);
        return objects.Where(one => one.WithdrawnAt != null
            || (!isCurator && ((one.Rights == "" && !context.RightsStatements.Any(rights => rights.ObjectId == one.Id)) || one.ResearchUse != ResearchUse.Researchers))
            || (context.Exhibits.Any(exhibit => exhibit.ObjectId == one.Id && (exhibit.IsPublished || (!isCurator && !letsIn.Contains(exhibit.Id)))) && !open.Contains(one.Id)));
    }
}
