using Preserve.Emulation.Display;

namespace Preserve.Emulation.Rfb.Decoders;

/// <summary>Raw: pixels row by row (RFC 6143 §7.7.1). Read in bands of as many rows as the reader's buffer holds.</summary>
internal sealed class RawDecoder(RfbReader reader, Framebuffer screen) : IRfbDecoder
{
    public RfbEncoding Encoding => RfbEncoding.Raw;

    public async ValueTask DecodeAsync(Rectangle area, CancellationToken cancellationToken)
    {
        RfbRectangles.RequireInside(area, screen);
        if (area.IsEmpty)
        {
            return;
        }

        var stride = area.Width * PixelFormat.Bgrx32.BytesPerPixel;
        var rowsInBand = RfbReader.Capacity / stride;
        for (var y = area.Y; y < area.Bottom; y += rowsInBand)
        {
            var band = area with { Y = y, Height = Math.Min(rowsInBand, area.Bottom - y) };
            var pixels = await reader.ReadAsync(band.Height * stride, cancellationToken);
            screen.Write(band, pixels.Span);
        }
    }
}
