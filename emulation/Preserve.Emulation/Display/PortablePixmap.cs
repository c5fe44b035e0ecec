using System.Globalization;
using System.Text;

namespace Preserve.Emulation.Display;

/// <summary>Reads a binary portable pixmap (P6, 255 levels) as emulators write them. The bytes are hostile: every number is bounded before it is used.</summary>
internal static class PortablePixmap
{
    /// <summary>Longest file accepted: the largest screen and its header.</summary>
    public const long MaximumLengthInBytes = (3L * Framebuffer.MaximumSide * Framebuffer.MaximumSide) + LongestHeader;

    private const int LongestHeader = 64;

    /// <exception cref="InvalidDataException">It is no such pixmap, larger than a screen can be, or shorter than it says.</exception>
    public static async Task<FrameCopy> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var bytes = new byte[stream.Length];
        await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return Read(bytes);
    }

    /// <exception cref="InvalidDataException">As above.</exception>
    public static FrameCopy Read(ReadOnlySpan<byte> bytes)
    {
        var position = 0;
        if (Word(bytes, ref position) != "P6")
        {
            throw new InvalidDataException("It is no portable pixmap.");
        }

        var (width, height, levels) = (Number(bytes, ref position), Number(bytes, ref position), Number(bytes, ref position));
        if (width is < 1 or > Framebuffer.MaximumSide || height is < 1 or > Framebuffer.MaximumSide || levels != 255)
        {
            throw new InvalidDataException($"A screen of {width} x {height} with {levels} levels is not accepted.");
        }

        var pixels = bytes[position..];
        if (pixels.Length < 3 * width * height)
        {
            throw new InvalidDataException($"The picture of {width} x {height} was cut off.");
        }

        var frame = new FrameCopy();
        frame.Resize(width, height);
        var target = frame.Pixels;
        for (int i = 0, j = 0; i < target.Length; i++, j += 3)
        {
            target[i] = ((uint)pixels[j] << 16) | ((uint)pixels[j + 1] << 8) | pixels[j + 2];
        }

        return frame;
    }

    private static int Number(ReadOnlySpan<byte> bytes, ref int position) =>
        int.TryParse(Word(bytes, ref position), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new InvalidDataException("A number is missing in the picture's header.");

    /// <summary>Up to the next white space, which is taken too.</summary>
    private static string Word(ReadOnlySpan<byte> bytes, ref int position)
    {
        var rest = bytes.Slice(position, Math.Min(bytes.Length - position, LongestHeader));
        var end = rest.IndexOfAny(" \n\t\r"u8);
        if (end < 0)
        {
            throw new InvalidDataException("The picture's header does not end.");
        }

        position += end + 1;
        return Encoding.ASCII.GetString(rest[..end]);
    }
}
