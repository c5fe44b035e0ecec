using System.Runtime.InteropServices;

namespace Preserve.Sandbox.Host;

/// <summary><c>struct statvfs</c> of 64-bit Linux: what is free on a file system. While that stays the same, nobody has put anything on it.</summary>
[StructLayout(LayoutKind.Explicit, Size = 112)]
internal readonly struct FileSystemRoom : IEquatable<FileSystemRoom>
{
    [FieldOffset(24)] private readonly ulong _freeBlocks;
    [FieldOffset(48)] private readonly ulong _freeFiles;

    /// <summary>Of the file system that a path is on; null when it cannot be reached.</summary>
    public static FileSystemRoom? Of(string path) => Libc.StatVfs(path, out var room) == 0 ? room : null;

    public bool Equals(FileSystemRoom other) => _freeBlocks == other._freeBlocks && _freeFiles == other._freeFiles;

    public override bool Equals(object? obj) => obj is FileSystemRoom other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_freeBlocks, _freeFiles);
}
