using System.Buffers.Binary;
using Preserve.Emulation.Display;

namespace Preserve.Workers.Frames;

/// <summary>A picture with loss, shown over an area of the screen until its cells are sent as they are.</summary>
/// <param name="Area">In pixels of the screen.</param>
/// <param name="Width">Of the JPEG, in pixels.</param>
/// <param name="Height">Of the JPEG, in pixels.</param>
/// <param name="CellCount">Cells of the area that show it.</param>
/// <param name="Jpeg">The file.</param>
public sealed record Sketch(Rectangle Area, int Width, int Height, int CellCount, byte[] Jpeg);

/// <summary>Reads the body of a sketch: docs/frame-stream.md, "Sketch".</summary>
internal static class SketchReader
{
    /// <param name="body">All after the header.</param>
    /// <param name="grid">Of the picture.</param>
    /// <param name="sketched">Gets the cells that show it.</param>
    /// <exception cref="FrameFormatException">It ends early, leaves the picture, shows nothing or has a scale out of bounds.</exception>
    public static Sketch Read(ReadOnlySpan<byte> body, CellGrid grid, CellSet sketched)
    {
        if (body.Length <= FrameFormat.SketchPlaceLength)
        {
            throw new FrameFormatException("A sketch that ends early.");
        }

        var shift = body[0] & ~FrameFormat.SketchMaskFlag;
        var area = new SketchArea(Number(body, 1), Number(body, 3), Number(body, 5), Number(body, 7));
        if (shift > FrameFormat.MaximumSketchShift || area.Columns == 0 || area.Rows == 0
            || area.Column + area.Columns > grid.Columns || area.Row + area.Rows > grid.Rows)
        {
            throw new FrameFormatException("A sketch that leaves the picture, or of a scale that is out of bounds.");
        }

        var isMasked = (body[0] & FrameFormat.SketchMaskFlag) != 0;
        var maskLength = isMasked ? (area.Count + 7) / 8 : 0;
        var jpeg = FrameFormat.SketchPlaceLength + maskLength;
        if (body.Length <= jpeg)
        {
            throw new FrameFormatException("A sketch that ends early.");
        }

        var count = Mark(area, isMasked, body[FrameFormat.SketchPlaceLength..], grid, sketched);
        var pixels = area.Pixels(grid);
        return new Sketch(pixels, SketchArea.Reduced(pixels.Width, shift), SketchArea.Reduced(pixels.Height, shift), count, body[jpeg..].ToArray());
    }

    private static int Mark(SketchArea area, bool isMasked, ReadOnlySpan<byte> mask, CellGrid grid, CellSet sketched)
    {
        var count = 0;
        for (var i = 0; i < area.Count; i++)
        {
            if (!isMasked || (mask[i >> 3] & (1 << (i & 7))) != 0)
            {
                sketched.Add(((area.Row + (i / area.Columns)) * grid.Columns) + area.Column + (i % area.Columns));
                count++;
            }
        }

        return count;
    }

    private static int Number(ReadOnlySpan<byte> body, int at) => BinaryPrimitives.ReadUInt16LittleEndian(body[at..]);
}
