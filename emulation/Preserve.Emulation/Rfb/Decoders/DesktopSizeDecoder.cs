using Preserve.Emulation.Display;

namespace Preserve.Emulation.Rfb.Decoders;

/// <summary>DesktopSize: the screen has another size from now on (RFC 6143 §7.8.2).</summary>
internal sealed class DesktopSizeDecoder(Framebuffer screen) : IRfbDecoder
{
    public RfbEncoding Encoding => RfbEncoding.DesktopSize;

    public ValueTask DecodeAsync(Rectangle area, CancellationToken cancellationToken)
    {
        RfbHandshake.RequireScreenSize(area.Width, area.Height);
        screen.Resize(area.Width, area.Height);
        return ValueTask.CompletedTask;
    }
}
