using System.Text;
using Preserve.Catalog.Storage;

namespace Preserve.Catalog.Bags;

/// <summary>Reads the small text files of a bag, within bounds.</summary>
internal static class TagFile
{
    private const int MaximumLengthInBytes = 256 * 1024 * 1024;

    /// <summary>The encoding that a bag names; null when there is none of that name here.</summary>
    public static Encoding? FindEncoding(string name)
    {
        try
        {
            return Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Lines without their ends: line feed, carriage return, or both. A last empty one is left out.</summary>
    /// <exception cref="IOException">It is not in the encoding.</exception>
    public static IReadOnlyList<string> ReadLines(byte[] content, Encoding encoding)
    {
        try
        {
            var text = encoding.GetString(content).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
            var lines = text.TrimStart('\uFEFF').Split('\n');
            return lines[^1].Length == 0 ? lines[..^1] : lines;
        }
        catch (DecoderFallbackException)
        {
            throw new IOException($"is not text in {encoding.WebName}");
        }
    }

    /// <exception cref="IOException">There is no such regular file, or it is too long.</exception>
    public static byte[] ReadBytes(string path)
    {
        using var file = new FileStream(PosixFile.OpenRegular(path), FileAccess.Read, bufferSize: 0);
        if (file.Length > MaximumLengthInBytes)
        {
            throw new IOException($"is longer than {MaximumLengthInBytes} bytes");
        }

        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
