using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Preserve.Catalog.Storage;
using Preserve.Sandbox.Hostile;

namespace Preserve.Workers.Sessions;

/// <summary>
/// Where running sessions keep their sockets and overlays: <c>{root}/{short id}/{channel}</c>, with <c>{root}/{short id}.lock</c> held
/// for as long as the session lives. Only what is unlocked is a leftover.
/// </summary>
internal sealed class SessionFolders
{
    // A socket's path has at most 107 bytes: this leaves 47 for "/{id}/{channel}/" and the engine's own name.
    private const int LongestRoot = 60;
    private const string ElsewherePrefix = "preserve-";
    private const UnixFileMode Passable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private SessionFolders(string root) => Root = root;

    /// <summary>The folder that holds the sessions' folders; sandboxed programs may pass through it, not list it.</summary>
    public string Root { get; }

    /// <summary>Opens <c>{data}/run</c>, or a short folder under the system's temporary one when that path is too long for sockets.</summary>
    public static SessionFolders Open(string dataFolder)
    {
        var root = Path.Combine(dataFolder, "run");
        MakePassable(root);
        return new SessionFolders(Encoding.UTF8.GetByteCount(root) <= LongestRoot ? root : Elsewhere(root));
    }

    /// <summary>Makes a folder for one session and locks it.</summary>
    public SessionFolder Create()
    {
        var name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(5));

        // The lock comes first: a folder without one is a leftover.
        var held = FileLock.TryTake(LockOf(name)) ?? throw new IOException($"The new lock {LockOf(name)} is held by somebody else.");
        var path = Path.Combine(Root, name);
        MakePassable(path);
        return new SessionFolder(this, name, path, held);
    }

    /// <summary>Deletes what sessions left behind that ended with their service.</summary>
    /// <returns>How many folders were leftovers.</returns>
    public int CleanLeftovers()
    {
        var names = Directory.EnumerateFileSystemEntries(Root)
            .Select(path => Path.GetFileName(path).Split('.')[0])
            .Where(name => name.Length == 10 && name.All(char.IsAsciiHexDigitLower))
            .ToHashSet();
        return names.Count(TryClean);
    }

    /// <summary>False when something could not be deleted; what is left is unlocked, so the next start tries again.</summary>
    internal bool Delete(string name, FileStream held)
    {
        using (held)
        {
            try
            {
                HostileFolder.Delete(Path.Combine(Root, name));
                File.Delete(LockOf(name));
                return true;
            }
            catch (IOException)
            {
                return false;
            }
        }
    }

    private bool TryClean(string name) => FileLock.TryTake(LockOf(name)) is { } held && Delete(name, held);

    private string LockOf(string name) => Path.Combine(Root, $"{name}.lock");

    // Remembered in the data folder, so that the next start finds it again and cleans it.
    private static string Elsewhere(string root)
    {
        var note = Path.Combine(root, "elsewhere");
        if (File.Exists(note) && File.ReadAllText(note) is var known && IsOurs(known))
        {
            return known;
        }

        var made = Path.Combine(ElsewhereParent, ElsewherePrefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(10)));
        MakePassable(made);
        File.WriteAllText(note, made);
        return made;
    }

    // As root in a folder that only root writes to; the temporary one is everybody's.
    private static string ElsewhereParent => Environment.IsPrivilegedProcess ? "/run" : Path.GetTempPath().TrimEnd('/');

    private static bool IsOurs(string path)
    {
        if (Path.GetDirectoryName(path) != ElsewhereParent
            || !Path.GetFileName(path).StartsWith(ElsewherePrefix, StringComparison.Ordinal)
            || new DirectoryInfo(path) is not { Exists: true, LinkTarget: null })
        {
            return false;
        }

        try
        {
            File.SetUnixFileMode(path, Passable);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            // Another user has taken the name.
            return false;
        }
    }

    // The mode is set once more because making a folder is subject to the umask.
    internal static void MakePassable(string path)
    {
        Directory.CreateDirectory(path);
        File.SetUnixFileMode(path, Passable);
    }
}

/// <summary>The folder of one session, locked until it is deleted.</summary>
internal sealed class SessionFolder(SessionFolders folders, string name, string path, FileStream held)
{
    /// <summary>Ours; sandboxed programs may pass through it.</summary>
    public string Path { get; } = path;

    /// <summary>Makes the folder of the machine on a channel.</summary>
    public string CreateChannel(int channel)
    {
        var path = ChannelPath(channel);
        SessionFolders.MakePassable(path);
        return path;
    }

    /// <summary>The folder of the machine on a channel.</summary>
    public string ChannelPath(int channel) => System.IO.Path.Combine(Path, channel.ToString(CultureInfo.InvariantCulture));

    /// <summary>Deletes the folder of a machine that did not start. No process of it may be left.</summary>
    public void ClearChannel(int channel) => HostileFolder.Delete(ChannelPath(channel));

    /// <summary>Deletes all of it and lets go of the lock. Every process that wrote to it must have ended.</summary>
    /// <returns>False when something could not be deleted; the next start tries again.</returns>
    public bool Delete() => folders.Delete(name, held);
}
