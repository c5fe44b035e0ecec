namespace Preserve.Catalog.Storage;

/// <summary>Files and folders that survive a power cut, and that the sandbox's user can read whatever the umask is.</summary>
internal static class DurableFile
{
    public const UnixFileMode FolderMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute |
        UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    public const UnixFileMode ReadOnlyMode = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Writes a new read-only file and syncs it. Its name is not durable before its folder is synced.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        file.Write(content);
        File.SetUnixFileMode(file.SafeFileHandle, ReadOnlyMode);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Makes a folder, and those above it that are missing, each with its name synced.</summary>
    public static void CreateFolder(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        var parent = Path.GetDirectoryName(path)!;
        CreateFolder(parent);
        Directory.CreateDirectory(path);
        File.SetUnixFileMode(path, FolderMode);
        PosixFile.SyncFolder(parent);
    }

    /// <summary>
    /// Syncs every folder of a tree that was built with ordinary calls, once each, and lets everybody pass through them. The files in it were
    /// synced when they were written.
    /// </summary>
    public static void SyncTree(string folder)
    {
        foreach (var below in Directory.EnumerateDirectories(folder))
        {
            SyncTree(below);
        }

        File.SetUnixFileMode(folder, FolderMode);
        PosixFile.SyncFolder(folder);
    }

    /// <summary>Gives a file or folder another name in the same file system, over one that is there, and syncs both folders.</summary>
    public static void Move(string from, string to)
    {
        if (Directory.Exists(from))
        {
            Directory.Move(from, to);
        }
        else
        {
            File.Move(from, to, overwrite: true);
        }

        PosixFile.SyncFolder(Path.GetDirectoryName(to)!);
        if (Path.GetDirectoryName(from) != Path.GetDirectoryName(to))
        {
            PosixFile.SyncFolder(Path.GetDirectoryName(from)!);
        }
    }
}
