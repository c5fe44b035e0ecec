using Microsoft.Extensions.Logging;
using Preserve.Workers.Background;
using Preserve.Workers.Hosting;

namespace Preserve.Workers.Proofs;

/// <summary>Boots the proofs that are due, one at a time. A row says what is due. None is begun while a visitor's session starts.</summary>
internal sealed class ProofService(
    ProofDesk desk, IVisitors visitors, MachineReadiness readiness, WorkerOptions options, TimeProvider time, ILogger<ProofService> logger)
    : LookingService(LookInterval, "Proof boots could not be made", time, logger)
{
    /// <summary>Between two looks for what is due: a curator waits for it.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    protected override async Task LookAsync(CancellationToken cancellationToken)
    {
        while (!visitors.IsStarting && await readiness.IsReadyAsync(cancellationToken) && await desk.BootNextAsync(options.Name, cancellationToken))
        {
        }
    }
}
