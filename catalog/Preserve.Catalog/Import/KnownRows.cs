using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Exhibits;
using Preserve.Catalog.Objects;

namespace Preserve.Catalog.Import;

/// <summary>What the catalog has already of what a manifest names, tracked by one context.</summary>
internal sealed class KnownRows
{
    public required Dictionary<string, PreservedObject> Objects { get; init; }

    public required Dictionary<string, PreservedEnvironment> Environments { get; init; }

    public required Dictionary<string, Exhibit> Exhibits { get; init; }

    public static async Task<KnownRows> LoadAsync(CatalogContext context, ArchiveManifest manifest, CancellationToken cancellationToken)
    {
        // One JSON or array parameter each: ten thousand ids would be too many parameters.
        var objects = manifest.Objects.Select(one => one.Id).ToList();
        var environments = manifest.Objects.SelectMany(one => one.Environments).Select(one => one.Id).ToList();
        return new KnownRows
        {
            Objects = await context.Objects
                .Where(one => EF.Parameter(objects).Contains(one.Id))
                .Include(one => one.Media).ThenInclude(medium => medium.Representations).ThenInclude(representation => representation.Files)
                .AsSplitQuery()
                .ToDictionaryAsync(one => one.Id, cancellationToken),
            Environments = await context.Environments
                .Where(one => EF.Parameter(environments).Contains(one.Id))
                .Include(one => one.Drives)
                .ToDictionaryAsync(one => one.Id, cancellationToken),
            Exhibits = await context.Exhibits
                .Where(one => EF.Parameter(environments).Contains(one.Slug))
                .ToDictionaryAsync(one => one.Slug, cancellationToken),
        };
    }
}
