using Preserve.Emulation.Display;

namespace Preserve.Emulation.Rfb.Decoders;

/// <summary>Where rectangles of pixels may lie.</summary>
internal static class RfbRectangles
{
    /// <exception cref="RfbProtocolException">Part of the area lies outside the screen.</exception>
    public static void RequireInside(Rectangle area, Framebuffer screen)
    {
        var (width, height) = screen.Size;
        if (area.Right > width || area.Bottom > height)
        {
            throw new RfbProtocolException(
                $"Server sent {area.Width} x {area.Height} pixels at {area.X}, {area.Y} of a screen of {width} x {height}.");
        }
    }
}
