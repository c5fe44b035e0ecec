using System.Buffers.Binary;
using Preserve.Emulation.Display;

namespace Preserve.Emulation.Rfb.Decoders;

/// <summary>CopyRect: pixels that are on the screen already, elsewhere (RFC 6143 §7.7.2).</summary>
internal sealed class CopyRectDecoder(RfbReader reader, Framebuffer screen) : IRfbDecoder
{
    public RfbEncoding Encoding => RfbEncoding.CopyRect;

    public async ValueTask DecodeAsync(Rectangle area, CancellationToken cancellationToken)
    {
        var position = await reader.ReadAsync(4, cancellationToken);
        var sourceX = BinaryPrimitives.ReadUInt16BigEndian(position.Span);
        var sourceY = BinaryPrimitives.ReadUInt16BigEndian(position.Span[2..]);
        RfbRectangles.RequireInside(area, screen);
        RfbRectangles.RequireInside(area with { X = sourceX, Y = sourceY }, screen);
        screen.Copy(sourceX, sourceY, area);
    }
}
