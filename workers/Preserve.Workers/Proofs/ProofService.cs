using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Preserve.Workers.Background;
using Preserve.Workers.Hosting;

namespace Preserve.Workers.Proofs;

/// <summary>Boots the proofs that are due, one at a time. A row says what is due. None is begun while a visitor's session starts.</summary>
internal sealed class ProofService(
    ProofDesk desk, IVisitors visitors, MachineReadiness readiness, WorkerOptions options, TimeProvider time, ILogger<ProofService> logger) : BackgroundService
{
    /// <summary>Between two looks for what is due: a curator waits for it.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

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
            while (!visitors.IsStarting && await readiness.IsReadyAsync(cancellationToken) && await desk.BootNextAsync(options.Name, cancellationToken))
            {
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The catalog failed: the row still says what is due, and the next look tries again.
            logger.LogError(e, "Proof boots could not be made");
        }
    }
}
