using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Database;

namespace Preserve.Catalog.Regression;

/// <summary>
/// Who does which job of a run. A row says what is due; taking one is a single conditional UPDATE, so any number of workers can ask. A
/// claim holds for a lease that is renewed, and has a token that grows: who lost the job, however late it notices, writes nothing.
/// </summary>
/// <remarks>
/// Due -> Running (claimed, token + 1, attempts + 1) -> Done, or Due again (put back), or Cancelled with its run. Running past its lease
/// can be claimed like Due. What ended <see cref="MaximumAttempts"/> claims without an answer is Done, with the words "cannot tell".
/// </remarks>
public sealed class RegressionClaims(IDbContextFactory<CatalogContext> contexts, TimeProvider time)
{
    /// <summary>Claims of one job that may end without an answer.</summary>
    public const int MaximumAttempts = 3;

    /// <summary>How long a claim holds without being renewed.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <summary>Takes the longest job that is due and whose environment nobody else is at; null when there is none.</summary>
    /// <param name="worker">Name of whoever asks.</param>
    /// <param name="cancellationToken">Gives up; nothing is claimed then.</param>
    public async Task<RegressionClaim?> ClaimAsync(string worker, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        while (true)
        {
            var now = Now;
            var seen = await Claimable(context, now).OrderByDescending(job => job.EstimatedSeconds).ThenBy(job => job.Id)
                .Select(job => new { job.Id, job.Token }).FirstOrDefaultAsync(cancellationToken);
            if (seen is null)
            {
                return null;
            }

            var isOurs = await Claimable(context, now).Where(job => job.Id == seen.Id && job.Token == seen.Token).ExecuteUpdateAsync(set => set
                .SetProperty(job => job.State, RegressionJobState.Running)
                .SetProperty(job => job.Token, seen.Token + 1)
                .SetProperty(job => job.Attempts, job => job.Attempts + 1)
                .SetProperty(job => job.Worker, worker)
                .SetProperty(job => job.LeaseUntil, now + (long)Lease.TotalMilliseconds), cancellationToken) == 1;
            if (isOurs)
            {
                return await (from job in context.RegressionJobs
                              join run in context.RegressionRuns on job.RunId equals run.Id
                              where job.Id == seen.Id
                              select new RegressionClaim(job.Id, seen.Token + 1, job.RunId, job.EnvironmentId, job.BuildId, run.Learns)).SingleAsync(cancellationToken);
            }
        }
    }

    /// <summary>Makes the claim hold for another lease. False when it is lost or the run was cancelled: stop then.</summary>
    public Task<bool> RenewAsync(RegressionClaim claim, CancellationToken cancellationToken)
    {
        var until = Now + (long)Lease.TotalMilliseconds;
        return UpdateAsync(claim, held => held.ExecuteUpdateAsync(set => set.SetProperty(job => job.LeaseUntil, until), cancellationToken), cancellationToken);
    }

    /// <summary>Writes what was found. False when the claim is lost: then nothing is written.</summary>
    public async Task<bool> FinishAsync(RegressionClaim claim, RegressionFinding found, CancellationToken cancellationToken)
    {
        var now = Now;
        var report = ColumnLengths.Fit(found.Report, ColumnLengths.List);
        var isOurs = await UpdateAsync(claim, held => held.ExecuteUpdateAsync(set => set
            .SetProperty(job => job.State, RegressionJobState.Done)
            .SetProperty(job => job.LeaseUntil, (long?)null)
            .SetProperty(job => job.FinishedAt, now)
            .SetProperty(job => job.Verdict, found.Verdict)
            .SetProperty(job => job.ClusterKey, found.ClusterKey)
            .SetProperty(job => job.Report, report), cancellationToken), cancellationToken);
        await CloseRunsAsync(cancellationToken);
        return isOurs;
    }

    /// <summary>Interrupted on purpose: due again, and not counted. False when the claim is lost.</summary>
    public Task<bool> PutBackAsync(RegressionClaim claim, CancellationToken cancellationToken) =>
        UpdateAsync(claim, held => held.ExecuteUpdateAsync(set => set
            .SetProperty(job => job.State, RegressionJobState.Due)
            .SetProperty(job => job.LeaseUntil, (long?)null)
            .SetProperty(job => job.Attempts, job => job.Attempts - 1), cancellationToken), cancellationToken);

