using Preserve.Catalog.Database;

namespace Preserve.Web.Hosting;

/// <summary>Brings the data folder to where the service can use it: rows of this version.</summary>
public sealed class FirstRun(CatalogMigrator migrator)
{
    public async Task PrepareAsync(CancellationToken cancellationToken) => await migrator.MigrateAsync(cancellationToken);
}
