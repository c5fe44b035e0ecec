using Microsoft.EntityFrameworkCore;

namespace Preserve.Catalog.Database;

/// <summary>Brings the schema up to date. Processes that start together take turns; all but the first find nothing to do.</summary>
public sealed class CatalogMigrator(IDbContextFactory<CatalogContext> contexts, IMigrationLock migrationLock)
{
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var held = await migrationLock.AcquireAsync(cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Database.MigrateAsync(cancellationToken);
    }
}