    /// <summary>At a worker's start: what its last life left is due again. Returns how many.</summary>
    public async Task<int> ReleaseOfWorkerAsync(string worker, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.RegressionJobs.Where(job => job.State == RegressionJobState.Running && job.Worker == worker)
            .ExecuteUpdateAsync(set => set
                .SetProperty(job => job.State, RegressionJobState.Due)
                .SetProperty(job => job.Token, job => job.Token + 1)
                .SetProperty(job => job.LeaseUntil, (long?)null), cancellationToken);
    }

    /// <summary>Gives up what took its worker down every time, and closes runs that have nothing left to do.</summary>
    /// <param name="gaveUp">What is written of a job that is given up.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task TidyAsync(Func<string, string, RegressionFinding> gaveUp, CancellationToken cancellationToken)
    {
        var now = Now;
        await using (var context = await contexts.CreateDbContextAsync(cancellationToken))
        {
            var lost = await Open(context, now).Where(job => job.Attempts >= MaximumAttempts)
                .Select(job => new { job.Id, job.Token, job.EnvironmentId, job.Title }).ToListAsync(cancellationToken);
            foreach (var job in lost)
            {
                var found = gaveUp(job.EnvironmentId, job.Title);
                await Open(context, now).Where(row => row.Id == job.Id && row.Token == job.Token).ExecuteUpdateAsync(set => set
                    .SetProperty(row => row.State, RegressionJobState.Done)
                    .SetProperty(row => row.Token, job.Token + 1)
                    .SetProperty(row => row.LeaseUntil, (long?)null)
                    .SetProperty(row => row.FinishedAt, now)
                    .SetProperty(row => row.Verdict, found.Verdict)
                    .SetProperty(row => row.Report, found.Report), cancellationToken);
            }
        }

        await CloseRunsAsync(cancellationToken);
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Due, or running past its lease, in a run that goes on.</summary>
    private static IQueryable<RegressionJob> Open(CatalogContext context, long now) => context.RegressionJobs.Where(job =>
        (job.State == RegressionJobState.Due || (job.State == RegressionJobState.Running && job.LeaseUntil < now))
        && context.RegressionRuns.Any(run => run.Id == job.RunId && run.State == RegressionRunState.Running));

    /// <summary>One boot of an environment at a time: two would learn, or count a flake, into one baseline.</summary>
    private static IQueryable<RegressionJob> Claimable(CatalogContext context, long now) => Open(context, now).Where(job =>
        job.Attempts < MaximumAttempts
        && !context.RegressionJobs.Any(other =>
            other.EnvironmentId == job.EnvironmentId && other.Id != job.Id && other.State == RegressionJobState.Running && other.LeaseUntil >= now));

    private async Task<bool> UpdateAsync(
        RegressionClaim claim, Func<IQueryable<RegressionJob>, Task<int>> update, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await update(context.RegressionJobs.Where(job =>
            job.Id == claim.JobId && job.Token == claim.Token && job.State == RegressionJobState.Running)) == 1;
    }

    private async Task CloseRunsAsync(CancellationToken cancellationToken)
    {
        var now = Now;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.RegressionRuns
            .Where(run => run.State == RegressionRunState.Running
                && !context.RegressionJobs.Any(job => job.RunId == run.Id && (job.State == RegressionJobState.Due || job.State == RegressionJobState.Running)))
            .ExecuteUpdateAsync(set => set
                .SetProperty(run => run.State, RegressionRunState.Finished)
                .SetProperty(run => run.FinishedAt, now), cancellationToken);
    }
}

/// <summary>A job that is somebody's.</summary>
/// <param name="JobId">Of <see cref="RegressionJob"/>.</param>
/// <param name="Token">Which claim of it.</param>
/// <param name="RunId">Of <see cref="RegressionRun"/>.</param>
/// <param name="EnvironmentId">What to try.</param>
/// <param name="BuildId">On what.</param>
/// <param name="Learns">Whether a missing baseline is learned.</param>
public sealed record RegressionClaim(long JobId, long Token, long RunId, string EnvironmentId, string BuildId, bool Learns);

/// <summary>What was found of one job.</summary>
/// <param name="Verdict">A word of the night watch's.</param>
/// <param name="ClusterKey">The same for equal differences.</param>
/// <param name="Report">Everything, as JSON.</param>
public sealed record RegressionFinding(string Verdict, string ClusterKey, string Report);
