using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Database;
using Preserve.Catalog.Storage;

namespace Preserve.Catalog.Sqlite;

/// <summary>A locked file beside the database.</summary>
internal sealed class SqliteMigrationLock(
    CatalogOptions options, IDbContextFactory<CatalogContext> contexts, TimeProvider time) : IMigrationLock
{
    public async Task<IAsyncDisposable> AcquireAsync(CancellationToken cancellationToken)
    {
        var held = await FileLock.TakeAsync(Path.Combine(options.DataFolder, "catalog.lock"), time, cancellationToken);
        try
        {
            CreateDatabaseFile(SqliteCatalog.DatabasePath(options));
            await DropLeftoverLockTableAsync(cancellationToken);
            return held;
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }
    }

    // Hashes of session keys are in there: for the service's user alone, whatever the umask.
    private static void CreateDatabaseFile(string path)
    {
        if (!File.Exists(path))
        {
            using var created = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
    }

    // EF's own lock is a row that outlives a killed process and then blocks every later start. We hold the file, so nobody holds the row.
    private async Task DropLeftoverLockTableAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
    }
}
