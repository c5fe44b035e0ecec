using Microsoft.EntityFrameworkCore;

namespace Preserve.Catalog.Storage;

/// <summary>
/// Content by digest: preserved bytes in OCFL storage, where a row says; what was derived from them (posters) in a store of its own.
/// Preserved bytes come first; what is known to be damaged is not there.
/// </summary>
public sealed class CatalogContentStore(
    ObjectStorage storage, FileContentStore derived, IDbContextFactory<CatalogContext> contexts) : IContentStore
{
    public Task<StoredContent> PutAsync(Stream content, long maximumLengthInBytes, CancellationToken cancellationToken) =>
        derived.PutAsync(content, maximumLengthInBytes, cancellationToken);

    public bool Contains(string sha256) => FindPreserved(sha256) is not null || derived.Contains(sha256);

    public string? FindProblem(string sha256)
    {
        FileContentStore.RequireDigest(sha256);
        using var context = contexts.CreateDbContext();
        return context.ContentLocations.Where(content => content.Sha256 == sha256 && content.State == ContentState.Damaged)
            .OrderBy(content => content.Id).Select(content => content.Problem).FirstOrDefault();
    }

    public Stream Open(string sha256) =>
        FindPreserved(sha256) is { } path ? FileContentStore.OpenFile(path) : derived.Open(sha256);

    public string PathForMount(string sha256) => FindPreserved(sha256) ?? derived.PathForMount(sha256);

    // One look-up by an index: shorter than the file system's own.
    private string? FindPreserved(string sha256)
    {
        FileContentStore.RequireDigest(sha256);
        using var context = contexts.CreateDbContext();
        return context.ContentLocations
            .Where(content => content.Sha256 == sha256 && content.State == ContentState.Sound)
            .OrderBy(content => content.Id)
            .Select(content => content.Path)
            .AsEnumerable()
            .Select(path => Path.Combine(storage.Ocfl.Root, path))
            .FirstOrDefault(File.Exists);
    }
}
