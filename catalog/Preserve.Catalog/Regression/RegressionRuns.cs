using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Database;

namespace Preserve.Catalog.Regression;

/// <summary>Begins and cancels runs, and keeps what people decide of their results. Every act of a person is an audit entry.</summary>
public sealed class RegressionRuns(IDbContextFactory<CatalogContext> contexts, AuditTrail audit, TimeProvider time)
{
    /// <summary>Jobs of one run.</summary>
    public const int MaximumJobs = 100_000;

    /// <summary>Adds a run with all its jobs due. Null when it is a night's and one is still running.</summary>
    public async Task<long?> AddAsync(NewRegressionRun wanted, Actor actor, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (wanted.IsNightly && await context.RegressionRuns.AnyAsync(other => other.IsNightly && other.State == RegressionRunState.Running, cancellationToken))
        {
            return null;
        }

        var run = new RegressionRun
        {
            RequestedAt = Now,
            RequestedBy = ColumnLengths.Fit(actor.Shown, ColumnLengths.Title),
            IsNightly = wanted.IsNightly,
            Learns = wanted.Learns,
        };
        run.Jobs.AddRange(wanted.Jobs.Select(job => new RegressionJob
        {
            EnvironmentId = job.EnvironmentId,
            Title = job.Title,
            BuildId = job.BuildId,
            EstimatedSeconds = job.EstimatedSeconds,
        }));
        context.RegressionRuns.Add(run);
        context.AuditEntries.Add(audit.Entry(actor, AuditAction.RegressionRunStarted, "night watch", $"{wanted.Jobs.Count} boots planned"));
        await context.SaveChangesAsync(cancellationToken);
        return run.Id;
    }

    /// <summary>What is due is due no more, and what runs is called off at the next look. False when there is no such run, or it is over.</summary>
    public async Task<bool> CancelAsync(long runId, Actor actor, CancellationToken cancellationToken)
    {
        var now = Now;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            var isRunning = await context.RegressionRuns.Where(run => run.Id == runId && run.State == RegressionRunState.Running)
                .ExecuteUpdateAsync(set => set.SetProperty(run => run.State, RegressionRunState.Cancelled).SetProperty(run => run.FinishedAt, now), cancellationToken) == 1;
            if (isRunning)
            {
                await context.RegressionJobs
                    .Where(job => job.RunId == runId && (job.State == RegressionJobState.Due || job.State == RegressionJobState.Running))
                    .ExecuteUpdateAsync(set => set.SetProperty(job => job.State, RegressionJobState.Cancelled).SetProperty(job => job.LeaseUntil, (long?)null), cancellationToken);
                context.AuditEntries.Add(audit.Entry(actor, AuditAction.RegressionRunCancelled, $"run {runId}", ""));
                await context.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }

            return isRunning;
        });
    }

    /// <summary>Keeps a decision with its reason. False when the job is not done or has been decided already.</summary>
    public async Task<bool> DecideAsync(
        long jobId, RegressionDecision decision, string reason, Actor actor, CancellationToken cancellationToken)
    {
        var (now, words, who) = (Now, ColumnLengths.Fit(reason, ColumnLengths.Line), ColumnLengths.Fit(actor.Shown, ColumnLengths.Title));
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            var isFirst = await context.RegressionJobs.Where(job => job.Id == jobId && job.State == RegressionJobState.Done && job.Decision == null)
                .ExecuteUpdateAsync(set => set
                    .SetProperty(job => job.Decision, decision)
                    .SetProperty(job => job.DecisionReason, words)
                    .SetProperty(job => job.DecidedBy, who)
                    .SetProperty(job => job.DecidedAt, now), cancellationToken) == 1;
            if (isFirst)
            {
                var job = await context.RegressionJobs.AsNoTracking().SingleAsync(row => row.Id == jobId, cancellationToken);
                var action = decision == RegressionDecision.Approved ? AuditAction.ScreenApproved : AuditAction.ScreenRejected;
                context.AuditEntries.Add(audit.Entry(actor, action, job.EnvironmentId, $"Run {job.RunId} on {job.BuildId}, {job.Verdict}: {reason}"));
                await context.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }

            return isFirst;
        });
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();
}

/// <summary>A run to be added.</summary>
/// <param name="IsNightly">Whether the clock asked for it.</param>
/// <param name="Learns">Whether environments without a baseline get one.</param>
/// <param name="Jobs">At least one, at most <see cref="RegressionRuns.MaximumJobs"/>, each environment and build once.</param>
public sealed record NewRegressionRun(bool IsNightly, bool Learns, IReadOnlyList<NewRegressionJob> Jobs);

/// <summary>A job to be added; <see cref="RegressionJob"/> tells what its parts are.</summary>
public sealed record NewRegressionJob(string EnvironmentId, string Title, string BuildId, double EstimatedSeconds);
