using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Audit;

namespace Preserve.Catalog.Ingest.Bags;

/// <summary>Packed bags in quarantine and the files that come out of them.</summary>
public sealed class BagPackages(IDbContextFactory<CatalogContext> contexts, QuarantineFolder quarantine, Unpacking unpacking)
{
    // In memory: one process serves a data folder, and a killed one leaves no claim behind.
    private readonly ConcurrentDictionary<Guid, bool> _claimed = new();

    /// <summary>Keeps other calls from a package until it is disposed; null when another call has it.</summary>
    public IDisposable? Claim(Guid id) => _claimed.TryAdd(id, true) ? new Claimed(_claimed, id) : null;

    /// <summary>The files of a package, unpacked now or before.</summary>
    /// <returns>The files; whether this call unpacked them, and so may delete them again; why there are none, in words.</returns>
    public async Task<(List<Upload> Uploads, bool IsOurs, string Problem)> UnpackAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        async Task<List<Upload>> FindAsync()
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            return await context.Uploads.AsNoTracking().Where(upload => upload.UnpackedFromId == id && upload.State == UploadState.Quarantined).ToListAsync(cancellationToken);
        }

        if (await FindAsync() is { Count: > 0 } already)
        {
            return (already, false, "");
        }

        var unpacked = await unpacking.UnpackAsync(id, actor, cancellationToken);
        return unpacked.IsDone ? (await FindAsync(), true, "") : ([], false, unpacked.Problem);
    }

    /// <summary>Marks a package accepted whose objects came back. Any other was decided about with its files.</summary>
    public async Task DecideAsync(Guid id, IReadOnlyList<string> objects)
    {
        await using var context = await contexts.CreateDbContextAsync(CancellationToken.None);
        await context.Uploads.Where(upload => upload.Id == id && upload.State == UploadState.Quarantined).ExecuteUpdateAsync(
            set => set.SetProperty(upload => upload.State, UploadState.Accepted).SetProperty(upload => upload.ObjectId, objects[0]), CancellationToken.None);
    }

    /// <summary>Deletes files. The rows of what was accepted stay: only what still waits is forgotten.</summary>
    public async Task ForgetAsync(List<Upload> uploads)
    {
        await using var context = await contexts.CreateDbContextAsync(CancellationToken.None);
        foreach (var ids in uploads.Select(upload => upload.Id).Chunk(500))
        {
            await context.Uploads.Where(upload => EF.Parameter(ids).Contains(upload.Id) && upload.State == UploadState.Quarantined).ExecuteDeleteAsync(CancellationToken.None);
        }

        uploads.ForEach(upload => quarantine.Delete(upload.Id));
    }

    private sealed class Claimed(ConcurrentDictionary<Guid, bool> claimed, Guid id) : IDisposable
    {
        public void Dispose() => claimed.TryRemove(id, out _);
    }
}
