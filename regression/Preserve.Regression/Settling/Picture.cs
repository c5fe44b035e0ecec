using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Preserve.Emulation.Display;

namespace Preserve.Regression.Settling;

/// <summary>One picture of a screen, told from others by its digest. Never changes.</summary>
public sealed class Picture
{
    private readonly uint[] _pixels;

    private Picture(FrameCopy frame, UInt128 digest)
    {
        _pixels = [.. frame.Pixels];
        (Width, Height, Digest) = (frame.Width, frame.Height, digest);
        IsBlank = _pixels.AsSpan().IndexOfAnyExcept(_pixels[0]) < 0;
        Detail = CountEdges(_pixels);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>0x00RRGGBB, row by row.</summary>
    public ReadOnlySpan<uint> Pixels => _pixels;

    /// <summary>XXH128 over width, height and pixels.</summary>
    public UInt128 Digest { get; }

    /// <summary>True when every pixel has the same colour.</summary>
    public bool IsBlank { get; }

    /// <summary>
    /// How many pixels differ from the one before them. Of two pictures that take turns, the one with more has something
    /// on it that the other lacks, such as the cursor: two letters and a cursor have more edges than two letters.
    /// </summary>
    public int Detail { get; }

    /// <summary>The digest of what a frame shows.</summary>
    public static UInt128 DigestOf(FrameCopy frame)
    {
        Span<byte> size = stackalloc byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(size, frame.Width);
        BinaryPrimitives.WriteInt32LittleEndian(size[4..], frame.Height);
        var hash = new XxHash128();
        hash.Append(size);
        hash.Append(MemoryMarshal.AsBytes(frame.Pixels.AsSpan()));
        return hash.GetCurrentHashAsUInt128();
    }

    /// <summary>Copies what a frame shows.</summary>
    /// <exception cref="ArgumentException">The frame has no pixels.</exception>
    public static Picture Of(FrameCopy frame) => Of(frame, DigestOf(frame));

    internal static Picture Of(FrameCopy frame, UInt128 digest) =>
        frame.Pixels.Length == 0 ? throw new ArgumentException("A frame without pixels is no picture.", nameof(frame)) : new Picture(frame, digest);

    private static int CountEdges(ReadOnlySpan<uint> pixels)
    {
        var edges = 0;
        for (var i = 1; i < pixels.Length; i++)
        {
            edges += pixels[i] != pixels[i - 1] ? 1 : 0;
        }

        return edges;
    }
}
