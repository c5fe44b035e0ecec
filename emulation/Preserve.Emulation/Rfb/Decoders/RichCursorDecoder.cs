using Preserve.Emulation.Display;

namespace Preserve.Emulation.Rfb.Decoders;

/// <summary>Cursor: pixels, then a mask of one bit a pixel, rows padded to whole bytes (RFC 6143 §7.8.1).</summary>
internal sealed class RichCursorDecoder(RfbReader reader, Framebuffer screen) : IRfbDecoder
{
    public RfbEncoding Encoding => RfbEncoding.RichCursor;

    public async ValueTask DecodeAsync(Rectangle area, CancellationToken cancellationToken)
    {
        var (width, height) = (area.Width, area.Height);
        if (width > RfbBounds.CursorSide || height > RfbBounds.CursorSide)
        {
            throw new RfbProtocolException($"Server sent a cursor of {width} x {height}; a side is at most {RfbBounds.CursorSide}.");
        }

        var pixels = new byte[width * height * PixelFormat.Bgrx32.BytesPerPixel];
        await reader.ReadIntoAsync(pixels, cancellationToken);
        var maskStride = (width + 7) / 8;
        var mask = await reader.ReadAsync(maskStride * height, cancellationToken);
        SetAlpha(pixels, mask.Span, width, maskStride);

        // The guest's driver chooses the hotspot; one outside the picture is its mistake, not the server's.
        var hotspotX = Math.Clamp(area.X, 0, Math.Max(0, width - 1));
        var hotspotY = Math.Clamp(area.Y, 0, Math.Max(0, height - 1));
        screen.SetCursor(new CursorImage(width, height, hotspotX, hotspotY, pixels));
    }

    private static void SetAlpha(Span<byte> pixels, ReadOnlySpan<byte> mask, int width, int maskStride)
    {
        for (var i = 0; i < pixels.Length / 4; i++)
        {
            var (y, x) = Math.DivRem(i, width);
            var isOpaque = (mask[(y * maskStride) + (x / 8)] & (0x80 >> (x % 8))) != 0;
            if (isOpaque)
            {
                pixels[(4 * i) + 3] = 255;
            }
            else
            {
                pixels.Slice(4 * i, 4).Clear();
            }
        }
    }
}
