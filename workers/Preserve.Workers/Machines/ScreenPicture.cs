using System.Runtime.InteropServices;
using Preserve.Emulation.Display;
using SkiaSharp;

namespace Preserve.Workers.Machines;

/// <summary>A screen as a PNG, one picture pixel for each guest pixel.</summary>
internal static class ScreenPicture
{
    public static byte[] ToPng(FrameCopy screen)
    {
        // Opaque: the unused byte of a pixel is no transparency.
        using var bitmap = new SKBitmap(new SKImageInfo(screen.Width, screen.Height, SKColorType.Bgra8888, SKAlphaType.Opaque));
        MemoryMarshal.AsBytes(screen.Pixels.AsSpan(0, screen.Width * screen.Height)).CopyTo(bitmap.GetPixelSpan());
        using var encoded = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return encoded.ToArray();
    }
}
