using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Regression;
using Preserve.Regression.Baselines;
using Preserve.Regression.Pictures;
using Preserve.Regression.Reports;
using Preserve.Regression.Settling;

namespace Preserve.Workers.Regression;

/// <summary>What a person's decision on a result does to the baseline. Nothing else ever changes what is accepted.</summary>
/// <remarks>
/// <code>
///                          approved                              rejected
/// learned, or unreviewed   the baseline counts as reviewed       it is deleted, and learned anew in a run that learns
/// differs                  its screen is accepted as well        the baseline stays as it is
/// </code>
/// </remarks>
public sealed class BaselineReview(RegressionRuns runs, RegressionFolders folders, BaselineFolder baselines, IDbContextFactory<CatalogContext> contexts)
{
    /// <summary>Shortest reason that is taken, in characters.</summary>
    public const int ShortestReason = 3;

    /// <summary>Decides. Empty when it was done; else why not, in words.</summary>
    /// <param name="jobId">The result.</param>
    /// <param name="decision">What the person says.</param>
    /// <param name="reason">Why; kept with it, and in the audit trail.</param>
    /// <param name="actor">The person.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<string>> DecideAsync(
        long jobId, RegressionDecision decision, string reason, Actor actor, CancellationToken cancellationToken)
    {
        if (reason.Trim().Length < ShortestReason)
        {
            return ["Say why, in a few words: whoever looks at this later will want to know."];
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var job = await context.RegressionJobs.AsNoTracking().SingleOrDefaultAsync(row => row.Id == jobId, cancellationToken);
        if (job is not { State: RegressionJobState.Done })
        {
            return ["There is no such result, or it is not done yet."];
        }

        try
        {
            var baseline = await baselines.FindAsync(job.EnvironmentId, cancellationToken);
            var actual = await ReadActualAsync(job, cancellationToken);
            if (baseline is null || (decision == RegressionDecision.Approved && actual is null && job.Verdict is not ("Learned" or "Passed")))
            {
                return ["There is no screen that could be approved or rejected: the result shows none, or the environment has no baseline."];
            }

            if (!await runs.DecideAsync(jobId, decision, reason.Trim(), actor, cancellationToken))
            {
                return ["Somebody has decided this already. Load the page again."];
            }

            await ApplyAsync(baseline, actual, ReportJson.Read(job.Report)?.Checkpoint is { Length: > 0 } name ? name : null, decision, cancellationToken);
            return [];
        }
        catch (BaselineException e)
        {
            return [e.Message];
        }
    }

    private async Task ApplyAsync(
        Baseline baseline, Picture? actual, string? checkpoint, RegressionDecision decision, CancellationToken cancellationToken)
    {
        if (decision == RegressionDecision.Approved)
        {
            await baselines.SaveAsync((actual is null ? baseline : baseline.Accepting(actual, checkpoint)) with { IsReviewed = true }, cancellationToken);
        }
        else if (actual is null && !baseline.IsReviewed)
        {
            baselines.Delete(baseline.EnvironmentId);
        }
    }

    /// <summary>The screen of a result that differs; null for one that passed, or was learned.</summary>
    private async Task<Picture?> ReadActualAsync(RegressionJob job, CancellationToken cancellationToken) =>
        folders.Find(job, ReportFiles.ActualName) is { } path && new FileInfo(path).Length <= PictureFile.MaximumLengthInBytes
            ? PictureFile.Decode(await File.ReadAllBytesAsync(path, cancellationToken))
            : null;
}
