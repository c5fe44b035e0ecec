using System.Runtime.InteropServices;
using Preserve.Emulation.Display;
using SkiaSharp;

namespace Preserve.Workers.Machines;

/// <summary>A screen as a PNG, one picture pixel for each guest pixel.</summary>
internal static class ScreenPicture
{
    public static byte[] ToPng(FrameCopy screen) => ToPng(screen.Pixels, screen.Width, screen.Height);

    /// <param name="pixels">0x00RRGGBB, row by row, width x height.</param>
    /// <param name="width">In pixels, at least 1.</param>
    /// <param name="height">In pixels, at least 1.</param>
    public static byte[] ToPng(ReadOnlySpan<uint> pixels, int width, int height)
    {
        // Opaque: the unused byte of a pixel is no transparency.
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Bgra8888, SKAlphaType.Opaque));
        MemoryMarshal.AsBytes(pixels).CopyTo(bitmap.GetPixelSpan());
        using var encoded = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return encoded.ToArray();
    }
}
