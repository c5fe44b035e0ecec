using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Preserve.Catalog.Storage;

/// <summary>What .NET's file API leaves out: opening without following a link, and syncing a folder.</summary>
internal static partial class PosixFile
{
    private const int ReadOnly = 0;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;
    private const int CurrentFolder = -100;
    private const int EmptyPath = 0x1000;
    private const uint AskForType = 0x1;
    private const int TypeMask = 0xF000;
    private const int RegularFile = 0x8000;
    private const int LoopError = 40;
    private const int NotFoundError = 2;

    private static readonly int DirectoryOnly =
        RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x4000 : 0x10000;

    // Two flags that Linux numbers differently from processor to processor.
    private static readonly int NoFollow =
        RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x8000 : 0x20000;

    /// <summary>Opens a folder, to open files in it by name even if its path comes to mean another.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static SafeFileHandle OpenFolder(string path) => Check(OpenAt(CurrentFolder, path, ReadOnly | CloseOnExec), path);

    /// <summary>Opens a folder of a folder; a link to one is refused.</summary>
    /// <exception cref="IOException">There is none, or it cannot be opened.</exception>
    public static SafeFileHandle OpenInnerFolder(SafeFileHandle folder, string name) =>
        Check(OpenAt((int)folder.DangerousGetHandle(), name, ReadOnly | NoFollow | DirectoryOnly | CloseOnExec), name);

    /// <summary>Opens a regular file of a folder for reading.</summary>
    /// <param name="folder">From <see cref="OpenFolder"/>.</param>
    /// <param name="name">Without separators.</param>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="IOException">It is a link, is not a regular file, or cannot be opened; the message says which.</exception>
    public static SafeFileHandle OpenRegular(SafeFileHandle folder, string name)
    {
        // Non-blocking, for a pipe put there in place of a file would wait for its writer.
        return RequireRegular(Check(OpenAt((int)folder.DangerousGetHandle(), name, ReadOnly | NoFollow | NonBlocking | CloseOnExec), name));
    }

    /// <summary>As above, for a path whose folders the caller trusts.</summary>
    public static SafeFileHandle OpenRegular(string path) =>
        RequireRegular(Check(OpenAt(CurrentFolder, path, ReadOnly | NoFollow | NonBlocking | CloseOnExec), path));

    /// <summary>Makes the names in a folder survive a power cut.</summary>
    public static void SyncFolder(string path)
    {
        using var folder = OpenFolder(path);
        if (Sync((int)folder.DangerousGetHandle()) != 0)
        {
            throw new IOException($"Cannot sync {path}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
        }
    }

    /// <summary>Number of the file system that a file or folder is in.</summary>
    public static ulong Device(string path)
    {
        using var folder = OpenFolder(path);
        Span<byte> status = stackalloc byte[256];
        if (StatX((int)folder.DangerousGetHandle(), "", EmptyPath, AskForType, ref MemoryMarshal.GetReference(status)) != 0)
        {
            throw new IOException($"Cannot ask about {path}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
        }

        // struct statx: stx_dev_major and stx_dev_minor are the eight bytes at offset 136.
        return MemoryMarshal.Read<ulong>(status[136..]);
    }

    private static SafeFileHandle RequireRegular(SafeFileHandle file)
    {
        if (IsRegular(file))
        {
            return file;
        }

        file.Dispose();
        throw new IOException("is not a regular file");
    }

    private static bool IsRegular(SafeFileHandle file)
    {
        // struct statx: stx_mode is the 16 bits at offset 28, on every processor.
        Span<byte> status = stackalloc byte[256];
        return StatX((int)file.DangerousGetHandle(), "", EmptyPath, AskForType, ref MemoryMarshal.GetReference(status)) == 0
            && (MemoryMarshal.Read<ushort>(status[28..]) & TypeMask) == RegularFile;
    }

    private static SafeFileHandle Check(int descriptor, string name)
    {
        if (descriptor >= 0)
        {
            return new SafeFileHandle(descriptor, ownsHandle: true);
        }

        var error = Marshal.GetLastPInvokeError();
        throw error switch
        {
            LoopError => new IOException("is a link"),
            NotFoundError => new FileNotFoundException("is missing", name),
            _ => new IOException($"cannot be opened: {new Win32Exception(error).Message}"),
        };
    }

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenAt(int folder, string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, ref byte status);
}
