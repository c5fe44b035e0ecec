using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Examinations;
using Preserve.Catalog.Regression;
using Preserve.Catalog.Proofs;
using Preserve.Catalog.Sessions;
using Preserve.Sandbox;
using Preserve.Workers.Background;
using Preserve.Workers.Machines;
using Preserve.Workers.Sessions;

namespace Preserve.Workers.Hosting;

/// <summary>
/// Before anything else of the worker starts: takes the data folder's lock, cleans what a killed service left, and makes the catalog tell
/// the truth about it. Holds the lock until the service has stopped.
/// </summary>
internal sealed class WorkerStartup(
    WorkerOptions options,
    Lazy<SessionFolders> folders,
    SessionRegister sessions,
    PosterClaims posters,
    ExaminationClaims examinations,
    RegressionClaims regressions,
    ProofClaims proofs,
    EnvironmentDrafts drafts,
    ProfileRegister profiles,
    ProfileDirectory directory,
    ISandbox sandbox,
    ILogger<WorkerStartup> logger) : IHostedService, IDisposable
{
    private ServiceLock? _lock;

    /// <exception cref="ServiceLockedException">A service already runs on this data folder.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _lock = ServiceLock.Acquire(options.DataFolder);
        var leftFolders = folders.Value.CleanLeftovers();
        var leftSessions = await sessions.EndOrphanedSessionsAsync(options.Name, cancellationToken);
        var leftPosters = await posters.ReleaseOfWorkerAsync(options.Name, cancellationToken);
        var leftTrials = await regressions.ReleaseOfWorkerAsync(options.Name, cancellationToken);
        var leftExaminations = await examinations.ReleaseOfWorkerAsync(options.Name, cancellationToken)
            + await examinations.ReleaseOfWorkerAsync(BackgroundWork.Worker, cancellationToken);
        var leftProofs = await proofs.ReleaseOfWorkerAsync(options.Name, cancellationToken)
            + await proofs.ReleaseOfWorkerAsync(BackgroundWork.Worker, cancellationToken);
        await drafts.ReleaseAsync(cancellationToken);
        await profiles.UpsertAsync(directory.All, cancellationToken);
        if (sandbox.FindUnreachable(options.DataFolder) is { } problem)
        {
            logger.LogError("No machine can be started here. {Problem}", problem);
        }

        if (leftFolders + leftSessions + leftPosters + leftExaminations + leftTrials + leftProofs > 0)
        {
            logger.LogInformation(
                "The last service did not end by itself: cleaned {Folders} folders, ended {Sessions} sessions, put back {Posters} posters, {Examinations} examinations, {Trials} boots of the night watch and {Proofs} proof boots",
                leftFolders, leftSessions, leftPosters, leftExaminations, leftTrials, leftProofs);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _lock?.Dispose();
}
