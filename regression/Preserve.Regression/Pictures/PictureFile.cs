using System.Runtime.InteropServices;
using Preserve.Emulation.Display;
using Preserve.Regression.Settling;
using SkiaSharp;

namespace Preserve.Regression.Pictures;

/// <summary>Pictures as PNG, one picture pixel for each guest pixel.</summary>
public static class PictureFile
{
    /// <summary>Longest file that is read, in bytes: the largest screen, badly packed.</summary>
    public const long MaximumLengthInBytes = 4L * Framebuffer.MaximumSide * Framebuffer.MaximumSide;

    /// <param name="pixels">0x00RRGGBB, row by row, width x height.</param>
    /// <param name="width">In pixels, at least 1.</param>
    /// <param name="height">In pixels, at least 1.</param>
    public static byte[] Encode(ReadOnlySpan<uint> pixels, int width, int height)
    {
        // Opaque: the unused byte of a pixel is no transparency.
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Bgra8888, SKAlphaType.Opaque));
        MemoryMarshal.AsBytes(pixels).CopyTo(bitmap.GetPixelSpan());
        using var encoded = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return encoded.ToArray();
    }

    public static byte[] Encode(Picture picture) => Encode(picture.Pixels, picture.Width, picture.Height);

    /// <summary>Reads a PNG that this product wrote; null when it is none, or larger than a screen can be.</summary>
    public static Picture? Decode(ReadOnlySpan<byte> png)
    {
        using var data = SKData.CreateCopy(png);
        using var codec = SKCodec.Create(data);
        if (codec is null || codec.EncodedFormat != SKEncodedImageFormat.Png
            || codec.Info.Width is < 1 or > Framebuffer.MaximumSide || codec.Info.Height is < 1 or > Framebuffer.MaximumSide)
        {
            return null;
        }

        using var bitmap = new SKBitmap(new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Bgra8888, SKAlphaType.Opaque));
        if (codec.GetPixels(bitmap.Info, bitmap.GetPixels()) != SKCodecResult.Success)
        {
            return null;
        }

        var frame = new FrameCopy();
        frame.Resize(bitmap.Width, bitmap.Height);
        MemoryMarshal.Cast<byte, uint>(bitmap.GetPixelSpan()).CopyTo(frame.Pixels);
        foreach (ref var pixel in frame.Pixels.AsSpan())
        {
            pixel &= 0x00FFFFFF;
        }

        return Picture.Of(frame);
    }
}
