using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Preserve.Emulation.Media;

/// <summary>A new floppy: formatted as DOS does (FAT12, Microsoft's FAT specification 1.03), or with nothing on it.</summary>
public static class BlankFloppy
{
    private const int Sector = 512;

    /// <summary>What a PC shows when it is told to boot from such a disk.</summary>
    private const string Words = "This is a blank disk. Put in another and press a key.\r\n";

    /// <summary>Prints what follows it, waits for a key, and lets the firmware try again: real-mode code at 0x7C3E.</summary>
    private static ReadOnlySpan<byte> BootCode =>
    [
        0x31, 0xC0, 0x8E, 0xD8, 0xFC, 0xBE, 0x5A, 0x7C, 0xAC, 0x08, 0xC0, 0x74, 0x09, 0xB4, 0x0E, 0xBB, 0x07, 0x00, 0xCD, 0x10, 0xEB, 0xF2,
        0x30, 0xE4, 0xCD, 0x16, 0xCD, 0x19,
    ];

    /// <summary>Sizes that can be formatted, in KiB.</summary>
    public static bool CanFormat(int sizeInKiB) => sizeInKiB is 360 or 720 or 1200 or 1440 or 2880;

    /// <summary>The bytes of an unformatted floppy.</summary>
    public static byte[] Unformatted(int sizeInKiB) => new byte[sizeInKiB * 1024];

    /// <summary>The bytes of an empty DOS floppy; no two are the same, since each has a serial number of its own.</summary>
    /// <param name="sizeInKiB">One that <see cref="CanFormat"/>.</param>
    public static byte[] Formatted(int sizeInKiB)
    {
        var (sectorsPerCluster, rootEntries, descriptor, sectorsPerFat, sectorsPerTrack) = sizeInKiB switch
        {
            360 => (2, 112, 0xFD, 2, 9),
            720 => (2, 112, 0xF9, 3, 9),
            1200 => (1, 224, 0xF9, 7, 15),
            1440 => (1, 224, 0xF0, 9, 18),
            2880 => (2, 240, 0xF0, 9, 36),
            _ => throw new ArgumentOutOfRangeException(nameof(sizeInKiB), sizeInKiB, "No such floppy."),
        };
        var image = new byte[sizeInKiB * 1024];
        var boot = image.AsSpan(0, Sector);
        ((ReadOnlySpan<byte>)[0xEB, 0x3C, 0x90]).CopyTo(boot);
        "PRESERVE"u8.CopyTo(boot[3..]);
        Put(boot, 11, Sector);
        boot[13] = (byte)sectorsPerCluster;
        Put(boot, 14, 1);
        boot[16] = 2;
        Put(boot, 17, rootEntries);
        Put(boot, 19, sizeInKiB * 2);
        boot[21] = (byte)descriptor;
        Put(boot, 22, sectorsPerFat);
        Put(boot, 24, sectorsPerTrack);
        Put(boot, 26, 2);
        boot[38] = 0x29;
        RandomNumberGenerator.Fill(boot.Slice(39, 4));
        "NO NAME    FAT12   "u8.CopyTo(boot[43..]);
        BootCode.CopyTo(boot[62..]);
        Encoding.ASCII.GetBytes(Words, boot[90..]);
        Put(boot, 510, 0xAA55);
        foreach (var fat in new[] { 1, 1 + sectorsPerFat })
        {
            ((ReadOnlySpan<byte>)[(byte)descriptor, 0xFF, 0xFF]).CopyTo(image.AsSpan(fat * Sector));
        }

        return image;
    }

    private static void Put(Span<byte> sector, int offset, int value) => BinaryPrimitives.WriteUInt16LittleEndian(sector[offset..], (ushort)value);
}
