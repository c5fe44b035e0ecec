using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Catalog.Environments;
using Preserve.Regression.Reports;
using Preserve.Regression.Verdicts;

namespace Preserve.Workers.Regression;

/// <summary>Runs environments on one build, several at a time, and judges each. Needs no service: only the data folder.</summary>
public sealed class RegressionRunner(EnvironmentTrial trial, IDbContextFactory<CatalogContext> contexts, TimeProvider time)
{
    /// <summary>Runs to the end and writes the report.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="progress">Gets each environment when it is done, one at a time.</param>
    /// <param name="cancellationToken">Ends the run; nothing of it is left but baselines that were learned.</param>
    public async Task<RunReport> RunAsync(RegressionRequest request, IProgress<EnvironmentReport> progress, CancellationToken cancellationToken)
    {
        var startedAt = time.GetUtcNow();
        var began = time.GetTimestamp();
        var done = new ConcurrentBag<EnvironmentReport>();
        var environments = await FindAsync(request.Environments, cancellationToken);
        foreach (var id in request.Environments.Except(environments.Select(environment => environment.Id)))
        {
            var unknown = new EnvironmentReport { EnvironmentId = id, Title = id, Verdict = Verdict.CannotTell, Message = "The catalog has no such environment." };
            done.Add(unknown);
            progress.Report(unknown);
        }

        await Parallel.ForEachAsync(
            await LongestFirstAsync(environments, cancellationToken),
            new ParallelOptions { MaxDegreeOfParallelism = request.Jobs, CancellationToken = cancellationToken },
            async (environment, stop) =>
            {
                var report = await trial.RunAsync(
                    environment, new TrialRequest { Build = request.Build, Learns = request.Learns, ReportFolder = request.ReportFolder }, stop);
                done.Add(report);
                lock (progress)
                {
                    progress.Report(report);
                }
            });
        var run = new RunReport
        {
            StartedAt = startedAt,
            Duration = time.GetElapsedTime(began),
            BuildId = request.Build?.Id ?? "the build in use",
            BuildVersion = request.Build?.Version ?? "",
            Host = $"{Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}{request.HostNote}",
            Environments = [.. done.OrderBy(report => report.EnvironmentId, StringComparer.Ordinal)],
        };
        await ReportFiles.WriteAsync(run, request.ReportFolder, cancellationToken);
        return run;
    }

    private async Task<IReadOnlyList<PreservedEnvironment>> FindAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var all = await context.Environments.AsNoTracking().OrderBy(environment => environment.Id).ToListAsync(cancellationToken);
        return ids.Count == 0 ? all : [.. all.Where(environment => ids.Contains(environment.Id))];
    }

    /// <summary>So that none is left running alone at the end.</summary>
    private async Task<IReadOnlyList<PreservedEnvironment>> LongestFirstAsync(
        IReadOnlyList<PreservedEnvironment> environments, CancellationToken cancellationToken)
    {
        var estimated = new List<(PreservedEnvironment Environment, TimeSpan Time)>();
        foreach (var environment in environments)
        {
            estimated.Add((environment, await trial.EstimateAsync(environment, cancellationToken)));
        }

        return [.. estimated.OrderByDescending(entry => entry.Time).Select(entry => entry.Environment)];
    }
}
