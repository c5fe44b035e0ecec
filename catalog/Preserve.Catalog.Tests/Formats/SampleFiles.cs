using System.IO.Compression;
using System.Text;

namespace Preserve.Catalog.Tests.Formats;

/// <summary>Small files of many formats, written byte by byte.</summary>
internal static class SampleFiles
{
    public static byte[] Png { get; } = Join(
        [0x89, .. "PNG\r\n\x1a\n"u8], Chunk("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]), Chunk("IDAT", [0x78, 0x9c, 0x63, 0, 0, 0, 2, 0, 1]), [0, 0, 0, 0, .. "IEND"u8, 0xae, 0x42, 0x60, 0x82]);

    public static byte[] Gif { get; } = Join("GIF89a"u8.ToArray(), [1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b]);

    public static byte[] Jpeg { get; } = Join([0xff, 0xd8, 0xff, 0xe0, 0, 16, .. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0], new byte[64], [0xff, 0xd9]);

    public static byte[] Wav { get; } = Join(
        "RIFF"u8.ToArray(), [44, 0, 0, 0], "WAVEfmt "u8.ToArray(), [16, 0, 0, 0, 1, 0, 1, 0, 0x44, 0xac, 0, 0, 0x88, 0x58, 1, 0, 2, 0, 16, 0], "data"u8.ToArray(), [8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

    public static byte[] Pdf { get; } = Encoding.ASCII.GetBytes("%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n");

    public static byte[] Elf { get; } = Join([0x7f, .. "ELF"u8, 1, 1, 1, 0], new byte[8], [2, 0, 3, 0, 1, 0, 0, 0], new byte[64]);

    public static byte[] Bmp { get; } = Join("BM"u8.ToArray(), [58, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 24, 0, 0, 0, 0, 0, 4, 0, 0, 0], new byte[20]);

    public static byte[] Html { get; } = Encoding.ASCII.GetBytes("<!DOCTYPE html>\n<html><head><title>x</title></head><body>y</body></html>\n");

    public static byte[] Rtf { get; } = Encoding.ASCII.GetBytes("{\\rtf1\\ansi\\deff0 {\\fonttbl {\\f0 Times;}}\\f0 Hello.\\par }");

    public static byte[] Midi { get; } = Join("MThd"u8.ToArray(), [0, 0, 0, 6, 0, 0, 0, 1, 0, 96], "MTrk"u8.ToArray(), [0, 0, 0, 4, 0, 0xff, 0x2f, 0]);

    public static byte[] Gzip { get; } = Compress(stream => new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true));

    public static byte[] DosProgram { get; } = Join("MZ"u8.ToArray(), [0x50, 0, 2, 0, 0, 0, 4, 0, 0x0f, 0, 0xff, 0xff, 0, 0, 0xb8, 0], new byte[0x100], [0xb4, 0x4c, 0xcd, 0x21]);

    /// <summary>A ZIP archive of these files, in order.</summary>
    public static byte[] Zip(params (string Path, string Text)[] files)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, text) in files)
            {
                using var content = archive.CreateEntry(path, CompressionLevel.NoCompression).Open();
                content.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return stream.ToArray();
    }

    public static byte[] Docx { get; } = Zip(
        ("[Content_Types].xml", """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""),
        ("word/document.xml", "<w:document/>"));

    public static byte[] Epub { get; } = Zip(("mimetype", "application/epub+zip"), ("META-INF/container.xml", "<container/>"), ("content.opf", "<package version=\"2.0\"/>"));

    public static byte[] OpenDocumentText { get; } = Zip(
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", "<office:document-content office:version=\"1.2\"/>"),
        ("META-INF/manifest.xml", "<manifest:manifest manifest:version=\"1.2\"><manifest:file-entry manifest:media-type=\"application/vnd.oasis.opendocument.text\" manifest:version=\"1.2\" manifest:full-path=\"/\"/></manifest:manifest>"));

    public static byte[] WordDocument { get; } = CompoundFile.Build(
        ("WordDocument", new byte[5000]),
        ("\u0001CompObj", Join(new byte[64], [0x10, 0, 0, 0], "Word.Document.8\0"u8.ToArray(), new byte[5000])));

    private static byte[] Chunk(string type, byte[] data) => Join([0, 0, 0, (byte)data.Length], Encoding.ASCII.GetBytes(type), data, [0, 0, 0, 0]);

    private static byte[] Compress(Func<Stream, Stream> pack)
    {
        using var stream = new MemoryStream();
        using (var packed = pack(stream))
        {
            packed.Write(new byte[100]);
        }

        return stream.ToArray();
    }

    private static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(part => part)];
}
