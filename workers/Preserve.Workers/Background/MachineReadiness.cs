using Microsoft.Extensions.Logging;
using Preserve.Sandbox;
using Preserve.Workers.Hosting;

namespace Preserve.Workers.Background;

/// <summary>
/// Whether anything can be run in a sandbox here. Background work that was begun where nothing can would be recorded as failed, and stay so
/// after the host has been put right: it waits instead. Safe for concurrent callers.
/// </summary>
internal sealed class MachineReadiness(ISandbox sandbox, WorkerOptions options, ILogger<MachineReadiness> logger)
{
    private volatile bool _isReady;
    private volatile string? _told;

    /// <summary>Looks until it was ready once; each reason is logged once.</summary>
    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        if (_isReady)
        {
            return true;
        }

        var problem = sandbox.FindUnreachable(options.DataFolder)
            ?? (await sandbox.CheckAsync(cancellationToken)).FirstOrDefault(finding => finding.Prevents)?.Text;
        if (problem is not null && problem != Interlocked.Exchange(ref _told, problem))
        {
            logger.LogError("No machine can be started here, so nothing is booted or examined in the background until that is put right. {Problem}", problem);
        }

        return _isReady = problem is null;
    }
}
