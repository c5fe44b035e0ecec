using System.Runtime.InteropServices;
using Preserve.Emulation.Display;

namespace Preserve.Workers.Tests.Frames;

/// <summary>Draws on a screen what old software draws.</summary>
internal static class Painting
{
    public static void Fill(this Framebuffer screen, Rectangle area, uint color)
    {
        var pixels = new uint[area.Width * area.Height];
        Array.Fill(pixels, color);
        screen.Write(area, MemoryMarshal.AsBytes(pixels.AsSpan()));
    }

    /// <summary>A glyph of its own for each number, the same each time: random strokes, 7 of 9 columns, 11 of 16 rows.</summary>
    public static void Glyph(this Framebuffer screen, int x, int y, int number, uint ink = 0xAAAAAA, uint paper = 0)
    {
        var random = new Random(number);
        var pixels = new uint[9 * 16];
        Array.Fill(pixels, paper);
        for (var stroke = 0; stroke < 4; stroke++)
        {
            var isUpright = random.Next(2) == 0;
            var (column, row) = (random.Next(6), 2 + random.Next(10));
            for (var i = 0; i < 5; i++)
            {
                pixels[(Math.Min(isUpright ? row + i : row, 13) * 9) + Math.Min(isUpright ? column : column + i, 6)] = ink;
            }
        }

        screen.Write(new Rectangle(x, y, 9, 16), MemoryMarshal.AsBytes(pixels.AsSpan()));
    }

    /// <summary>Pixels without any order, of so many colours.</summary>
    public static void Noise(this Framebuffer screen, Rectangle area, Random random, int colors)
    {
        var pixels = new uint[area.Width * area.Height];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (uint)random.Next(colors) * 0x9E3779B1u >> 8;
        }

        screen.Write(area, MemoryMarshal.AsBytes(pixels.AsSpan()));
    }

    public static void Gradient(this Framebuffer screen, Rectangle area, int phase)
    {
        var pixels = new uint[area.Width * area.Height];
        for (var i = 0; i < pixels.Length; i++)
        {
            var (x, y) = (i % area.Width, i / area.Width);
            pixels[i] = (uint)((((x + phase) & 255) << 16) | (((y + (x / 3)) & 255) << 8) | ((x * y / 64) & 255));
        }

        screen.Write(area, MemoryMarshal.AsBytes(pixels.AsSpan()));
    }

    /// <summary>Moves a text screen up by one line and clears the last.</summary>
    public static void ScrollUp(this Framebuffer screen, int lineHeight)
    {
        var (width, height) = screen.Size;
        screen.Copy(0, lineHeight, new Rectangle(0, 0, width, height - lineHeight));
        screen.Fill(new Rectangle(0, height - lineHeight, width, lineHeight), 0);
    }

    public static CursorImage Arrow(int side, uint color)
    {
        var pixels = new uint[side * side];
        for (var y = 0; y < side; y++)
        {
            Array.Fill(pixels, color | 0xFF000000, y * side, Math.Max(1, (side - y) / 2));
        }

        return new CursorImage(side, side, 1, 2, MemoryMarshal.AsBytes(pixels.AsSpan()).ToArray());
    }
}
