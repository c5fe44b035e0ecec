using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Preserve.Emulation.Display;
using SkiaSharp;

namespace Preserve.Workers.Frames;

/// <summary>Draws areas of the screen as JPEG, as finely as a budget allows, and learns what each level takes.</summary>
internal sealed class SketchArtist
{
    // Tables and markers of a JPEG, in bytes.
    private const int JpegOverhead = 650;
    private const double Weight = 0.25;
    private const string NoPicture = "Skia made no JPEG of a part of the screen.";

    /// <summary>With so much budget the coarsest sketch is drawn, whatever it takes: the smallest window of credit holds no more.</summary>
    private const int AlwaysEnough = 6 * 1024;

    private readonly double[] _bytesPerPixel = [.. SketchLevel.All.Select(level => level.BytesPerPixel)];

    /// <summary>The finest level at which so many pixels are thought to take no more than wished for; null when not even the coarsest fits the budget.</summary>
    public int? Choose(int pixels, int areas, int budgetInBytes, int wishInBytes)
    {
        var coarsest = _bytesPerPixel.Length - 1;
        for (var level = 0; level < coarsest; level++)
        {
            if (Expect(level, pixels, areas) <= Math.Min(budgetInBytes, wishInBytes))
            {
                return level;
            }
        }

        return budgetInBytes >= AlwaysEnough || Expect(coarsest, pixels, areas) <= budgetInBytes ? coarsest : null;
    }

    /// <summary>The body of a sketch: its place, which of its cells it shows, and the picture. Coarser than asked for where it would not fit a blob.</summary>
    public byte[] Draw(FrameCopy frame, CellGrid grid, SketchArea area, CellSet shown, int level)
    {
        while (true)
        {
            var pixels = area.Pixels(grid);
            using var jpeg = Compress(frame, pixels, SketchLevel.All[level]);
            var sample = (double)(jpeg.Size - JpegOverhead) / (pixels.Width * pixels.Height);
            _bytesPerPixel[level] += (Math.Max(sample, 0) - _bytesPerPixel[level]) * Weight;
            var body = WithPlace(grid, area, shown, SketchLevel.All[level].Shift, jpeg.AsSpan());

            // Noise over the largest area takes 30 KB at the coarsest level.
            if (body.Length <= FrameFormat.FullBodyLength || ++level == SketchLevel.All.Count)
            {
                return body;
            }
        }
    }

    private double Expect(int level, int pixels, int areas) => (areas * JpegOverhead) + (pixels * _bytesPerPixel[level]);

    private static SKData Compress(FrameCopy frame, Rectangle area, SketchLevel level)
    {
        // The unused byte of a pixel is no transparency. Read in place: the copy is the encoder's while it encodes.
        var pinned = GCHandle.Alloc(frame.Pixels, GCHandleType.Pinned);
        try
        {
            var start = pinned.AddrOfPinnedObject() + (((area.Y * frame.Width) + area.X) * sizeof(uint));
            using var whole = new SKPixmap(new SKImageInfo(area.Width, area.Height, SKColorType.Bgra8888, SKAlphaType.Opaque), start, frame.Width * sizeof(uint));
            var options = new SKJpegEncoderOptions(level.Quality, SKJpegEncoderDownsample.Downsample420, SKJpegEncoderAlphaOption.Ignore);
            if (level.Shift == 0)
            {
                return whole.Encode(options) ?? throw new InvalidOperationException(NoPicture);
            }

            var smaller = new SKImageInfo(SketchArea.Reduced(area.Width, level.Shift), SketchArea.Reduced(area.Height, level.Shift), SKColorType.Bgra8888, SKAlphaType.Opaque);
            using var reduced = new SKBitmap(smaller);
            using var pixels = reduced.PeekPixels();
            whole.ScalePixels(pixels, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Nearest));
            return pixels.Encode(options) ?? throw new InvalidOperationException(NoPicture);
        }
        finally
        {
            pinned.Free();
        }
    }

    private static byte[] WithPlace(CellGrid grid, SketchArea area, CellSet shown, int shift, ReadOnlySpan<byte> jpeg)
    {
        var mask = Mask(grid, area, shown);
        var body = new byte[FrameFormat.SketchPlaceLength + mask.Length + jpeg.Length];
        body[0] = (byte)(shift | (mask.Length > 0 ? FrameFormat.SketchMaskFlag : 0));
        BinaryPrimitives.WriteUInt16LittleEndian(body.AsSpan(1), (ushort)area.Column);
        BinaryPrimitives.WriteUInt16LittleEndian(body.AsSpan(3), (ushort)area.Row);
        BinaryPrimitives.WriteUInt16LittleEndian(body.AsSpan(5), (ushort)area.Columns);
        BinaryPrimitives.WriteUInt16LittleEndian(body.AsSpan(7), (ushort)area.Rows);
        mask.CopyTo(body, FrameFormat.SketchPlaceLength);
        jpeg.CopyTo(body.AsSpan(FrameFormat.SketchPlaceLength + mask.Length));
        return body;
    }

    /// <summary>One bit for each cell of the area, the lowest first; nothing where all are shown.</summary>
    private static byte[] Mask(CellGrid grid, SketchArea area, CellSet shown)
    {
        var mask = new byte[(area.Count + 7) / 8];
        var count = 0;
        for (var i = 0; i < area.Count; i++)
        {
            if (shown.Contains(((area.Row + (i / area.Columns)) * grid.Columns) + area.Column + (i % area.Columns)))
            {
                mask[i >> 3] |= (byte)(1 << (i & 7));
                count++;
            }
        }

        return count == area.Count ? [] : mask;
    }
}
