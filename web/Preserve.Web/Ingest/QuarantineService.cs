using Preserve.Catalog.Ingest;

namespace Preserve.Web.Ingest;

/// <summary>Looks every few seconds what is due in quarantine: digests of what was resumed after a restart, uploads that were given up, bytes that were decided about.</summary>
public sealed class QuarantineService(QuarantineKeeping keeping, TimeProvider time, ILogger<QuarantineService> logger) : BackgroundService
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await keeping.KeepAsync(stoppingToken);
            }
#pragma warning disable CA1031 // The boundary of a job: it is logged, and the next look tries again.
            catch (Exception problem) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                logger.LogError("The quarantine could not be kept in order: {Problem}", problem.Message);
            }
        }
    }
}
