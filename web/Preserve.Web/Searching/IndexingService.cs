using Preserve.Catalog.Search;
using Preserve.Workers.Background;

namespace Preserve.Web.Searching;

/// <summary>Indexes what is due, so that nobody who searches waits for it: after an import, and all of it after the index was made.</summary>
public sealed class IndexingService(SearchIndexer indexer, TimeProvider time, ILogger<IndexingService> logger)
    : LookingService(Interval, "What has changed could not be indexed; search does not find it yet", time, logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override bool LooksAtOnce => false;

    protected override Task LookAsync(CancellationToken cancellationToken) => indexer.CatchUpAsync(int.MaxValue, cancellationToken);
}
