using System.Runtime.InteropServices;
using Preserve.Sandbox.Host;

namespace Preserve.Sandbox.Hostile;

/// <summary>What a folder holds, at any depth.</summary>
internal readonly record struct FolderSize(long LengthInBytes, int Entries);

/// <summary>Walks a folder that a sandboxed program may be changing at the same time: by descriptor, so that no link is ever followed.</summary>
internal static class FolderWalk
{
    /// <summary>Deeper than any program of ours writes; past it counts as too many entries.</summary>
    public const int MaximumDepth = 64;

    private const int NameOffset = 19;
    private const int LengthOffset = 16;

    /// <summary>Adds up the folder, stopping soon after <paramref name="maximumEntries"/>. Nothing when there is no such folder.</summary>
    public static FolderSize Measure(string path, int maximumEntries)
    {
        var folder = OpenFolder(Libc.AtFdCwd, path);
        if (folder < 0)
        {
            return default;
        }

        long length = 0;
        var entries = 0;
        try
        {
            Measure(folder, 0, maximumEntries, ref length, ref entries);
        }
        finally
        {
            _ = Libc.Close(folder);
        }

        return new FolderSize(length, entries);
    }

    /// <summary>Opens a folder without following a link; negative when that fails.</summary>
    public static int OpenFolder(int parent, string name) =>
        Libc.OpenAt(parent, name, Libc.OpenHostile | Libc.Directory | Libc.NoFollow, 0);

    /// <summary>The names in an open folder, at most about <paramref name="maximum"/>.</summary>
    public static unsafe List<string> NamesIn(int folder, int maximum)
    {
        var names = new List<string>();
        var buffer = stackalloc byte[8192];
        nint length;
        while (names.Count <= maximum && (length = Libc.GetDirectoryEntries(folder, buffer, 8192)) > 0)
        {
            for (nint at = 0; at < length; at += *(ushort*)(buffer + at + LengthOffset))
            {
                var name = Marshal.PtrToStringUTF8((nint)(buffer + at + NameOffset))!;
                if (name is not ("." or ".."))
                {
                    names.Add(name);
                }
            }
        }

        return names;
    }

    private static void Measure(int folder, int depth, int maximumEntries, ref long length, ref int entries)
    {
        foreach (var name in NamesIn(folder, maximumEntries))
        {
            // Past the bound it stays past it, through all the levels that return.
            entries = entries > maximumEntries || depth >= MaximumDepth ? maximumEntries + 1 : entries + 1;
            if (entries > maximumEntries)
            {
                return;
            }

            if (!FileFacts.TryReadAt(folder, name, out var facts))
            {
                // Removed between the listing and the look.
                continue;
            }

            length += facts.AllocatedInBytes;
            if (facts.IsFolder)
            {
                MeasureInner(folder, name, depth, maximumEntries, ref length, ref entries);
            }
        }
    }

    private static void MeasureInner(int folder, string name, int depth, int maximumEntries, ref long length, ref int entries)
    {
        var inner = OpenFolder(folder, name);
        if (inner >= 0)
        {
            Measure(inner, depth + 1, maximumEntries, ref length, ref entries);
            _ = Libc.Close(inner);
        }
        else if (Marshal.GetLastPInvokeError() == Libc.PermissionDenied)
        {
            // Closed to us on purpose: what cannot be measured is too much.
            entries = maximumEntries + 1;
        }
    }
}
