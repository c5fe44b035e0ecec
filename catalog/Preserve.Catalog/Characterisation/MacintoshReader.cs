using System.Buffers.Binary;

namespace Preserve.Catalog.Characterisation;

/// <summary>Driver descriptor, Apple partition map, boot blocks and volume headers of a Macintosh's disk.</summary>
internal static class MacintoshReader
{
    private const int BlockLength = 512;
    private const int VolumeHeaderOffset = 1024;

    /// <summary>Null where nothing of a Macintosh is.</summary>
    public static MacintoshMedium? Read(SectorReader reader)
    {
        var partitions = Partitions(reader);
        var starts = partitions.Where(partition => partition.Type is "Apple_HFS" or "Apple_HFSX" or "Apple_MFS").Select(partition => partition.Start * BlockLength).Prepend(0);
        foreach (var start in starts)
        {
            var (fileSystem, name) = Volume(reader, start);
            if (fileSystem != MacintoshFileSystem.None)
            {
                return new MacintoshMedium
                {
                    HasBootBlocks = reader.Read(start, 2) is [0x4C, 0x4B],
                    PartitionTypes = [.. partitions.Select(partition => partition.Type)],
                    FileSystem = fileSystem,
                    VolumeName = name,
                    FileSystemOffset = start,
                };
            }
        }

        return partitions.Count > 0 ? new MacintoshMedium { PartitionTypes = [.. partitions.Select(partition => partition.Type)] } : null;
    }

    private static List<(string Type, long Start)> Partitions(SectorReader reader)
    {
        var partitions = new List<(string, long)>();
        for (var index = 1; index <= MediumFacts.MostEntries; index++)
        {
            var entry = reader.Read((long)index * BlockLength, BlockLength);
            if (entry is not [0x50, 0x4D, ..])
            {
                break;
            }

            partitions.Add((SectorReader.Text(entry.AsSpan(48, 32)), BinaryPrimitives.ReadUInt32BigEndian(entry.AsSpan(8))));
        }

        return partitions;
    }

    private static (MacintoshFileSystem FileSystem, string Name) Volume(SectorReader reader, long start)
    {
        var header = reader.Read(start + VolumeHeaderOffset, BlockLength);
        return BinaryPrimitives.ReadUInt16BigEndian(header) switch
        {
            0xD2D7 => (MacintoshFileSystem.Mfs, Name(header.AsSpan(36))),
            0x4244 when header.AsSpan(124, 2) is [0x48, 0x2B] => (MacintoshFileSystem.HfsPlus, Name(header.AsSpan(36))),
            0x4244 => (MacintoshFileSystem.Hfs, Name(header.AsSpan(36))),
            0x482B or 0x4858 => (MacintoshFileSystem.HfsPlus, ""),
            _ => (MacintoshFileSystem.None, ""),
        };
    }

    // Mac OS Roman is ASCII in its lower half; the rest of a label is told by the tools that read the whole volume.
    private static string Name(ReadOnlySpan<byte> pascal) => SectorReader.Text(pascal.Slice(1, Math.Min((int)pascal[0], 27)));
}
