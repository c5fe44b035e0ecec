using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Preserve.Catalog.Characterisation;
using Preserve.Catalog.Examinations;
using Preserve.Catalog.Probing;
using Preserve.Catalog.Storage;
using Preserve.Sandbox;
using Preserve.Workers.Hosting;
using Preserve.Workers.Sessions;

namespace Preserve.Workers.Examinations;

/// <summary>
/// Examines the stored files that are due, one at a time, at the lowest priority. A row says what is due, so what is imported beside the
/// service is examined too. Nothing is begun while a visitor's session starts.
/// </summary>
internal sealed class ExaminationService(
    ExaminationClaims claims,
    Characteriser characteriser,
    IContentStore content,
    SessionHost sessions,
    WorkerOptions options,
    TimeProvider time,
    ILogger<ExaminationService> logger) : BackgroundService
{
    /// <summary>Between two looks for what is due.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookInterval, time);
        try
        {
            do
            {
                await LookAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (!sessions.IsStarting && await claims.ClaimAsync(options.Name, cancellationToken) is { } file)
            {
                await ExamineAsync(file, cancellationToken);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The catalog failed: the row still says what is due, and the next look tries again.
            logger.LogError(e, "Files could not be examined");
        }
    }

    private async Task ExamineAsync(FileToExamine file, CancellationToken cancellationToken)
    {
        try
        {
            var found = await characteriser.LookAsync(new ProbeFile(content.PathForMount(file.Sha256), file.Name), isBackground: true, cancellationToken);
            await claims.ExaminedAsync(file, options.Name, found, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await claims.PutBackAsync(file, options.Name, CancellationToken.None);
            throw;
        }
        catch (Exception e) when (e is SandboxException or SignatureFileRefusedException or IOException)
        {
            logger.LogWarning("{File} was not examined: {Problem}", file.Name, e.Message);
            await claims.FailedAsync(file, options.Name, e.Message, CancellationToken.None);
        }
        catch (Exception e)
        {
            logger.LogError(e, "The examination of {File} failed", file.Name);
            await claims.FailedAsync(file, options.Name, $"The service failed while it examined this file: {e.Message}", CancellationToken.None);
        }
    }
}
