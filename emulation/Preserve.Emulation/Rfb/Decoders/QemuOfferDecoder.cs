using Preserve.Emulation.Display;

namespace Preserve.Emulation.Rfb.Decoders;

/// <summary>A rectangle without content by which QEMU says that it understands one of its extensions.</summary>
internal sealed class QemuOfferDecoder(RfbEncoding encoding, Action accept) : IRfbDecoder
{
    public RfbEncoding Encoding => encoding;

    public ValueTask DecodeAsync(Rectangle area, CancellationToken cancellationToken)
    {
        accept();
        return ValueTask.CompletedTask;
    }
}
