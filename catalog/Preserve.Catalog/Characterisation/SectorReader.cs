using System.Text;

namespace Preserve.Catalog.Characterisation;

/// <summary>Reads at fixed places of a file; what is past its end reads as zero.</summary>
internal sealed class SectorReader(Stream stream)
{
    private static readonly byte[] RawSectorSync = [0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x00];

    /// <summary>In bytes.</summary>
    public long Length => stream.Length;

    public byte[] Read(long offset, int length)
    {
        var bytes = new byte[length];
        if (offset >= 0 && offset < stream.Length)
        {
            stream.Position = offset;
            stream.ReadAtLeast(bytes, length, throwOnEndOfStream: false);
        }

        return bytes;
    }

    /// <summary>Whether it is an image of a disc's raw sectors of 2352 bytes.</summary>
    public bool HasRawDiscSectors => Length >= 2352 && Read(0, 12).AsSpan().SequenceEqual(RawSectorSync);

    /// <summary>The 2048 data bytes of a disc's sector, also where the image has raw sectors (mode 1, or mode 2 form 1).</summary>
    public byte[] DiscSector(long sector)
    {
        if (!HasRawDiscSectors)
        {
            return Read(sector * 2048, 2048);
        }

        var mode = Read((sector * 2352) + 15, 1)[0];
        return Read((sector * 2352) + (mode == 2 ? 24 : 16), 2048);
    }

    /// <summary>Printable ASCII without the padding; what is not printable becomes a question mark.</summary>
    public static string Text(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)0);
        var text = new StringBuilder();
        foreach (var code in end < 0 ? bytes : bytes[..end])
        {
            text.Append(code is >= 0x20 and < 0x7f ? (char)code : '?');
        }

        return text.ToString().Trim();
    }
}
