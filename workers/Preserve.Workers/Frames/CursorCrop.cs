using Preserve.Emulation.Display;

namespace Preserve.Workers.Frames;

/// <summary>Makes a cursor fit the bounds of the stream.</summary>
internal static class CursorCrop
{
    /// <summary>The cursor, or its upper left part where it is larger than <see cref="FrameFormat.MaximumCursorSide"/>.</summary>
    public static CursorImage Fit(CursorImage cursor)
    {
        const int side = FrameFormat.MaximumCursorSide;
        var width = Math.Min(cursor.Width, side);
        var height = Math.Min(cursor.Height, side);
        var pixels = new byte[width * height * 4];
        for (var y = 0; y < height; y++)
        {
            cursor.Bgra.AsSpan(y * cursor.Width * 4, width * 4).CopyTo(pixels.AsSpan(y * width * 4));
        }

        return new CursorImage(width, height, Math.Clamp(cursor.HotspotX, 0, side), Math.Clamp(cursor.HotspotY, 0, side), pixels);
    }
}
