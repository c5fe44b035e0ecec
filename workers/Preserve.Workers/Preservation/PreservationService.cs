using Microsoft.Extensions.Logging;
using Preserve.Catalog.Descriptions;
using Preserve.Catalog.Fixity;
using Preserve.Catalog.SecondRoots;
using Preserve.Workers.Background;
using Preserve.Workers.Hosting;
using Preserve.Workers.Sessions;

namespace Preserve.Workers.Preservation;

/// <summary>
/// Keeps storage in order in the background: writes the versions that are due, and copies objects to the second root. Rows say which. Files are checked by <see cref="FixityRound"/>.
/// </summary>
internal sealed class PreservationService(
    ObjectVersions versions,
    FixityClaims claims,
    SecondRoot second,
    SessionHost sessions,
    WorkerOptions options,
    TimeProvider time,
    ILogger<PreservationService> logger) : LookingService(LookInterval, "Storage could not be looked after", time, logger)
{
    private const int VersionsAtOnce = 100;

    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(30);

    protected override Task BeginAsync(CancellationToken cancellationToken) => claims.ReleaseOfWorkerAsync(options.Name, cancellationToken);

    protected override async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach (var id in await versions.FindDueAsync(VersionsAtOnce, cancellationToken))
        {
            await WriteAsync(id, cancellationToken);
        }

        if (await second.FillAsync(options.FixityMegabytesPerSecond * 1_000_000L, () => sessions.IsStarting, cancellationToken) is > 0 and var copied)
        {
            logger.LogInformation("{Copied} objects were copied to the second storage root", copied);
        }
    }

    private async Task WriteAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await versions.WriteAsync(id, "as described in the catalog", cancellationToken);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            // One object that cannot be written does not hold up the others.
            logger.LogError("No version of {Object} could be written: {Problem}", id, e.Message);
        }
    }
}
