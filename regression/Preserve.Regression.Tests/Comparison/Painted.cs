using Preserve.Emulation.Display;
using Preserve.Emulation.Machines;
using Preserve.Regression.Settling;

namespace Preserve.Regression.Tests.Comparison;

/// <summary>A picture to paint on, 320 x 200 unless said.</summary>
internal sealed class Painted(int width = 320, int height = 200)
{
    private readonly FrameCopy _frame = Sized(width, height);

    public Picture Picture => Picture.Of(_frame);

    public Painted Fill(int x, int y, int fillWidth, int fillHeight, uint colour)
    {
        for (var row = y; row < y + fillHeight; row++)
        {
            _frame.Pixels.AsSpan((row * width) + x, fillWidth).Fill(colour);
        }

        return this;
    }

    /// <summary>A slanted edge, each of whose steps is smoothed with one pixel of the given share of white.</summary>
    public Painted SmoothedEdge(byte share)
    {
        for (var y = 20; y < 120; y++)
        {
            var x = 40 + (y / 4);
            Fill(x, y, 100, 1, 0xFFFFFF);
            Fill(x - 1, y, 1, 1, (uint)((share << 16) | (share << 8) | share));
        }

        return this;
    }

    public static TextScreen Text(params string[] lines) => new(
        40, 25, [.. Enumerable.Range(0, 25).Select(row => (row < lines.Length ? lines[row] : "").PadRight(40))], null, null);

    private static FrameCopy Sized(int width, int height)
    {
        var frame = new FrameCopy();
        frame.Resize(width, height);
        return frame;
    }
}
