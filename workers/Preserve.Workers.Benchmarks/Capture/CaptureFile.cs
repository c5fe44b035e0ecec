using System.IO.Compression;
using System.Text;
using Preserve.Emulation.Display;

namespace Preserve.Workers.Benchmarks.Capture;

/// <summary>One change of a captured screen.</summary>
/// <param name="Milliseconds">Since the capture began.</param>
/// <param name="Width">Of the screen from now on.</param>
/// <param name="Height">Of the screen from now on.</param>
/// <param name="Parts">What was drawn: areas with their pixels, four bytes each (Bgrx32).</param>
/// <param name="Section">Name of the section that begins here, or null; then nothing was drawn.</param>
internal sealed record CapturedPicture(int Milliseconds, int Width, int Height, IReadOnlyList<(Rectangle Area, byte[] Pixels)> Parts, string? Section);

/// <summary>
/// A recorded screen: eight bytes "PCAP1", then a zlib stream of records. A record is time (u32, milliseconds), width, height (u16), kind
/// (u8: 0 picture, 1 picture of another size, 2 section), and a count (u16) of areas (x, y, width, height as u16, then the pixels)
/// or of the letters of the section's name. All little-endian.
/// </summary>
internal static class CaptureFile
{
    private const byte SectionKind = 2;

    private static ReadOnlySpan<byte> Magic => "PCAP1\0\0\0"u8;

    /// <exception cref="InvalidDataException">It is no capture.</exception>
    public static List<CapturedPicture> Read(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> magic = stackalloc byte[8];
        file.ReadExactly(magic);
        if (!magic.SequenceEqual(Magic))
        {
            throw new InvalidDataException($"{path} is no capture.");
        }

        using var reader = new BinaryReader(new BufferedStream(new ZLibStream(file, CompressionMode.Decompress), 1 << 16));
        var pictures = new List<CapturedPicture>();
        while (TryRead(reader) is { } picture)
        {
            pictures.Add(picture);
        }

        return pictures;
    }

    public static BinaryWriter Create(string path)
    {
        var file = File.Create(path);
        file.Write(Magic);
        return new BinaryWriter(new ZLibStream(file, CompressionLevel.Fastest));
    }

    public static void WriteSection(BinaryWriter writer, int milliseconds, string name)
    {
        WriteHeader(writer, milliseconds, 0, 0, SectionKind, name.Length);
        writer.Write(Encoding.ASCII.GetBytes(name));
    }

    /// <summary>Writes the damaged tiles of a frame.</summary>
    public static void WritePicture(BinaryWriter writer, int milliseconds, FrameCopy frame)
    {
        WriteHeader(writer, milliseconds, frame.Width, frame.Height, frame.Resized ? 1 : 0, frame.Damage.Count);
        frame.Damage.ForEach((column, row) =>
        {
            var area = new Rectangle(column * DamageMap.TileSize, row * DamageMap.TileSize, DamageMap.TileSize, DamageMap.TileSize)
                .ClipTo(frame.Width, frame.Height);
            foreach (var side in (ReadOnlySpan<int>)[area.X, area.Y, area.Width, area.Height])
            {
                writer.Write((ushort)side);
            }

            for (var y = area.Y; y < area.Bottom; y++)
            {
                writer.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(frame.Pixels.AsSpan((y * frame.Width) + area.X, area.Width)));
            }
        });
    }

    private static void WriteHeader(BinaryWriter writer, int milliseconds, int width, int height, int kind, int count)
    {
        writer.Write(milliseconds);
        writer.Write((ushort)width);
        writer.Write((ushort)height);
        writer.Write((byte)kind);
        writer.Write((ushort)count);
    }

    private static CapturedPicture? TryRead(BinaryReader reader)
    {
        int milliseconds;
        try
        {
            milliseconds = reader.ReadInt32();
        }
        catch (EndOfStreamException)
        {
            // The capture ends between two records.
            return null;
        }

        var (width, height, kind, count) = (reader.ReadUInt16(), reader.ReadUInt16(), reader.ReadByte(), reader.ReadUInt16());
        if (kind == SectionKind)
        {
            return new CapturedPicture(milliseconds, width, height, [], Encoding.ASCII.GetString(reader.ReadBytes(count)));
        }

        var parts = new (Rectangle, byte[])[count];
        for (var i = 0; i < count; i++)
        {
            var area = new Rectangle(reader.ReadUInt16(), reader.ReadUInt16(), reader.ReadUInt16(), reader.ReadUInt16());
            parts[i] = (area, reader.ReadBytes(area.Width * area.Height * 4));
        }

        return new CapturedPicture(milliseconds, width, height, parts, null);
    }
}
