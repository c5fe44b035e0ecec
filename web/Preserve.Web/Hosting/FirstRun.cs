using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Catalog.Import;
using Preserve.Web.CommandLine;
using Preserve.Workers.Starter;

namespace Preserve.Web.Hosting;

/// <summary>Brings the data folder to where the service can use it, and gives a new one something to show.</summary>
/// <remarks>
/// 1. The catalog is brought up to date.
/// 2. What a killed import left is taken away.
/// 3. A catalog that holds nothing and was never given the starter archive gets it. Whoever empties the catalog keeps it empty.
/// </remarks>
public sealed class FirstRun(
    CatalogOptions options,
    CatalogPreparation preparation,
    ImportJournal journal,
    ArchiveImporter importer,
    IDbContextFactory<CatalogContext> contexts,
    ILogger<FirstRun> logger)
{
    private string Marker => Path.Combine(options.DataFolder, "starter-archive.seen");

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await preparation.PrepareAsync(cancellationToken);
        await journal.RecoverAsync(cancellationToken);
        if (!File.Exists(Marker))
        {
            await SeedAsync(cancellationToken);
        }
    }

    private async Task SeedAsync(CancellationToken cancellationToken)
    {
        await using (var context = await contexts.CreateDbContextAsync(cancellationToken))
        {
            if (await context.Objects.AnyAsync(cancellationToken))
            {
                await File.WriteAllTextAsync(Marker, "The catalog had objects of its own.\n", cancellationToken);
                return;
            }
        }

        var folder = Path.Combine(options.DataFolder, $"starter-{Guid.NewGuid():N}");
        try
        {
            await SeedAsync(folder, cancellationToken);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // The exhibition opens without it; the next start tries again.
            logger.LogWarning("The starter archive could not be brought in: {Problem}", problem.Message);
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private async Task SeedAsync(string folder, CancellationToken cancellationToken)
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

        if (result.IsSuccess)
        {
            await File.WriteAllTextAsync(Marker, $"{result.ObjectsAdded} objects were brought in.\n", cancellationToken);
        }
    }
}
