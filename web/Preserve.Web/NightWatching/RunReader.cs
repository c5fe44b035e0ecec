using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Catalog.Regression;
using Preserve.Regression.Reports;

namespace Preserve.Web.NightWatching;

/// <summary>Runs and results as pages and API show them.</summary>
public sealed class RunReader(IDbContextFactory<CatalogContext> contexts, TimeProvider time)
{
    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<RunSummary>> ListAsync(int most, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var runs = await context.RegressionRuns.AsNoTracking().OrderByDescending(run => run.Id).Take(most).ToListAsync(cancellationToken);
        return await SummariseAsync(context, runs, cancellationToken);
    }

    /// <summary>Null when there is none.</summary>
    public async Task<RunSummary?> FindAsync(long id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var run = await context.RegressionRuns.AsNoTracking().Where(row => row.Id == id).ToListAsync(cancellationToken);
        return await SummariseAsync(context, run, cancellationToken) is [var summary] ? summary : null;
    }

    /// <summary>Jobs of a run, by environment and build, done or not.</summary>
    public async Task<IReadOnlyList<RunResult>> ResultsAsync(long runId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var jobs = await context.RegressionJobs.AsNoTracking().Where(job => job.RunId == runId)
            .OrderBy(job => job.EnvironmentId).ThenBy(job => job.BuildId).ToListAsync(cancellationToken);
        return jobs.ConvertAll(RunResult.Of);
    }

    /// <summary>One job; null when there is none.</summary>
    public async Task<RegressionJob?> FindJobAsync(long jobId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.RegressionJobs.AsNoTracking().SingleOrDefaultAsync(job => job.Id == jobId, cancellationToken);
    }

    /// <summary>The last result of every environment on every build.</summary>
    public async Task<IReadOnlyList<RunResult>> LatestAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var ids = context.RegressionJobs.Where(job => job.State == RegressionJobState.Done)
            .GroupBy(job => new { job.EnvironmentId, job.BuildId }).Select(group => group.Max(job => job.Id));
        var jobs = await context.RegressionJobs.AsNoTracking().Where(job => ids.Contains(job.Id)).OrderBy(job => job.EnvironmentId).ToListAsync(cancellationToken);
        return jobs.ConvertAll(RunResult.Of);
    }

    /// <summary>Verdicts of the last runs, to be shown as a strip: for each environment and build, oldest first.</summary>
    public async Task<ILookup<(string EnvironmentId, string BuildId), Night>> HistoryAsync(int runs, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var from = await context.RegressionRuns.OrderByDescending(run => run.Id).Select(run => run.Id).Take(runs).ToListAsync(cancellationToken);
        var oldest = from.Count == 0 ? 0 : from[^1];
        var nights = await context.RegressionJobs.AsNoTracking().Where(job => job.RunId >= oldest && job.State == RegressionJobState.Done)
            .OrderBy(job => job.Id).Select(job => new { job.EnvironmentId, job.BuildId, job.Id, job.Verdict, job.FinishedAt }).ToListAsync(cancellationToken);
        return nights.ToLookup(job => (job.EnvironmentId, job.BuildId), job => new Night(job.Id, job.Verdict, job.FinishedAt ?? 0));
    }

    private async Task<IReadOnlyList<RunSummary>> SummariseAsync(CatalogContext context, List<RegressionRun> runs, CancellationToken cancellationToken)
    {
        var ids = runs.ConvertAll(run => run.Id);
        var counts = await context.RegressionJobs.Where(job => ids.Contains(job.RunId))
            .GroupBy(job => new { job.RunId, job.State, job.Verdict })
            .Select(group => new JobCount(group.Key.RunId, group.Key.State, group.Key.Verdict, group.Count(), group.Sum(job => job.EstimatedSeconds)))
            .ToListAsync(cancellationToken);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return runs.ConvertAll(run => RunSummary.Of(run, [.. counts.Where(count => count.RunId == run.Id)], now));
    }
}

