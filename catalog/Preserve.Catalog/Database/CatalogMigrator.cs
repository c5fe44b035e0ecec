using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Search;

namespace Preserve.Catalog.Database;

/// <summary>
/// Makes the data folder and brings the schema up to date. Processes that start together take turns; all but the first find
/// nothing to do.
/// </summary>
public sealed class CatalogMigrator(
    CatalogOptions options, IDbContextFactory<CatalogContext> contexts, IMigrationLock migrationLock, ISearchText search)
{
    private const UnixFileMode PassedThroughByAll =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute |
        UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        CreateDataFolder();
        await using var held = await migrationLock.AcquireAsync(cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if ((await context.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            await search.BeforeMigrationAsync(context, cancellationToken);
            await context.Database.MigrateAsync(cancellationToken);
        }

        await search.AfterMigrationAsync(context, cancellationToken);
    }

    // One that exists keeps the mode that its owner gave it.
    private void CreateDataFolder()
    {
        if (!Directory.Exists(options.DataFolder))
        {
            Directory.CreateDirectory(options.DataFolder);
            File.SetUnixFileMode(options.DataFolder, PassedThroughByAll);
        }
    }
}
