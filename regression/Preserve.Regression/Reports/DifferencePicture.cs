using Preserve.Emulation.Display;
using Preserve.Regression.Comparison;
using Preserve.Regression.Settling;

namespace Preserve.Regression.Reports;

/// <summary>Shows where a screen differs: the accepted one in faint grey, what differs in magenta, what is not compared in blue.</summary>
public static class DifferencePicture
{
    private const uint Differs = 0xFF00AA;
    private const uint Masked = 0x203070;

    /// <summary>Null for pictures of different sizes, which differ as wholes.</summary>
    public static Picture? Of(AcceptedScreen accepted, Picture actual)
    {
        var expected = accepted.Picture;
        if (expected.Width != actual.Width || expected.Height != actual.Height)
        {
            return null;
        }

        var frame = new FrameCopy();
        frame.Resize(expected.Width, expected.Height);
        for (var i = 0; i < frame.Pixels.Length; i++)
        {
            frame.Pixels[i] = !accepted.Mask.Compares(i % expected.Width, i / expected.Width) ? Masked
                : expected.Pixels[i] == actual.Pixels[i] ? Faint(expected.Pixels[i]) : Differs;
        }

        return Picture.Of(frame);
    }

    private static uint Faint(uint colour)
    {
        var grey = (((colour >> 16) & 0xFF) + (2 * ((colour >> 8) & 0xFF)) + (colour & 0xFF)) / 12;
        return (grey << 16) | (grey << 8) | grey;
    }
}
