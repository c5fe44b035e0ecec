using Microsoft.EntityFrameworkCore;

namespace Preserve.Catalog.Import;

/// <summary>Which bytes the objects of a manifest have in storage already.</summary>
internal sealed class KnownContent
{
    private readonly HashSet<(string ObjectId, string Sha256)> _known = [];

    public static async Task<KnownContent> LoadAsync(CatalogContext context, ArchiveManifest manifest, CancellationToken cancellationToken)
    {
        var ids = manifest.Objects.Select(one => one.Id).ToList();
        var known = new KnownContent();
        await foreach (var one in context.ContentLocations.Where(one => EF.Parameter(ids).Contains(one.ObjectId))
            .Select(one => new { one.ObjectId, one.Sha256 }).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            known._known.Add((one.ObjectId, one.Sha256));
        }

        return known;
    }

    public bool Contains(string objectId, string sha256) => _known.Contains((objectId, sha256));
}
