using Preserve.Catalog.Storage;

namespace Preserve.Workers.Hosting;

/// <summary>
/// Held by the one service that runs on a data folder, for as long as it lives: the kernel lets go of it however the service ends.
/// Other verbs run beside it without.
/// </summary>
public sealed class ServiceLock : IDisposable
{
    private readonly FileStream _file;

    private ServiceLock(FileStream file) => _file = file;

    /// <summary>Takes the lock.</summary>
    /// <exception cref="ServiceLockedException">A service already runs on this data folder.</exception>
    public static ServiceLock Acquire(string dataFolder)
    {
        Directory.CreateDirectory(dataFolder);
        var path = Path.Combine(dataFolder, "service.lock");
        return FileLock.TryTake(path) is { } file
            ? new ServiceLock(file)
            : throw new ServiceLockedException($"A service already runs on the data folder {dataFolder}. Stop it, or choose another folder with --data.");
    }

    public void Dispose() => _file.Dispose();
}

/// <summary>A service already runs on this data folder.</summary>
public sealed class ServiceLockedException(string message) : Exception(message);
