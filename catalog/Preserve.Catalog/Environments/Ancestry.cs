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
}
