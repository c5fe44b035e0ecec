using System.Buffers.Binary;
using System.Text;

namespace Preserve.Emulation.Media;

/// <summary>Makes empty overlays: qcow2 version 3 (QEMU, docs/interop/qcow2.txt) with nothing in them but the name of what they lie on.</summary>
/// <remarks>
/// Written here rather than by a tool because every start needs one for each writable bay and a process costs as long as the rest of the
/// start. Four clusters: header, reference count table, reference counts, first-level table.
/// </remarks>
public static class OverlayImage
{
    private const int ClusterBits = 16;
    private const int ClusterSize = 1 << ClusterBits;
    private const int HeaderLength = 104;
    private const uint BackingFormatExtension = 0xE2792ACA;
    private const long BytesPerFirstLevelEntry = (long)ClusterSize * (ClusterSize / 8);

    /// <summary>Largest guest disk, in bytes: what one cluster of first-level entries reaches.</summary>
    public const long MaximumGuestLengthInBytes = BytesPerFirstLevelEntry * (ClusterSize / 8);

    private const UnixFileMode ReadableAndWritable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Makes a new overlay file that the sandbox's user may write.</summary>
    /// <param name="path">Where; it must not exist. The folder around it decides who reaches it.</param>
    /// <param name="backingPath">What it lies on, as seen inside the sandbox, in ASCII.</param>
    /// <param name="backingDriver">QEMU's name of the container format of what it lies on.</param>
    /// <param name="guestLengthInBytes">Size of the disk the guest sees, a multiple of 512; what is past the end of the stored image reads as zero.</param>
    public static void Create(string path, string backingPath, string backingDriver, long guestLengthInBytes)
    {
        var image = Build(backingPath, backingDriver, guestLengthInBytes);
        using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write))
        {
            file.Write(image);
            file.SetLength(4L * ClusterSize);
        }

        File.SetUnixFileMode(path, ReadableAndWritable);
    }

    /// <summary>Makes a new overlay file of what an earlier machine left, which the sandbox's user may write.</summary>
    public static void Copy(string kept, string path)
    {
        File.Copy(kept, path);
        File.SetUnixFileMode(path, ReadableAndWritable);
    }

    /// <summary>Whether a guest has written nothing to an overlay that <see cref="Create"/> made: the file has not grown.</summary>
    public static bool IsEmpty(long lengthInBytes) => lengthInBytes <= 4L * ClusterSize;

    /// <summary>Whether a file that an emulator has written to is still an overlay on the same image, and refers to nothing else.</summary>
    /// <param name="image">Read from its start.</param>
    /// <param name="backingPath">What it must lie on, as seen inside the sandbox.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<bool> LiesOnAsync(Stream image, string backingPath, CancellationToken cancellationToken)
    {
        var start = new byte[ClusterSize];
        var length = await image.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        var nameOffset = BinaryPrimitives.ReadUInt64BigEndian(start.AsSpan(8));
        var nameLength = BinaryPrimitives.ReadUInt32BigEndian(start.AsSpan(16));

        // Incompatible features: none, above all no data in another file.
        return length >= HeaderLength && BinaryPrimitives.ReadUInt32BigEndian(start) == 0x514649FB && BinaryPrimitives.ReadUInt32BigEndian(start.AsSpan(4)) == 3
            && BinaryPrimitives.ReadUInt64BigEndian(start.AsSpan(72)) == 0
            && nameOffset <= ClusterSize - 1024 && nameLength == backingPath.Length
            && start.AsSpan((int)nameOffset, (int)nameLength).SequenceEqual(Encoding.ASCII.GetBytes(backingPath));
    }

    /// <summary>Size of the disk that a guest sees of a stored image: whole sectors, and for SD cards a power of two.</summary>
    public static long GuestLength(long lengthInBytes, bool isPowerOfTwo)
    {
        var sectors = (lengthInBytes + 511) & ~511L;
        return isPowerOfTwo ? (long)System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)sectors) : sectors;
    }

    /// <summary>The file's bytes up to its last that is not zero.</summary>
    private static byte[] Build(string backingPath, string backingDriver, long guestLengthInBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(guestLengthInBytes, 512);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(guestLengthInBytes, MaximumGuestLengthInBytes);
        ArgumentOutOfRangeException.ThrowIfNotEqual(guestLengthInBytes % 512, 0);
        var image = new byte[(2 * ClusterSize) + 8];
        var driver = Encoding.ASCII.GetBytes(backingDriver);
        var name = Encoding.ASCII.GetBytes(backingPath);
        var nameOffset = HeaderLength + 8 + ((driver.Length + 7) & ~7) + 8;
        var entries = (int)((guestLengthInBytes + BytesPerFirstLevelEntry - 1) / BytesPerFirstLevelEntry);

        Put32(image, 0, 0x514649FB); // "QFI", 0xFB
        Put32(image, 4, 3);
        Put64(image, 8, (ulong)nameOffset);
        Put32(image, 16, (uint)name.Length);
        Put32(image, 20, ClusterBits);
        Put64(image, 24, (ulong)guestLengthInBytes);
        Put32(image, 36, (uint)entries);
        Put64(image, 40, 3 * ClusterSize);
        Put64(image, 48, ClusterSize);
        Put32(image, 56, 1);
        Put32(image, 96, 4);
        Put32(image, 100, HeaderLength);
        Put32(image, HeaderLength, BackingFormatExtension);
        Put32(image, HeaderLength + 4, (uint)driver.Length);
        driver.CopyTo(image, HeaderLength + 8);
        name.CopyTo(image, nameOffset);

        Put64(image, ClusterSize, 2 * ClusterSize);
        for (var cluster = 0; cluster < 4; cluster++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(image.AsSpan((2 * ClusterSize) + (2 * cluster)), 1);
        }

        return image;
    }

    private static void Put32(byte[] image, int offset, uint value) => BinaryPrimitives.WriteUInt32BigEndian(image.AsSpan(offset), value);

    private static void Put64(byte[] image, int offset, ulong value) => BinaryPrimitives.WriteUInt64BigEndian(image.AsSpan(offset), value);
}
