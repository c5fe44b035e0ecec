using Microsoft.EntityFrameworkCore;

namespace Preserve.Catalog.Environments;

/// <summary>What environments are made of: themselves, their parents up to the root, and the media in the bays of all of these.</summary>
public static class Ancestry
{
    /// <summary>Ids of every object in the ancestry of some environments.</summary>
    public static async Task<IReadOnlySet<string>> ObjectsInAsync(
        this CatalogContext context, IEnumerable<string> environmentIds, CancellationToken cancellationToken)
    {
        var ancestry = new HashSet<string>();
        var objects = new HashSet<string>();
        var next = environmentIds.Distinct().ToList();
        while (next.Count > 0)
        {
            ancestry.UnionWith(next);
            var rows = await context.Environments.AsNoTracking()
                .Where(e => next.Contains(e.Id))
                .Select(e => new { e.ObjectId, e.ParentId, Media = e.Drives.Select(drive => drive.Medium!.ObjectId).ToList() })
                .ToListAsync(cancellationToken);
            objects.UnionWith(rows.Select(row => row.ObjectId).Concat(rows.SelectMany(row => row.Media)));
            next = [.. rows.Select(row => row.ParentId).OfType<string>().Distinct().Where(id => !ancestry.Contains(id))];
        }

        return objects;
    }

    /// <summary>Title of a withdrawn object in the ancestry of some environments; null when there is none.</summary>
    public static async Task<string?> FindWithdrawnAsync(
        this CatalogContext context, IEnumerable<string> environmentIds, CancellationToken cancellationToken) =>
        await context.FindWithdrawnAsync(await context.ObjectsInAsync(environmentIds, cancellationToken), cancellationToken);

    /// <summary>Title of the first of these objects that is withdrawn; null when none is.</summary>
    public static async Task<string?> FindWithdrawnAsync(this CatalogContext context, IReadOnlySet<string> objects, CancellationToken cancellationToken) =>
        await context.Objects.Where(one => objects.Contains(one.Id) && one.WithdrawnAt != null).OrderBy(one => one.Id).Select(one => one.Title)
            .FirstOrDefaultAsync(cancellationToken);

    /// <summary>Ids of every environment that has an object in its ancestry.</summary>
    public static async Task<IReadOnlyCollection<string>> EnvironmentsWithAsync(
        this CatalogContext context, string objectId, CancellationToken cancellationToken)
    {
        var found = new HashSet<string>();
        var next = await context.Environments.Where(one => one.ObjectId == objectId || one.Drives.Any(drive => drive.Medium!.ObjectId == objectId))
            .Select(one => one.Id).ToListAsync(cancellationToken);
        while (next.Count > 0)
        {
            found.UnionWith(next);
            var parents = next;
            var children = await context.Environments.Where(one => one.ParentId != null && parents.Contains(one.ParentId)).Select(one => one.Id).ToListAsync(cancellationToken);
            next = [.. children.Where(id => !found.Contains(id))];
        }

        return found;
    }
}
