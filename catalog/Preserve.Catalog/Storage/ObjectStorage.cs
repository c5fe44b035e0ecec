using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Ocfl.Storage;

namespace Preserve.Catalog.Storage;

/// <summary>
/// The catalog's OCFL storage root, and how it and the catalog change together: a transaction is prepared in storage, accepted by one
/// transaction of the catalog, then finished in storage. After a kill the catalog's row says which of the two it is to be.
/// </summary>
public sealed class ObjectStorage
{
    private readonly IDbContextFactory<CatalogContext> _contexts;
    private readonly TimeProvider _time;

    public ObjectStorage(CatalogOptions options, IDbContextFactory<CatalogContext> contexts, TimeProvider time)
    {
        _contexts = contexts;
        _time = time;
        Ocfl = new OcflStorage(options.StorageFolder, IsAcceptedAsync, time);
    }

    /// <summary>The root itself.</summary>
    public OcflStorage Ocfl { get; }

    /// <summary>The OCFL id of an object of the catalog: a URI.</summary>
    public static string OcflId(string objectId) => $"preserve:object:{objectId}";

    /// <summary>The object of the catalog with an OCFL id; null when the id is another kind's.</summary>
    public static string? ObjectId(string ocflId) =>
        ocflId.StartsWith("preserve:object:", StringComparison.Ordinal) ? ocflId["preserve:object:".Length..] : null;

    /// <summary>For the start of a service: finishes or undoes what a killed process left.</summary>
    public async Task<OcflRecovery> RecoverAsync(CancellationToken cancellationToken)
    {
        // Read first: whoever wrote these rows has either finished or died by the time recovery has its turn.
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        var before = await context.StorageCommits.Select(commit => commit.Id).ToListAsync(cancellationToken);
        var recovery = await Ocfl.RecoverAsync(cancellationToken);
        await context.StorageCommits.Where(commit => before.Contains(commit.Id)).ExecuteDeleteAsync(cancellationToken);
        return recovery;
    }

    /// <summary>
    /// Saves what the context tracks together with the transaction: both or neither. The rows that say where new content lies are added.
    /// </summary>
    /// <param name="context">Its changes are saved.</param>
    /// <param name="transaction">With its drafts; not prepared yet.</param>
    /// <param name="cancellationToken">Heeded until the catalog has accepted.</param>
    /// <param name="andThen">Done on the saved rows within the same transaction of the catalog; null for nothing.</param>
    /// <exception cref="DbUpdateException">The catalog refused; storage is as it was.</exception>
    public async Task CommitAsync(CatalogContext context, OcflTransaction transaction, CancellationToken cancellationToken, Func<Task>? andThen = null)
    {
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var content in await transaction.PrepareAsync(cancellationToken))
        {
            context.ContentLocations.Add(new ContentLocation
            {
                ObjectId = ObjectId(content.ObjectId)!,
                Path = content.Path,
                Sha256 = content.Sha256,
                Sha512 = content.Sha512,
                LengthInBytes = content.LengthInBytes,
                CheckedAt = now,
            });
        }

        context.StorageCommits.Add(new StorageCommit { Id = transaction.Id });
        try
        {
            await SaveAsync(context, andThen, cancellationToken);
        }
        catch (DbUpdateException)
        {
            transaction.Undo();
            throw;
        }

        transaction.Accept();
        await context.StorageCommits.Where(commit => commit.Id == transaction.Id).ExecuteDeleteAsync(CancellationToken.None);
    }

    private static async Task SaveAsync(CatalogContext context, Func<Task>? andThen, CancellationToken cancellationToken)
    {
        if (andThen is null)
        {
            await context.SaveChangesAsync(cancellationToken);
            return;
        }

        await using var both = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await andThen();
        await both.CommitAsync(cancellationToken);
    }

    private async Task<bool> IsAcceptedAsync(string id, CancellationToken cancellationToken)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        return await context.StorageCommits.AnyAsync(commit => commit.Id == id, cancellationToken);
    }
}
