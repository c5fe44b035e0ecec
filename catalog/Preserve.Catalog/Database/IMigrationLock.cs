namespace Preserve.Catalog.Database;

/// <summary>Lets one process at a time change the schema. Each engine has its own way.</summary>
public interface IMigrationLock
{
    /// <summary>Waits until no other process holds it. Given back by disposing, and when the process dies.</summary>
    Task<IAsyncDisposable> AcquireAsync(CancellationToken cancellationToken);
}
