using Microsoft.Extensions.Time.Testing;
using Preserve.Emulation.Display;
using Preserve.Workers.Frames;

namespace Preserve.Workers.Tests.Frames;

/// <summary>The scenes that the vectors record: small, drawn here, and between them every command of the format.</summary>
internal static class FrameVectorScenes
{
    public static FramePair Play(string name)
    {
        var clock = new FakeTimeProvider();
        var pair = new FramePair(name == "sketches" ? new FrameEncoderOptions(MotionClock: clock) : null);
        switch (name)
        {
            case "typing":
                Type(pair);
                break;
            case "scrolling":
                Scroll(pair);
                break;
            case "drawing":
                Draw(pair);
                break;
            case "doubled":
                Double(pair);
                break;
            case "parts":
                Part(pair);
                break;
            case "cursors":
                Point(pair);
                break;
            case "together":
                Join(pair);
                break;
            case "sketches":
                Sketch(pair, clock);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(name), name, "No such scene.");
        }

        return pair;
    }

    private static void Type(FramePair pair)
    {
        pair.Screen.Resize(720, 400);
        pair.Send();
        var x = 0;
        foreach (var letter in "dir a:\\ /w and once more dir")
        {
            pair.Screen.Glyph(x, 32, letter);
            pair.Screen.Fill(new Rectangle(x + 9, 46, 9, 2), 0xAAAAAA);
            pair.Send();
            x += 9;
        }
    }

    // A film in a window with text across it; then both stand still, and what was sketched comes as it is.
    private static void Sketch(FramePair pair, FakeTimeProvider clock)
    {
        var random = new Random(5);
        pair.Screen.Resize(320, 200);
        pair.Send();
        for (var picture = 0; picture < 7; picture++)
        {
            pair.Screen.Noise(new Rectangle(64, 32, 96, 80), random, 4096);
            pair.Screen.Fill(new Rectangle(80, 64, 64, 16), 0x0000AA);
            pair.Screen.Glyph(84 + picture, 64, picture);
            clock.Advance(TimeSpan.FromMilliseconds(40));
            pair.Send(budget: picture < 5 ? int.MaxValue : 3000);
        }

        clock.Advance(MotionMap.Rest);
        pair.Send(budget: 12_000);
        pair.Send();
    }

    private static void Scroll(FramePair pair)
    {
        pair.Screen.Resize(720, 400);
        var random = new Random(1);
        for (var line = 0; line < 30; line++)
        {
            pair.Screen.ScrollUp(16);
            for (var column = random.Next(4); column < 60; column++)
            {
                pair.Screen.Glyph(column * 9, 384, random.Next(8));
            }

            pair.Send();
        }
    }

    private static void Draw(FramePair pair)
    {
        var random = new Random(11);
        pair.Screen.Resize(203, 155);
        for (var step = 0; step < 40; step++)
        {
            RandomDrawing.Draw(pair.Screen, random);
            pair.Send(keyframe: step == 20);
        }
    }

    private static void Double(FramePair pair)
    {
        var random = new Random(5);
        pair.Screen.Resize(64, 48);
        for (var step = 0; step < 12; step++)
        {
            for (var i = 0; i < 200; i++)
            {
                pair.Screen.Fill(new Rectangle(random.Next(32) * 2, random.Next(24) * 2, 2, 2), (uint)random.Next(6) * 0x2A5533);
            }

            pair.Send();
        }
    }

    private static void Part(FramePair pair)
    {
        pair.Screen.Resize(160, 120);
        for (var step = 0; step < 30; step++)
        {
            pair.Screen.Gradient(new Rectangle(0, 0, 160, 60), step / 10);
            pair.Screen.Noise(new Rectangle(0, 60, 160, 60), new Random(step / 12), 300);
            pair.Send(budget: 700);
        }
    }

    private static void Join(FramePair pair)
    {
        var random = new Random(17);
        pair.Screen.Resize(180, 90);
        for (var step = 0; step < 24; step++)
        {
            RandomDrawing.Draw(pair.Screen, random);
            pair.Send();
            if (step % 5 == 4)
            {
                pair.Encoder.StartTogether((uint)step * 100);
                pair.Send();
            }
        }
    }

    private static void Point(FramePair pair)
    {
        pair.Screen.Resize(32, 24);
        for (var step = 0; step < 24; step++)
        {
            pair.Screen.SetCursor(step % 7 == 6 ? null : Painting.Arrow(3 + (step % 11), (uint)step * 0x0F0305));
            pair.Send();
        }
    }
}