/// <summary>Jobs of one run, in one state, with one verdict.</summary>
internal sealed record JobCount(long RunId, RegressionJobState State, string Verdict, int Jobs, double EstimatedSeconds);

/// <summary>One square of a strip.</summary>
public sealed record Night(long JobId, string Verdict, long FinishedAt);

/// <summary>One run and how far it is.</summary>
/// <param name="Id">Number of the run.</param>
/// <param name="State">Whether it goes on.</param>
/// <param name="IsNightly">Whether the clock began it.</param>
/// <param name="RequestedBy">Pseudonym or role.</param>
/// <param name="RequestedAt">UTC.</param>
/// <param name="FinishedAt">UTC; null until then.</param>
/// <param name="Jobs">Environments times builds.</param>
/// <param name="Done">Jobs that are done.</param>
/// <param name="Running">Jobs that run now.</param>
/// <param name="EstimatedEndAt">UTC; null when it is over, or nothing is done yet to judge by.</param>
/// <param name="Verdicts">How many of each.</param>
public sealed record RunSummary(
    long Id, RegressionRunState State, bool IsNightly, string RequestedBy, DateTimeOffset RequestedAt, DateTimeOffset? FinishedAt,
    int Jobs, int Done, int Running, DateTimeOffset? EstimatedEndAt, IReadOnlyDictionary<string, int> Verdicts)
{
    internal static RunSummary Of(RegressionRun run, IReadOnlyList<JobCount> counts, long now)
    {
        int Count(RegressionJobState state) => counts.Where(count => count.State == state).Sum(count => count.Jobs);

        return new RunSummary(
            run.Id,
            run.State,
            run.IsNightly,
            run.RequestedBy,
            DateTimeOffset.FromUnixTimeMilliseconds(run.RequestedAt),
            run.FinishedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
            counts.Sum(count => count.Jobs),
            Count(RegressionJobState.Done),
            Count(RegressionJobState.Running),
            EstimateEnd(run, counts, now),
            counts.Where(count => count.State == RegressionJobState.Done).ToDictionary(count => count.Verdict, count => count.Jobs));
    }

    /// <summary>What is left takes as long, measured by its estimate, as what is done has taken.</summary>
    private static DateTimeOffset? EstimateEnd(RegressionRun run, IReadOnlyList<JobCount> counts, long now)
    {
        var done = counts.Where(count => count.State == RegressionJobState.Done).Sum(count => count.EstimatedSeconds);
        var left = counts.Where(count => count.State is RegressionJobState.Due or RegressionJobState.Running).Sum(count => count.EstimatedSeconds);
        return run.State != RegressionRunState.Running || done <= 0
            ? null
            : DateTimeOffset.FromUnixTimeMilliseconds(now + (long)((now - run.RequestedAt) * left / done));
    }
}

/// <summary>One environment on one build.</summary>
/// <param name="Id">Number of the result.</param>
/// <param name="BuildId">The build that was judged.</param>
/// <param name="State">Whether it is done.</param>
/// <param name="FinishedAt">UTC; null until then.</param>
/// <param name="Report">What was found; null until then.</param>
/// <param name="EnvironmentId">Environment.</param>
/// <param name="Title">Its title.</param>
/// <param name="Decision">What a person decided of it.</param>
/// <param name="DecidedBy">Pseudonym or role.</param>
/// <param name="DecisionReason">Why.</param>
public sealed record RunResult(
    long Id, string EnvironmentId, string Title, string BuildId, RegressionJobState State, DateTimeOffset? FinishedAt, EnvironmentReport? Report,
    RegressionDecision? Decision, string DecidedBy, string DecisionReason)
{
    public static RunResult Of(RegressionJob job) => new(
        job.Id, job.EnvironmentId, job.Title, job.BuildId, job.State,
        job.FinishedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
        ReportJson.Read(job.Report), job.Decision, job.DecidedBy, job.DecisionReason);
}
