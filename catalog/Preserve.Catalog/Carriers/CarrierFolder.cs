using Preserve.Catalog.Storage;

namespace Preserve.Catalog.Carriers;

/// <summary>
/// <c>carriers/</c> of the data folder. Whoever makes a carrier holds a lock on a file that is named like it, so that what a killed process
/// left is told from what is being made.
/// </summary>
public sealed class CarrierFolder(CatalogOptions options) : IDisposable
{
    internal const string Ending = ".img";
    internal const string Unfinished = ".new";
    private const string Lock = ".lock";

    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Absolute path; it may not be there.</summary>
    public string Path => System.IO.Path.Combine(options.DataFolder, "carriers");

    /// <summary>Where the sandbox makes a carrier.</summary>
    /// <param name="name">Of 32 hexadecimal digits, from <see cref="Guid"/>.</param>
    internal static string WorkFolder(string name) => System.IO.Path.Combine("/var/tmp", $"preserve-carrier-{name}");

    internal string UnfinishedPath(string name) => System.IO.Path.Combine(Path, name + Unfinished);

    /// <summary>Waits until nobody in this process makes a carrier or takes one.</summary>
    /// <returns>Disposing gives the turn back.</returns>
    internal async Task<IDisposable> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        return new Turn(_turn);
    }

    /// <summary>Says that a carrier of this name is being made, until it is disposed.</summary>
    internal IDisposable Hold(string name)
    {
        DurableFile.CreateFolder(Path);
        var path = LockPath(name);
        return new Held(FileLock.TryTake(path) ?? throw new IOException($"{path} is held by somebody else: names of carriers are not used twice."), path);
    }

    /// <summary>Deletes every carrier: they can be made again of what is still there. Waits for one that is being made.</summary>
    /// <exception cref="IOException">One could not be deleted.</exception>
    public async Task EmptyAsync(CancellationToken cancellationToken)
    {
        using var turn = await TakeTurnAsync(cancellationToken);
        if (Directory.Exists(Path))
        {
            ClearLeftovers();
            foreach (var carrier in Directory.EnumerateFiles(Path, $"*{Ending}").ToList())
            {
                File.Delete(carrier);
            }
        }
    }

    /// <summary>Deletes what killed processes left here and where the sandbox made it; what somebody makes is left alone.</summary>
    public void ClearLeftovers()
    {
        if (!Directory.Exists(Path))
        {
            return;
        }

        var names = Directory.EnumerateFiles(Path)
            .Where(path => path.EndsWith(Lock, StringComparison.Ordinal) || path.EndsWith(Unfinished, StringComparison.Ordinal))
            .Select(path => System.IO.Path.GetFileNameWithoutExtension(path)).Where(name => Guid.TryParseExact(name, "N", out _)).Distinct(StringComparer.Ordinal);
        foreach (var name in names.ToList())
        {
            if (FileLock.TryTake(LockPath(name)) is { } nobodys)
            {
                using (new Held(nobodys, LockPath(name)))
                {
                    File.Delete(UnfinishedPath(name));
                    if (Directory.Exists(WorkFolder(name)))
                    {
                        Directory.Delete(WorkFolder(name), recursive: true);
                    }
                }
            }
        }
    }

    public void Dispose() => _turn.Dispose();

    private string LockPath(string name) => System.IO.Path.Combine(Path, name + Lock);

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }

    private sealed class Held(FileStream held, string path) : IDisposable
    {
        public void Dispose()
        {
            File.Delete(path);
            held.Dispose();
        }
    }
}
