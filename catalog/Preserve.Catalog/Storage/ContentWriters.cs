namespace Preserve.Catalog.Storage;

/// <summary>
/// The folders in which content is written before it gets its name: one a process, each with a lock file held as long as the
/// process lives, so that what a killed process left behind can be told from the work of a live one.
/// </summary>
internal sealed class ContentWriters(string root) : IDisposable
{
    private readonly Lock _opening = new();
    private string? _folder;
    private FileStream? _held;

    /// <summary>This process's folder. The first call makes it, and deletes those of dead processes.</summary>
    public string Folder
    {
        get
        {
            lock (_opening)
            {
                return _folder ??= Open();
            }
        }
    }

    public void Dispose()
    {
        lock (_opening)
        {
            if (_folder is not null)
            {
                Directory.Delete(_folder, recursive: true);
                _held?.Dispose();
                _folder = null;
            }
        }
    }

    private string Open()
    {
        Directory.CreateDirectory(root);
        File.SetUnixFileMode(root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        // Without the outer lock a folder just made and not yet locked would look left behind.
        using var outer = TakeOuter();
        DeleteLeftovers();
        var folder = Path.Combine(root, Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(folder);
        _held = FileLock.TryTake(Path.Combine(folder, "lock"));
        return folder;
    }

    private FileStream TakeOuter()
    {
        // Held for the moment it takes to list a few folders; a wait of the same order is right for a constructor-like call.
        var spin = new SpinWait();
        while (true)
        {
            if (FileLock.TryTake(Path.Combine(root, "lock")) is { } held)
            {
                return held;
            }

            spin.SpinOnce();
        }
    }

    private void DeleteLeftovers()
    {
        foreach (var folder in Directory.EnumerateDirectories(root))
        {
            using var held = FileLock.TryTake(Path.Combine(folder, "lock"));
            if (held is not null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}
