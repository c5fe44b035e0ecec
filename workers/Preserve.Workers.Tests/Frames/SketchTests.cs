using Microsoft.Extensions.Time.Testing;
using Preserve.Emulation.Display;
using Preserve.Workers.Frames;
using SkiaSharp;

namespace Preserve.Workers.Tests.Frames;

public sealed class SketchTests
{
    private static readonly TimeSpan s_picture = TimeSpan.FromMilliseconds(40);

    private readonly FakeTimeProvider _time = new();
    private readonly Random _random = new(7);

    [Fact]
    public void A_film_is_sketched_while_it_moves_and_sent_without_loss_when_it_stops()
    {
        using var pair = Open(320, 240);
        Film(pair, pictures: 10);
        Assert.NotNull(pair.Sketch);
        Assert.True(pair.Decoder.IsSketched);

        _time.Advance(MotionMap.Rest);
        Assert.True(pair.Encoder.HasPending);
        pair.Send();
        Assert.False(pair.Decoder.IsSketched);
        Assert.True(pair.Encoder.IsExact);
        pair.AssertSame();
    }

    [Fact]
    public void A_sketch_takes_a_small_part_of_the_same_pictures_without_loss()
    {
        using var exact = Open(320, 240, isSketching: false);
        using var sketched = Open(320, 240);
        Film(exact, pictures: 10);
        Film(sketched, pictures: 10);
        var (before, after) = (exact.Send(), sketched.Send());
        for (var i = 0; i < 10; i++)
        {
            before += Move(exact, new Rectangle(0, 0, 320, 240));
            after += Move(sketched, new Rectangle(0, 0, 320, 240));
        }

        Assert.True(after * 3 < before, $"{after} bytes against {before}.");
    }

    [Fact]
    public void A_sketch_looks_like_the_screen()
    {
        using var pair = Open(320, 240);
        Film(pair, pictures: 10);
        var sketch = pair.Sketch!;
        using var picture = SKBitmap.Decode(sketch.Jpeg);
        Assert.Equal((sketch.Width, sketch.Height), (picture.Width, picture.Height));
        using var whole = picture.Resize(new SKImageInfo(sketch.Area.Width, sketch.Area.Height), SKSamplingOptions.Default);
        Assert.InRange(MeanDistance(whole, sketch.Area, pair.Screen.Capture()), 0, 24);
    }

    [Fact]
    public void Text_beside_a_film_is_never_sketched()
    {
        using var pair = Open(640, 480);
        for (var picture = 0; picture < 12; picture++)
        {
            for (var letter = 0; letter < 70; letter++)
            {
                pair.Screen.Glyph(letter * 9, 0, _random.Next());
            }

            Move(pair, new Rectangle(160, 160, 320, 240));
        }

        var sketch = pair.Sketch!;
        Assert.Equal(new Rectangle(160, 160, 320, 240), sketch.Area);
        Assert.True(pair.Decoder.Pixels[..(640 * 16)].SequenceEqual(pair.Screen.Capture().Pixels.AsSpan(0, 640 * 16)), "The line of text has a loss.");
    }

    [Fact]
    public void On_a_small_budget_a_sketch_is_coarse_and_still_comes()
    {
        using var pair = Open(640, 480);
        var area = new Rectangle(0, 0, 640, 480);
        for (var i = 0; i < 20; i++)
        {
            Move(pair, area, budget: 8 * 1024);
        }

        Assert.NotNull(pair.Sketch);
        Assert.InRange(pair.Sketch.Width, 160, 320);
        Assert.InRange(pair.Blobs[^1].Length, 1, 8 * 1024);
    }

    [Fact]
    public void A_film_on_a_small_budget_does_not_keep_back_what_changes_beside_it()
    {
        using var pair = Open(640, 480);
        var film = new Rectangle(0, 0, 640, 400);
        for (var i = 0; i < 30; i++)
        {
            Move(pair, film, budget: 6 * 1024);
        }

        pair.Screen.Noise(new Rectangle(0, 432, 640, 48), _random, colors: 2);
        var wanted = pair.Screen.Capture().Pixels[(640 * 432)..];
        var sends = 0;
        for (; sends < 40 && !pair.Decoder.Pixels[(640 * 432)..].SequenceEqual(wanted); sends++)
        {
            Move(pair, film, budget: 6 * 1024);
        }

        Assert.InRange(sends, 1, 39);
        Assert.True(pair.Decoder.IsSketched);
    }

