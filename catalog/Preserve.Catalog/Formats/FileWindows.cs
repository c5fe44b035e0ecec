namespace Preserve.Catalog.Formats;

/// <summary>The first and the last bytes of a file: all that signatures are looked for in.</summary>
internal sealed class FileWindows
{
    /// <summary>Bytes of each window: more than the farthest fixed place of any signature that PRONOM has (fragments up to 1,000,000 bytes apart).</summary>
    public const int LengthInBytes = 1024 * 1024;

    private FileWindows(byte[] head, byte[] tail) => (Head, Tail) = (head, tail);

    public byte[] Head { get; }

    public byte[] Tail { get; }

    /// <param name="stream">Seekable; stays the caller's.</param>
    public static FileWindows Read(Stream stream)
    {
        var length = (int)Math.Min(stream.Length, LengthInBytes);
        var head = new byte[length];
        stream.Position = 0;
        stream.ReadExactly(head);
        if (stream.Length <= LengthInBytes)
        {
            return new FileWindows(head, head);
        }

        var tail = new byte[length];
        stream.Position = stream.Length - length;
        stream.ReadExactly(tail);
        return new FileWindows(head, tail);
    }
}
