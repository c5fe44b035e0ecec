using System.Buffers.Binary;

namespace Preserve.Catalog.Characterisation;

/// <summary>The first sector of a PC's disk: its boot code, the BIOS parameter block (ECMA-107 9.1) and the partition table.</summary>
internal static class PcBootSector
{
    private const int TableOffset = 446;
    private const int EntryLength = 16;
    private const byte Active = 0x80;

    /// <summary>Null where the sector does not end in 55 AA.</summary>
    public static BootSector? Read(ReadOnlySpan<byte> sector)
    {
        if (sector[510] != 0x55 || sector[511] != 0xAA)
        {
            return null;
        }

        var geometry = ReadGeometry(sector);
        var isFat32 = geometry is not null && BinaryPrimitives.ReadUInt16LittleEndian(sector[22..]) == 0;
        var extended = isFat32 ? 66 : 38;
        var hasLabel = geometry is not null && sector[extended] == 0x29;
        return new BootSector
        {
            OemName = geometry is null ? "" : SectorReader.Text(sector[3..11]),
            Geometry = geometry,
            VolumeLabel = hasLabel ? SectorReader.Text(sector.Slice(extended + 5, 11)) : "",
            FileSystemName = hasLabel ? SectorReader.Text(sector.Slice(extended + 16, 8)) : "",
            HasCode = sector[..TableOffset].ContainsAnyExcept((byte)0),
        };
    }

    /// <summary>Entries that can be true: in use, beyond the first sector, within twice the disk. None where any entry is nonsense.</summary>
    /// <remarks>The file system of an unpartitioned disk ends in 55 AA as well, with code where the table would be.</remarks>
    public static IReadOnlyList<PcPartition> ReadPartitions(ReadOnlySpan<byte> sector, long diskLength)
    {
        var partitions = new List<PcPartition>();
        var sectors = diskLength / 512;
        for (var at = TableOffset; at < TableOffset + (4 * EntryLength); at += EntryLength)
        {
            var entry = sector.Slice(at, EntryLength);
            var first = BinaryPrimitives.ReadUInt32LittleEndian(entry[8..]);
            var count = BinaryPrimitives.ReadUInt32LittleEndian(entry[12..]);
            if (entry[0] is not (0 or Active))
            {
                return [];
            }

            if (entry[4] == 0)
            {
                continue;
            }

            if (first == 0 || count == 0 || first >= sectors)
            {
                return [];
            }

            partitions.Add(new PcPartition(entry[4], entry[0] == Active, first, count));
        }

        return partitions;
    }

    private static DiskGeometry? ReadGeometry(ReadOnlySpan<byte> sector)
    {
        var bytes = BinaryPrimitives.ReadUInt16LittleEndian(sector[11..]);
        var cluster = sector[13];
        var few = BinaryPrimitives.ReadUInt16LittleEndian(sector[19..]);
        var count = few != 0 ? few : BinaryPrimitives.ReadUInt32LittleEndian(sector[32..]);
        var isJump = (sector[0] == 0xEB && sector[2] == 0x90) || sector[0] == 0xE9 || sector[0] == 0xEB;
        var isSound = bytes is 128 or 256 or 512 or 1024 or 2048 or 4096 && cluster != 0 && (cluster & (cluster - 1)) == 0
            && sector[16] is 1 or 2 && sector[21] >= 0xF0 && count > 0;
        return isJump && isSound
            ? new DiskGeometry(bytes, count, BinaryPrimitives.ReadUInt16LittleEndian(sector[24..]), BinaryPrimitives.ReadUInt16LittleEndian(sector[26..]), sector[21])
            : null;
    }
}
