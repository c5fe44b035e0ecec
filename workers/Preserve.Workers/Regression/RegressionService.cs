using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Preserve.Catalog;
using Preserve.Catalog.Regression;
using Preserve.Emulation.Machines;
using Preserve.Regression.Reports;
using Preserve.Regression.Verdicts;
using Preserve.Workers.Hosting;
using Preserve.Workers.Sessions;

namespace Preserve.Workers.Regression;

/// <summary>
/// Does the jobs of runs that are due, several at a time, at the lowest priority. A row says what is due, so a run goes on where a killed
/// service left it. Nothing is begun while a visitor's session starts, and what runs is paused.
/// </summary>
/// <remarks>
/// <code>
/// claim ─► trial (boots, judges, writes pictures) ─► finish
///   └─► every third of the lease: renew ─► lost or cancelled: the trial is called off, and writes nothing
/// </code>
/// </remarks>
internal sealed class RegressionService(
    RegressionClaims claims,
    EnvironmentTrial trial,
    RegressionFolders folders,
    IEnumerable<IMachineEngine> engines,
    IDbContextFactory<CatalogContext> contexts,
    SessionHost sessions,
    WorkerOptions options,
    TimeProvider time,
    ILogger<RegressionService> logger) : BackgroundService
{
    /// <summary>Between two looks for what is due.</summary>
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var running = new List<Task>();
        try
        {
            while (true)
            {
                running.RemoveAll(job => job.IsCompleted);
                await ClaimAsync(running, stoppingToken);
                await Task.WhenAny([.. running, Task.Delay(s_interval, time, stoppingToken)]);
                stoppingToken.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException)
        {
            // The service stops; the jobs put themselves back.
        }

        await Task.WhenAll(running);
    }

    private async Task ClaimAsync(List<Task> running, CancellationToken cancellationToken)
    {
        try
        {
            await claims.TidyAsync(
                (environment, title) => Finding(Unknown(environment, title, "The worker stopped each time while it was trying this.")), cancellationToken);
            while (running.Count < Limit && !sessions.IsStarting && await claims.ClaimAsync(options.Name, cancellationToken) is { } claim)
            {
                running.Add(RunAsync(claim, cancellationToken));
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The catalog failed: the rows still say what is due, and the next look tries again.
            logger.LogError(e, "The night watch could not look for what is due");
        }
    }

    /// <summary>A processor for each boot, less those that visitors use; one at least, so that a run ends.</summary>
    private int Limit => Math.Max(1, (options.RegressionBoots > 0 ? options.RegressionBoots : Environment.ProcessorCount) - sessions.Running);

    private async Task RunAsync(RegressionClaim claim, CancellationToken stoppingToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var renewing = RenewAsync(claim, stop);
        try
        {
            var report = await TryAsync(claim, stop.Token);
            await claims.FinishAsync(claim, Finding(report), stoppingToken);
        }
        catch (OperationCanceledException)
        {
            await claims.PutBackAsync(claim, CancellationToken.None);
        }
        catch (Exception e)
        {
            logger.LogError(e, "The night watch failed on {Environment} with {Build}", claim.EnvironmentId, claim.BuildId);
            await claims.FinishAsync(
                claim, Finding(Unknown(claim.EnvironmentId, claim.EnvironmentId, $"The service failed while it was trying this: {e.Message}")), CancellationToken.None);
        }
        finally
        {
            await stop.CancelAsync();
            await renewing;
        }
    }

    private async Task RenewAsync(RegressionClaim claim, CancellationTokenSource stop)
    {
        try
        {
            do
            {
                await Task.Delay(RegressionClaims.Lease / 12, time, stop.Token);
            }
            while (await claims.RenewAsync(claim, stop.Token));
            await stop.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // The job is done.
        }
        catch (Exception e)
        {
            // The claim can be lost now without our hearing of it, so what runs is called off.
            logger.LogError(e, "The claim on {Environment} could not be renewed", claim.EnvironmentId);
            await stop.CancelAsync();
        }
    }

    private async Task<EnvironmentReport> TryAsync(RegressionClaim claim, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var environment = await context.Environments.AsNoTracking().SingleOrDefaultAsync(row => row.Id == claim.EnvironmentId, cancellationToken);
        if (environment is null)
        {
            return Unknown(claim.EnvironmentId, claim.EnvironmentId, "The environment has been removed from the catalog.");
        }

        if (await FindBuildAsync(claim.BuildId, cancellationToken) is not { } build)
        {
            return Unknown(environment.Id, environment.Title, $"The emulator build {claim.BuildId} is not installed any more.");
        }

        return await trial.RunAsync(
            environment,
            new TrialRequest { Build = build, Learns = claim.Learns, ReportFolder = folders.Of(claim), MustWait = () => sessions.IsStarting },
            cancellationToken);
    }

    private async Task<EmulatorBuild?> FindBuildAsync(string id, CancellationToken cancellationToken)
    {
        foreach (var engine in engines)
        {
            if ((await engine.FindBuildsAsync(cancellationToken)).FirstOrDefault(build => build.Id == id) is { } build)
            {
                return build;
            }
        }

        return null;
    }

    private static EnvironmentReport Unknown(string environmentId, string title, string message) =>
        new() { EnvironmentId = environmentId, Title = title, Verdict = Verdict.CannotTell, Message = message };

    private static RegressionFinding Finding(EnvironmentReport report) => new(report.Verdict.ToString(), report.ClusterKey, ReportJson.Write(report));
}
