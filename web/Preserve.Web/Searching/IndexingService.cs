using Preserve.Catalog.Search;

namespace Preserve.Web.Searching;

/// <summary>Indexes what is due, so that nobody who searches waits for it: after an import, and all of it after the index was made.</summary>
public sealed class IndexingService(SearchIndexer indexer, TimeProvider time, ILogger<IndexingService> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await CatchUpAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }

    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            await indexer.CatchUpAsync(int.MaxValue, cancellationToken);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            // Rows say what is due; the next tick tries again.
            logger.LogError(problem, "What has changed could not be indexed; search does not find it yet");
        }
    }
}
