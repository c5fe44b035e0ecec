using System.Buffers.Binary;

namespace Preserve.Catalog.Characterisation;

/// <summary>Reads <see cref="MediumFacts"/>. For untrusted bytes, so only ever run inside the sandbox; reads a few dozen sectors whatever the file says.</summary>
internal static class MediumFactsReader
{
    private const int SunLabelMagicOffset = 508;
    private const ushort SunLabelMagic = 0xDABE;

    /// <param name="stream">Seekable; stays the caller's.</param>
    public static MediumFacts Read(Stream stream)
    {
        var reader = new SectorReader(stream);
        var first = reader.Read(0, 512);
        var bootSector = PcBootSector.Read(first);
        return new MediumFacts
        {
            BootSector = bootSector,
            PcPartitions = bootSector is null ? [] : PcBootSector.ReadPartitions(first, reader.Length),
            Disc = OpticalDiscReader.Read(reader),
            Macintosh = MacintoshReader.Read(reader),
            SunLabel = BinaryPrimitives.ReadUInt16BigEndian(first.AsSpan(SunLabelMagicOffset)) == SunLabelMagic ? SectorReader.Text(first.AsSpan(0, 128)) : null,
            Kernel = KernelReader.Read(reader),
        };
    }
}
