using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Storage;

namespace Preserve.Catalog.Fixity;

/// <summary>
/// Who checks which file. A row says when it was last checked; taking it is one conditional UPDATE, so any number of workers can ask. What a
/// dead worker had taken is free again after <see cref="Lease"/>: a check that was interrupted is simply done again.
/// </summary>
public sealed class FixityClaims(IDbContextFactory<CatalogContext> contexts, TimeProvider time)
{
    /// <summary>How long one file may take. A file of 256 GiB at 10 MB/s takes seven hours.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromHours(8);

    /// <summary>Takes the file that was checked longest ago; null when none is due.</summary>
    /// <param name="scope">Which files.</param>
    /// <param name="worker">Name of whoever asks.</param>
    /// <param name="cancellationToken">Gives up; nothing is claimed then.</param>
    public async Task<ContentLocation?> ClaimAsync(FixityScope scope, string worker, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        while (true)
        {
            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            var abandoned = now - (long)Lease.TotalMilliseconds;
            var due = context.ContentLocations.Where(one => one.CheckedAt < scope.CheckedBefore && (scope.ObjectId == null || one.ObjectId == scope.ObjectId)
                && (one.CheckWorker == null || one.CheckClaimedAt < abandoned));
            if (await due.AsNoTracking().OrderBy(one => one.CheckedAt).ThenBy(one => one.Id).FirstOrDefaultAsync(cancellationToken) is not { } found)
            {
                return null;
            }

            if (await due.Where(one => one.Id == found.Id).ExecuteUpdateAsync(
                set => set.SetProperty(one => one.CheckWorker, worker).SetProperty(one => one.CheckClaimedAt, now), cancellationToken) == 1)
            {
                return found;
            }
        }
    }

    /// <summary>Gives a file back unchecked, as when the service stops.</summary>
    public async Task PutBackAsync(long id, string worker, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.ContentLocations.Where(one => one.Id == id && one.CheckWorker == worker).ExecuteUpdateAsync(
            set => set.SetProperty(one => one.CheckWorker, (string?)null).SetProperty(one => one.CheckClaimedAt, (long?)null), cancellationToken);
    }

    /// <summary>At a worker's start: what its last life had taken is free again.</summary>
    public async Task<int> ReleaseOfWorkerAsync(string worker, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ContentLocations.Where(one => one.CheckWorker == worker).ExecuteUpdateAsync(
            set => set.SetProperty(one => one.CheckWorker, (string?)null).SetProperty(one => one.CheckClaimedAt, (long?)null), cancellationToken);
    }
}

/// <summary>Which files a round of checks is about.</summary>
/// <param name="CheckedBefore">Those last checked before this instant, in UTC milliseconds.</param>
/// <param name="ObjectId">Those of one object; null for all.</param>
public sealed record FixityScope(long CheckedBefore, string? ObjectId = null);