    [Fact]
    public void Noise_over_the_largest_screen_fits_the_blobs()
    {
        using var pair = Open(FrameFormat.MaximumSide, 2048);
        var area = new Rectangle(0, 0, FrameFormat.MaximumSide, 2048);
        for (var i = 0; i < 8; i++)
        {
            pair.Screen.Noise(area, _random, 1 << 20);
            _time.Advance(s_picture);
            pair.Send(budget: 8 * 1024);
        }

        Assert.NotNull(pair.Sketch);
        Assert.All(pair.Blobs, blob => Assert.InRange(blob.Length, 2, FrameFormat.MaximumBlobLength));
    }

    [Fact]
    public void What_returns_to_the_old_picture_is_sent_all_the_same()
    {
        using var pair = Open(320, 240);
        Film(pair, pictures: 10);
        pair.Screen.Fill(new Rectangle(0, 0, 320, 240), 0);
        pair.Send();
        _time.Advance(MotionMap.Rest);
        pair.Send();
        Assert.False(pair.Decoder.IsSketched);
        pair.AssertSame();
    }

    [Fact]
    public void A_forked_encoder_knows_what_is_sketched()
    {
        using var pair = Open(320, 240);
        Film(pair, pictures: 10);
        var fork = pair.Encoder.Fork();
        using var tracker = pair.Screen.Track();
        var copy = new FrameCopy();
        _time.Advance(MotionMap.Rest);
        tracker.TryTake(copy);
        var blobs = new List<byte[]>();
        fork.Encode(copy, keyframe: false, int.MaxValue, blobs);
        blobs.ForEach(pair.Decoder.Decode);
        Assert.False(pair.Decoder.IsSketched);
        Assert.True(copy.Pixels.AsSpan().SequenceEqual(pair.Decoder.Pixels));
    }

    [Theory]
    [MemberData(nameof(Spoilt))]
    public void A_sketch_that_makes_no_sense_is_refused(int at, byte value)
    {
        using var pair = Open(320, 240);
        Film(pair, pictures: 10);
        Film(pair, pictures: 1);
        var decoder = new FrameDecoder();
        pair.Blobs.SkipLast(1).ToList().ForEach(decoder.Decode);
        var spoilt = (byte[])pair.Blobs[^1].Clone();
        spoilt[at] = value;
        Assert.Throws<FrameFormatException>(() => decoder.Decode(spoilt));
        Assert.Throws<FrameFormatException>(() => decoder.Decode(pair.Blobs[^1]));
    }

    // Scale; first column and row; columns and rows, none of them and too many.
    public static TheoryData<int, byte> Spoilt() => new() { { 2, 3 }, { 3, 255 }, { 5, 255 }, { 7, 0 }, { 8, 1 }, { 9, 0 }, { 10, 1 } };

    [Fact]
    public void A_sketch_that_ends_early_is_refused()
    {
        using var pair = Open(320, 240);
        Film(pair, pictures: 10);
        var decoder = new FrameDecoder();
        pair.Blobs.SkipLast(1).ToList().ForEach(decoder.Decode);
        Assert.Throws<FrameFormatException>(() => decoder.Decode(pair.Blobs[^1][..11]));
    }

    private FramePair Open(int width, int height, bool isSketching = true)
    {
        var pair = new FramePair(new FrameEncoderOptions(MotionClock: isSketching ? _time : null));
        pair.Screen.Resize(width, height);
        pair.Send();
        return pair;
    }

    private void Film(FramePair pair, int pictures)
    {
        for (var i = 0; i < pictures; i++)
        {
            Move(pair, new Rectangle(0, 0, 320, 240));
        }
    }

    // Smooth shapes under a film's grain.
    private int Move(FramePair pair, Rectangle area, int budget = int.MaxValue)
    {
        var phase = _random.Next(1000);
        var pixels = new uint[area.Width * area.Height];
        for (var i = 0; i < pixels.Length; i++)
        {
            var (x, y) = (i % area.Width, i / area.Width);
            var light = 128 + (60 * Math.Sin((x + phase) / 40.0)) + (50 * Math.Sin((y - phase) / 30.0)) + _random.Next(-6, 7);
            var gray = (uint)Math.Clamp((int)light, 0, 255);
            pixels[i] = (gray << 16) | (gray << 8) | (gray / 2);
        }

        pair.Screen.Write(area, System.Runtime.InteropServices.MemoryMarshal.AsBytes(pixels.AsSpan()));
        _time.Advance(s_picture);
        return pair.Send(budget: budget);
    }

    private static double MeanDistance(SKBitmap picture, Rectangle area, FrameCopy screen)
    {
        var sum = 0.0;
        for (var y = 0; y < area.Height; y++)
        {
            for (var x = 0; x < area.Width; x++)
            {
                var wanted = screen.Pixels[((area.Y + y) * screen.Width) + area.X + x];
                sum += Math.Abs(picture.GetPixel(x, y).Green - (int)((wanted >> 8) & 255));
            }
        }

        return sum / (area.Width * area.Height);
    }
}
