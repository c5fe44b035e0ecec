using Preserve.Emulation.Display;

namespace Preserve.Workers.Tests.Frames;

/// <summary>One random step of what a screen may do.</summary>
internal static class RandomDrawing
{
    public static void Draw(Framebuffer screen, Random random)
    {
        var (width, height) = screen.Size;
        var area = new Rectangle(random.Next(width), random.Next(height), 1 + random.Next(width), 1 + random.Next(height)).ClipTo(width, height);
        switch (random.Next(9))
        {
            case 0:
                screen.Fill(area, (uint)random.Next(1 << 24));
                break;
            case 1:
                screen.Noise(area, random, 2 << random.Next(10));
                break;
            case 2:
                screen.Gradient(area, random.Next(100));
                break;
            case 3:
                screen.Copy(random.Next(width), random.Next(height), area);
                break;
            case 4:
                screen.Copy(area.X, Math.Min(area.Y + 16, height - 1), area);
                break;
            case 5:
                screen.SetCursor(random.Next(4) == 0 ? null : Painting.Arrow(1 + random.Next(80), (uint)random.Next(4)));
                break;
            case 6 when random.Next(4) == 0:
                screen.Resize(1 + random.Next(700), 1 + random.Next(500));
                break;
            default:
                for (var i = 0; i < 40; i++)
                {
                    screen.Glyph(random.Next(width), random.Next(height) & ~15, random.Next(60), (uint)random.Next(3) * 0x555555);
                }

                break;
        }
    }
}
