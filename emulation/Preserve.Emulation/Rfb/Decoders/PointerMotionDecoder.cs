using Preserve.Emulation.Display;
using Preserve.Emulation.Input;
using Preserve.Emulation.Machines;

namespace Preserve.Emulation.Rfb.Decoders;

/// <summary>QEMU pointer motion change: x tells whether the guest wants positions (1) or movement (0).</summary>
internal sealed class PointerMotionDecoder(RfbInput input) : IRfbDecoder
{
    public RfbEncoding Encoding => RfbEncoding.PointerMotionChange;

    public ValueTask DecodeAsync(Rectangle area, CancellationToken cancellationToken)
    {
        input.ChangePointer(area.X == 0 ? PointerKind.Relative : PointerKind.Absolute);
        return ValueTask.CompletedTask;
    }
}
