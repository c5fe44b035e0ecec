using Preserve.Emulation.Display;
using Preserve.Workers.Frames;

namespace Preserve.Workers.Tests.Frames;

public sealed class FrameRoundTripTests
{
    [Fact]
    public void A_keyframe_shows_the_whole_screen()
    {
        using var pair = TextScreen();
        WriteLine(pair.Screen, 3, "the quick brown fox");
        pair.Send(keyframe: true);
        pair.AssertSame();
        Assert.True(pair.Decoder.IsFirst);
        Assert.True(pair.Decoder.IsLast);
        Assert.Equal(1u, pair.Decoder.Sequence);
    }

    [Fact]
    public void Damage_that_changed_nothing_costs_nothing()
    {
        using var pair = TextScreen();
        pair.Send();
        pair.Screen.Fill(new Rectangle(0, 0, 720, 400), 0);
        Assert.Equal(0, pair.Send());
        Assert.False(pair.Encoder.HasPending);
    }

    [Fact]
    public void A_typed_letter_costs_less_than_thirty_bytes_and_a_known_one_less_than_ten()
    {
        using var pair = TextScreen();
        WriteLine(pair.Screen, 0, "the quick brown fox jumps over the dog");
        pair.Send();
        pair.Screen.Glyph(90, 16, 999);
        Assert.InRange(pair.Send(), 3, 29);
        pair.Screen.Glyph(99, 16, 'q');
        Assert.InRange(pair.Send(), 3, 9);
        pair.AssertSame();
    }

    [Fact]
    public void A_screen_of_scrolling_text_is_copied_not_sent_again()
    {
        using var pair = TextScreen();
        for (var line = 0; line < 25; line++)
        {
            WriteLine(pair.Screen, line, $"line {line} of a text that is rather long, with words in it");
        }

        var whole = pair.Send();
        pair.Screen.ScrollUp(16);
        WriteLine(pair.Screen, 24, "a new line");
        Assert.InRange(pair.Send(), 3, whole / 8);
        pair.AssertSame();
    }

    [Theory]
    [InlineData(7, 5)]
    [InlineData(-13, 4)]
    [InlineData(20, -9)]
    [InlineData(-3, 0)]
    public void A_dragged_window_is_copied_not_sent_again(int right, int down)
    {
        using var pair = new FramePair();
        pair.Screen.Resize(640, 480);
        pair.Screen.Fill(new Rectangle(0, 0, 640, 480), 0x008080);
        pair.Screen.Noise(new Rectangle(101, 99, 300, 200), new Random(2), 16);
        var whole = pair.Send();
        pair.Screen.Fill(new Rectangle(101, 99, 300, 200), 0x008080);
        pair.Screen.Noise(new Rectangle(101 + right, 99 + down, 300, 200), new Random(2), 16);
        Assert.InRange(pair.Send(), 3, whole / 20);
        pair.AssertSame();
    }

    [Fact]
    public void A_small_budget_cuts_a_picture_into_parts_that_continue()
    {
        using var pair = new FramePair();
        pair.Screen.Resize(640, 480);
        pair.Screen.Gradient(new Rectangle(0, 0, 640, 480), 0);
        pair.Send(budget: 2000);
        Assert.True(pair.Encoder.HasPending);
        Assert.False(pair.Decoder.IsLast);
        var calls = 0;
        while (pair.Encoder.HasPending)
        {
            Assert.InRange(pair.Send(budget: 2000), 1, 4000);
            Assert.False(pair.Decoder.IsFirst);
            Assert.InRange(++calls, 1, 1000);
        }

        Assert.True(pair.Decoder.IsLast);
        pair.AssertSame();
    }

    [Fact]
    public void Noise_in_true_colour_stays_within_the_longest_blob()
    {
        using var pair = new FramePair();
        pair.Screen.Resize(1024, 768);
        for (var i = 0; i < 3; i++)
        {
            pair.Screen.Noise(new Rectangle(0, 0, 1024, 768), new Random(i), 1 << 24);
            pair.Send();
            pair.AssertSame();
        }

        Assert.All(pair.Blobs, blob => Assert.InRange(blob.Length, 1, FrameFormat.MaximumBlobLength));
    }

    [Fact]
    public void A_new_size_begins_anew()
    {
        using var pair = TextScreen();
        WriteLine(pair.Screen, 1, "before");
        pair.Send();
        pair.Screen.Resize(333, 77);
        pair.Screen.Gradient(new Rectangle(5, 5, 300, 60), 9);
        pair.Send();
        pair.AssertSame();
    }

    [Fact]
    public void The_cursor_arrives_changes_and_goes()
    {
        using var pair = TextScreen();
        pair.Send();
        foreach (var cursor in new[] { Painting.Arrow(16, 0xFFFFFF), Painting.Arrow(12, 0x112233), Painting.Arrow(16, 0xFFFFFF) })
        {
            pair.Screen.SetCursor(cursor);
            pair.Send();
            Assert.Equal((cursor.Width, cursor.HotspotY), (pair.Decoder.Cursor!.Width, pair.Decoder.Cursor.HotspotY));
            Assert.Equal(cursor.Bgra, pair.Decoder.Cursor.Bgra);
        }

        Assert.InRange(pair.Blobs[^1].Length, 3, 6);
        pair.Screen.SetCursor(null);
        pair.Send();
        Assert.Null(pair.Decoder.Cursor);
    }

    [Fact]
    public void A_cursor_that_is_too_large_is_cut_off()
    {
        using var pair = TextScreen();
        pair.Screen.SetCursor(Painting.Arrow(100, 0xFF00FF));
        pair.Send();
        Assert.Equal((64, 64), (pair.Decoder.Cursor!.Width, pair.Decoder.Cursor.Height));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Anything_drawn_arrives_pixel_for_pixel(int seed)
    {
        var random = new Random(seed);
        using var pair = new FramePair();
        pair.Screen.Resize(1 + random.Next(700), 1 + random.Next(500));
        for (var step = 0; step < 60; step++)
        {
            RandomDrawing.Draw(pair.Screen, random);
            pair.Send(keyframe: random.Next(20) == 0, budget: random.Next(3) == 0 ? random.Next(400) : int.MaxValue);
            if (!pair.Encoder.HasPending && step > 0)
            {
                pair.AssertSame();
            }
        }

        pair.Send();
        pair.AssertSame();
    }

    private static FramePair TextScreen()
    {
        var pair = new FramePair();
        pair.Screen.Resize(720, 400);
        return pair;
    }

    [Fact]
    public void A_screen_that_changes_all_over_faster_than_the_budget_allows_is_shown_all_the_same()
    {
        using var pair = new FramePair();
        var random = new Random(3);
        pair.Screen.Resize(320, 200);
        for (var step = 0; step < 400; step++)
        {
            pair.Screen.Noise(new Rectangle(0, 0, 320, 200), random, 256);
            pair.Send(budget: 4000);
        }

        Assert.InRange(pair.Blobs.Count(blob => (blob[0] & FrameFormat.LastFlag) != 0), 10, 400);
        while (pair.Encoder.HasPending)
        {
            pair.Send(budget: 4000);
        }

        pair.AssertSame();
    }

    private static void WriteLine(Framebuffer screen, int line, string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != ' ')
            {
                screen.Glyph(i * 9, line * 16, text[i]);
            }
        }
    }
}
