using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Storage;

namespace Preserve.Catalog.Import;

/// <summary>
/// What an import is about to store, on disk before the first byte of it. After the import, or before the next one if this was
/// killed, what no row refers to is taken out of storage again. One import at a time has the journal, by a locked file.
/// </summary>
public sealed class ImportJournal(
    CatalogOptions options, IDbContextFactory<CatalogContext> contexts, IContentStore store, TimeProvider time)
{
    private string JournalPath => Path.Combine(options.DataFolder, "import.journal");

    private string LockPath => Path.Combine(options.DataFolder, "import.lock");

    /// <summary>For the start of a service: takes away what a killed import left. Does nothing while an import runs.</summary>
    /// <returns>How many stored contents were taken away.</returns>
    public async Task<int> RecoverAsync(CancellationToken cancellationToken)
    {
        await using var held = FileLock.TryTake(LockPath);
        return held is null ? 0 : await CleanAsync(cancellationToken);
    }

    /// <summary>Waits for its turn.</summary>
    internal async Task<IAsyncDisposable> BeginAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.DataFolder);
        var held = await FileLock.TakeAsync(LockPath, time, cancellationToken);
        try
        {
            await CleanAsync(cancellationToken);
            return held;
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }
    }

    /// <summary>Notes, durably, what is not in storage yet.</summary>
    internal async Task WriteAsync(IEnumerable<string> digests, CancellationToken cancellationToken)
    {
        var missing = digests.Distinct().Where(digest => !store.Contains(digest)).ToList();
        if (missing.Count > 0)
        {
            await using (var file = new FileStream(JournalPath, FileMode.Create, FileAccess.Write, FileShare.None))
            await using (var writer = new StreamWriter(file))
            {
                foreach (var digest in missing)
                {
                    await writer.WriteLineAsync(digest.AsMemory(), cancellationToken);
                }

                await writer.FlushAsync(cancellationToken);
                file.Flush(flushToDisk: true);
            }

            PosixFile.SyncFolder(options.DataFolder);
        }
    }

    /// <summary>Takes out of storage what was noted and is in no row, and forgets the note.</summary>
    /// <returns>How many stored contents were taken away.</returns>
    internal async Task<int> CleanAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(JournalPath))
        {
            return 0;
        }

        var removed = 0;
        await using (var context = await contexts.CreateDbContextAsync(cancellationToken))
        {
            await foreach (var digest in File.ReadLinesAsync(JournalPath, cancellationToken))
            {
                // A last line that was cut off by a power cut was never followed by a stored byte.
                if (digest.Length == 64 && store.Contains(digest) && !await IsReferredToAsync(context, digest, cancellationToken))
                {
                    store.Remove(digest);
                    removed++;
                }
            }
        }

        File.Delete(JournalPath);
        return removed;
    }

    private static async Task<bool> IsReferredToAsync(CatalogContext context, string digest, CancellationToken cancellationToken) =>
        await context.Files.AnyAsync(file => file.Sha256 == digest, cancellationToken)
        || await context.Environments.AnyAsync(environment => environment.PosterSha256 == digest, cancellationToken);
}
