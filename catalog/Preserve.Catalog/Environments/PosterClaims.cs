using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Preserve.Catalog.Database;

namespace Preserve.Catalog.Environments;

/// <summary>
/// Who makes which poster. A row says what is due; taking one is a single conditional UPDATE, so any number of workers can ask.
/// </summary>
/// <remarks>
/// Due -> Making (claimed, attempts + 1) -> Made, Failed, or Due again (put back). A worker that died leaves Making behind: its next
/// start, or the lease, makes that Due again, or Failed after <see cref="MaximumAttempts"/>.
/// </remarks>
public sealed class PosterClaims(IDbContextFactory<CatalogContext> contexts, TimeProvider time)
{
    /// <summary>Boots of one environment that may end without an answer.</summary>
    public const int MaximumAttempts = 3;

    private const string GaveUp = "The worker stopped each time while it was making this poster.";

    /// <summary>Takes one environment whose poster is due, those tried least first; null when none is due.</summary>
    /// <param name="worker">Name of whoever asks.</param>
    /// <param name="cancellationToken">Gives up; nothing is claimed then.</param>
    public async Task<string?> ClaimAsync(string worker, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        while (true)
        {
            var id = await Due(context).OrderBy(e => e.PosterAttempts).ThenBy(e => e.Id).Select(e => e.Id).FirstOrDefaultAsync(cancellationToken);
            if (id is null || await TryClaimAsync(context, id, worker, cancellationToken))
            {
                return id;
            }
        }
    }

    /// <summary>The poster is in storage. False when the claim was no longer this worker's.</summary>
    public Task<bool> MadeAsync(string id, string worker, string sha256, int width, int height, CancellationToken cancellationToken) =>
        FinishAsync(id, worker, PosterState.Made, set => set
            .SetProperty(e => e.PosterSha256, sha256)
            .SetProperty(e => e.PosterWidth, width)
            .SetProperty(e => e.PosterHeight, height)
            .SetProperty(e => e.PosterProblem, "")
            .SetProperty(e => e.PosterAttempts, 0), cancellationToken);

    /// <summary>There will be no poster, and why, in words. False when the claim was no longer this worker's.</summary>
    public Task<bool> FailedAsync(string id, string worker, string problem, CancellationToken cancellationToken)
    {
        var words = ColumnLengths.Fit(problem, ColumnLengths.Text);
        return FinishAsync(id, worker, PosterState.Failed, set => set.SetProperty(e => e.PosterProblem, words), cancellationToken);
    }

    /// <summary>Interrupted on purpose, as for a visitor: due again, and not counted. False when the claim was no longer this worker's.</summary>
    public Task<bool> PutBackAsync(string id, string worker, CancellationToken cancellationToken) =>
        FinishAsync(id, worker, PosterState.Due, set => set.SetProperty(e => e.PosterAttempts, e => e.PosterAttempts - 1), cancellationToken);

    /// <summary>At a worker's start: what its last life left in Making is due again. Returns how many.</summary>
    public Task<int> ReleaseOfWorkerAsync(string worker, CancellationToken cancellationToken) =>
        ReleaseAsync(environments => environments.Where(e => e.PosterWorker == worker), cancellationToken);

    /// <summary>What any worker claimed longer ago than <paramref name="lease"/> is due again. Returns how many.</summary>
    public Task<int> ReleaseOlderThanAsync(TimeSpan lease, CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow().ToUnixTimeMilliseconds() - (long)lease.TotalMilliseconds;
        return ReleaseAsync(environments => environments.Where(e => e.PosterClaimedAt < before), cancellationToken);
    }

    private static IQueryable<PreservedEnvironment> Due(CatalogContext context) =>
        context.Environments.Where(e => e.PosterState == PosterState.Due && e.PosterAttempts < MaximumAttempts);

    private async Task<bool> TryClaimAsync(CatalogContext context, string id, string worker, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return await Due(context).Where(e => e.Id == id).ExecuteUpdateAsync(set => set
            .SetProperty(e => e.PosterState, PosterState.Making)
            .SetProperty(e => e.PosterAttempts, e => e.PosterAttempts + 1)
            .SetProperty(e => e.PosterWorker, worker)
            .SetProperty(e => e.PosterClaimedAt, now), cancellationToken) == 1;
    }

    private async Task<bool> FinishAsync(
        string id,
        string worker,
        PosterState state,
        Action<UpdateSettersBuilder<PreservedEnvironment>> more,
        CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Environments
            .Where(e => e.Id == id && e.PosterState == PosterState.Making && e.PosterWorker == worker)
            .ExecuteUpdateAsync(set => { Unclaim(set, state); more(set); }, cancellationToken) == 1;
    }

    private async Task<int> ReleaseAsync(
        Func<IQueryable<PreservedEnvironment>, IQueryable<PreservedEnvironment>> choose, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var abandoned = choose(context.Environments.Where(e => e.PosterState == PosterState.Making));
        var failed = await abandoned.Where(e => e.PosterAttempts >= MaximumAttempts).ExecuteUpdateAsync(set =>
        {
            Unclaim(set, PosterState.Failed);
            set.SetProperty(e => e.PosterProblem, GaveUp);
        }, cancellationToken);
        return failed + await abandoned.ExecuteUpdateAsync(set => Unclaim(set, PosterState.Due), cancellationToken);
    }

    private static void Unclaim(UpdateSettersBuilder<PreservedEnvironment> set, PosterState state) => set
        .SetProperty(e => e.PosterState, state)
        .SetProperty(e => e.PosterWorker, (string?)null)
        .SetProperty(e => e.PosterClaimedAt, (long?)null);
}
