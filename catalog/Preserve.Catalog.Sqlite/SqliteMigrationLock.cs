using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Database;

namespace Preserve.Catalog.Sqlite;

/// <summary>A locked file beside the database. The kernel gives it back when its process dies.</summary>
internal sealed class SqliteMigrationLock(
    CatalogOptions options, IDbContextFactory<CatalogContext> contexts, TimeProvider time) : IMigrationLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public async Task<IAsyncDisposable> AcquireAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.DataFolder);
        var held = await LockAsync(Path.Combine(options.DataFolder, "catalog.lock"), cancellationToken);
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

    private async Task<FileStream> LockAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException problem) when (problem.GetType() == typeof(IOException) && File.Exists(path))
            {
                // Another process is migrating; it holds the lock for seconds at most.
                await Task.Delay(Pause, time, cancellationToken);
            }
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
