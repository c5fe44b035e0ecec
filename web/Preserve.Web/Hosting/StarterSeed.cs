using Preserve.Catalog;
using Preserve.Catalog.Import;
using Preserve.Web.CommandLine;
using Preserve.Workers.Starter;

namespace Preserve.Web.Hosting;

/// <summary>Lays out the starter archive from what is installed now, and imports it. A second time adds only what has come since.</summary>
public sealed class StarterSeed(CatalogOptions options, ArchiveImporter importer, ILogger<StarterSeed> logger)
{
    /// <exception cref="IOException">The archive could not be laid out in the data folder.</exception>
    public async Task<ImportResult> BringInAsync(CancellationToken cancellationToken)
    {
        var folder = Path.Combine(options.DataFolder, $"starter-{Guid.NewGuid():N}");
        try
        {
            return await BringInAsync(folder, cancellationToken);
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private async Task<ImportResult> BringInAsync(string folder, CancellationToken cancellationToken)
    {
        var built = await StarterArchive.BuildAsync(folder, cancellationToken);
        foreach (var leftOut in built.LeftOut)
        {
            logger.LogWarning("Left out of the starter archive: {LeftOut}", leftOut);
        }

        using var progress = new ProgressLine("Bringing in the starter archive");
        var result = await importer.ImportAsync(folder, progress, cancellationToken);
        foreach (var problem in result.Problems)
        {
            logger.LogWarning("The starter archive was refused: {Problem}", problem);
        }

        return result;
    }
}
