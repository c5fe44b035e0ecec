using System.Runtime.InteropServices;

namespace Preserve.Sandbox.Host;

/// <summary><c>struct statx</c>, which has the same layout on every architecture, and questions to it.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct FileFacts
{
    private const uint BasicStats = 0x7ff; // STATX_BASIC_STATS
    private const ushort TypeMask = 0xf000;

    [FieldOffset(16)] public uint Links;
    [FieldOffset(20)] public uint User;
    [FieldOffset(24)] public uint Group;
    [FieldOffset(28)] public ushort Mode;
    [FieldOffset(32)] public ulong Inode;
    [FieldOffset(40)] public long LengthInBytes;
    [FieldOffset(48)] public long Blocks;
    [FieldOffset(136)] public uint DeviceMajor;
    [FieldOffset(140)] public uint DeviceMinor;

    public readonly bool IsRegularFile => (Mode & TypeMask) == 0x8000;

    public readonly bool IsFolder => (Mode & TypeMask) == 0x4000;

    public readonly bool IsSocket => (Mode & TypeMask) == 0xc000;

    /// <summary>What it takes on the disk: a sparse overlay counts what it holds, not what it spans.</summary>
    public readonly long AllocatedInBytes => Blocks * 512;

    /// <summary>Looks at a path, following links; false when there is nothing or it cannot be reached.</summary>
    public static bool TryRead(string path, out FileFacts facts) => Libc.StatX(Libc.AtFdCwd, path, 0, BasicStats, out facts) == 0;

    /// <summary>Looks at a name in an open folder without following it.</summary>
    public static bool TryReadAt(int folder, string name, out FileFacts facts) =>
        Libc.StatX(folder, name, Libc.AtSymlinkNofollow, BasicStats, out facts) == 0;

    /// <summary>Looks at an open file.</summary>
    public static bool TryReadOpen(int descriptor, out FileFacts facts) =>
        Libc.StatX(descriptor, "", Libc.AtEmptyPath, BasicStats, out facts) == 0;

    /// <summary>Whether this user gets the wanted permission (4 read, 2 write, 1 enter) from the mode bits.</summary>
    public readonly bool Allows(uint user, uint group, int permission)
    {
        var shift = user == User ? 6 : group == Group ? 3 : 0;
        return ((Mode >> shift) & permission) == permission;
    }
}
