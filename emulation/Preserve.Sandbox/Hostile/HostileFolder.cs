using System.Globalization;
using System.Runtime.InteropServices;
using Preserve.Sandbox.Host;

namespace Preserve.Sandbox.Hostile;

/// <summary>Removes private folders.</summary>
public static class HostileFolder
{
    private const int NamesAtATime = 1024;
    private const string MovedPrefix = ".preserve-delete-";
    private const uint OwnerOnly = 0x1c0; // 0700

    /// <summary>
    /// Deletes a private folder and all it holds, following no link, once its sandbox has ended. Depth does not matter: folders
    /// inside folders are first moved up, so a tree of any depth is removed with two open descriptors. No error when there is none.
    /// </summary>
    /// <exception cref="IOException">Something in it cannot be removed.</exception>
    public static void Delete(string path)
    {
        while (true)
        {
            if (FileFacts.TryReadAt(Libc.AtFdCwd, path, out var facts) && facts.IsFolder)
            {
                _ = Libc.ChangeModeAt(Libc.AtFdCwd, path, OwnerOnly, 0);
            }

            var folder = FolderWalk.OpenFolder(Libc.AtFdCwd, path);
            if (folder < 0)
            {
                RemoveOther(path);
                return;
            }

            try
            {
                var names = FolderWalk.NamesIn(folder, NamesAtATime);
                if (names.Count == 0)
                {
                    break;
                }

                names.ForEach(name => Remove(folder, name));
            }
            finally
            {
                _ = Libc.Close(folder);
            }
        }

        Require(Libc.UnlinkAt(Libc.AtFdCwd, path, Libc.AtRemoveDir), path);
    }

    private static void RemoveOther(string path)
    {
        var error = Marshal.GetLastPInvokeError();
        if (error is Libc.TooManyLinks or Libc.NotADirectory)
        {
            Require(Libc.UnlinkAt(Libc.AtFdCwd, path, 0), path);
        }
        else if (error != Libc.NotFound)
        {
            throw new IOException($"{path} cannot be opened (error {error}).");
        }
    }

    private static void Remove(int folder, string name)
    {
        if (Libc.UnlinkAt(folder, name, 0) == 0)
        {
            return;
        }

        if (Libc.UnlinkAt(folder, name, Libc.AtRemoveDir) == 0)
        {
            return;
        }

        _ = Libc.ChangeModeAt(folder, name, OwnerOnly, 0);
        var inner = FolderWalk.OpenFolder(folder, name);
        Require(inner < 0 ? -1 : 0, name);
        try
        {
            foreach (var innerName in FolderWalk.NamesIn(inner, NamesAtATime))
            {
                if (Libc.UnlinkAt(inner, innerName, 0) != 0 && Libc.UnlinkAt(inner, innerName, Libc.AtRemoveDir) != 0)
                {
                    MoveUp(folder, inner, innerName);
                }
            }
        }
        finally
        {
            _ = Libc.Close(inner);
        }
    }

    private static void MoveUp(int folder, int inner, string name)
    {
        // Its owner must be allowed to write to a folder in order to move it.
        _ = Libc.ChangeModeAt(inner, name, OwnerOnly, 0);
        var target = string.Create(CultureInfo.InvariantCulture, $"{MovedPrefix}{Guid.NewGuid():N}");
        Require(Libc.RenameAt(inner, name, folder, target), name);
    }

    private static void Require(int result, string name)
    {
        if (result != 0)
        {
            throw new IOException($"{name} cannot be removed (error {Marshal.GetLastPInvokeError()}).");
        }
    }
}
