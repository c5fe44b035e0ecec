using Microsoft.Extensions.Logging;
using Preserve.Workers.Background;
using Preserve.Workers.Hosting;

namespace Preserve.Workers.Examinations;

/// <summary>
/// Examines the stored files that are due, one at a time. A row says what is due, so what is imported beside the service is examined too.
/// Nothing is begun while a visitor's session starts.
/// </summary>
internal sealed class ExaminationService(
    Examiner examiner, IVisitors visitors, MachineReadiness readiness, WorkerOptions options, TimeProvider time, ILogger<ExaminationService> logger)
    : LookingService(LookInterval, "Files could not be examined", time, logger)
{
    /// <summary>Between two looks for what is due.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(3);

    protected override async Task LookAsync(CancellationToken cancellationToken)
    {
        while (!visitors.IsStarting && await readiness.IsReadyAsync(cancellationToken) && await examiner.ExamineNextAsync(options.Name, cancellationToken))
        {
        }
    }
}
