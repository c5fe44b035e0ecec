using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Catalog.Carriers;
using Preserve.Catalog.Storage;

namespace Preserve.Web.Hosting;

/// <summary>Brings the data folder to where the service can use it, and gives a new one something to show.</summary>
/// <remarks>
/// 1. The catalog is brought up to date.
/// 2. What a killed process left in storage is finished or cleared, and what it left of carriers is cleared.
/// 3. A catalog that holds nothing and was never given the starter archive gets it. Whoever empties the catalog keeps it empty.
/// </remarks>
public sealed class FirstRun(
    CatalogOptions options,
    CatalogPreparation preparation,
    ObjectStorage storage,
    CarrierFolder carriers,
    StarterSeed seed,
    IDbContextFactory<CatalogContext> contexts,
    ILogger<FirstRun> logger)
{
    private string Marker => Path.Combine(options.DataFolder, "starter-archive.seen");

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await preparation.PrepareAsync(cancellationToken);
        await storage.RecoverAsync(cancellationToken);
        ClearCarriers();
        if (!File.Exists(Marker))
        {
            await SeedAsync(cancellationToken);
        }
    }

    private void ClearCarriers()
    {
        try
        {
            carriers.ClearLeftovers();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // They take room, and no more.
            logger.LogWarning("What a killed process left in {Folder} could not be deleted: {Problem}", carriers.Path, problem.Message);
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

        try
        {
            if (await seed.BringInAsync(cancellationToken) is { IsSuccess: true } result)
            {
                await File.WriteAllTextAsync(Marker, $"{result.ObjectsAdded} objects were brought in.\n", cancellationToken);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // The exhibition opens without it; the next start tries again.
            logger.LogWarning("The starter archive could not be brought in: {Problem}", problem.Message);
        }
    }
}
