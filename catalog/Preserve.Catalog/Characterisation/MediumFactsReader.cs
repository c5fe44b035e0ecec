using System.Buffers.Binary;

namespace Preserve.Catalog.Characterisation;

/// <summary>Reads <see cref="MediumFacts"/>. For untrusted bytes, so only ever run inside the sandbox; reads a few dozen sectors whatever the file says.</summary>
internal static class MediumFactsReader
{
    private const int SunLabelMagicOffset = 508;
    private const ushort SunLabelMagic = 0xDABE;
    private const uint VdiMagic = 0xBEDA107F;
    private const int VhdFooterLength = 512;
    private const int ExtMagicOffset = 1080;
    private const ushort ExtMagic = 0xEF53;

    // The superblock of UFS1 at 8 KiB, of UFS2 at 64 KiB, its magic 1372 bytes in.
    private static readonly (int Offset, uint Magic)[] s_ufsMagics = [(8192 + 1372, 0x00011954), (65536 + 1372, 0x19540119)];

    /// <param name="stream">Seekable; stays the caller's.</param>
    public static MediumFacts Read(Stream stream)
    {
        var reader = new SectorReader(stream);
        var first = reader.Read(0, 512);
        var bootSector = PcBootSector.Read(first);
        return new MediumFacts
        {
            Container = ReadContainer(reader, first),
            HasUnixFileSystem = HasUnixFileSystem(reader),
            BootSector = bootSector,
            PcPartitions = bootSector is null ? [] : PcBootSector.ReadPartitions(first, reader.Length),
            Disc = OpticalDiscReader.Read(reader),
            Macintosh = MacintoshReader.Read(reader),
            SunLabel = BinaryPrimitives.ReadUInt16BigEndian(first.AsSpan(SunLabelMagicOffset)) == SunLabelMagic ? SectorReader.Text(first.AsSpan(0, 128)) : null,
            Kernel = KernelReader.Read(reader),
        };
    }

    private static DiskContainerKind ReadContainer(SectorReader reader, ReadOnlySpan<byte> first)
    {
        if (first.StartsWith((ReadOnlySpan<byte>)[0x51, 0x46, 0x49, 0xFB]))
        {
            return DiskContainerKind.Qcow2;
        }

        if (first.StartsWith("KDMV"u8) || first.StartsWith("# Disk DescriptorFile"u8))
        {
            return DiskContainerKind.Vmdk;
        }

        if (first.StartsWith((ReadOnlySpan<byte>)[0x45, 0x56, 0x46, 0x09, 0x0D, 0x0A, 0xFF, 0x00]))
        {
            return DiskContainerKind.ExpertWitness;
        }

        return BinaryPrimitives.ReadUInt32LittleEndian(first[64..]) == VdiMagic ? DiskContainerKind.Vdi
            : reader.Read(reader.Length - VhdFooterLength, 8).AsSpan().SequenceEqual("conectix"u8) ? DiskContainerKind.Vhd
            : DiskContainerKind.None;
    }

    private static bool HasUnixFileSystem(SectorReader reader) =>
        BinaryPrimitives.ReadUInt16LittleEndian(reader.Read(ExtMagicOffset, 2)) == ExtMagic
        || s_ufsMagics.Any(ufs => BinaryPrimitives.ReadUInt32LittleEndian(reader.Read(ufs.Offset, 4)) == ufs.Magic
            || BinaryPrimitives.ReadUInt32BigEndian(reader.Read(ufs.Offset, 4)) == ufs.Magic);
}
