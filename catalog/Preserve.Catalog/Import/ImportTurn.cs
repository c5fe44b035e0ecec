using Preserve.Catalog.Storage;

namespace Preserve.Catalog.Import;

/// <summary>One import at a time on a data folder, whichever process it runs in: what the manifest was checked against stays true.</summary>
public sealed class ImportTurn(CatalogOptions options, TimeProvider time)
{
    /// <summary>Waits for its turn; given back by disposing, and when the process dies.</summary>
    internal async Task<IAsyncDisposable> TakeAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.DataFolder);
        return await FileLock.TakeAsync(Path.Combine(options.DataFolder, "import.lock"), time, cancellationToken);
    }
}
