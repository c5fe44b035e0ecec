using System.Runtime.InteropServices;
using Preserve.Emulation.Display;

namespace Preserve.Emulation.Tests.Display;

public class FramebufferTests
{
    private readonly Framebuffer _screen = new();

    public FramebufferTests() => _screen.Resize(70, 50);

    [Fact]
    public void What_lies_outside_the_screen_is_dropped()
    {
        Fill(new Rectangle(-5, -5, 10, 10), 1);
        Fill(new Rectangle(65, 45, 10, 10), 2);
        Fill(new Rectangle(500, 500, 10, 10), 3);
        var shown = _screen.Capture().Pixels;
        Assert.Equal((25, 25, 0), (shown.Count(p => p == 1), shown.Count(p => p == 2), shown.Count(p => p == 3)));
    }

    [Fact]
    public void The_unused_byte_of_a_pixel_is_dropped()
    {
        Fill(new Rectangle(0, 0, 70, 50), 0xFF123456);
        Assert.All(_screen.Capture().Pixels, pixel => Assert.Equal(0x123456u, pixel));
    }

    [Fact]
    public void Too_few_pixels_are_refused_before_anything_is_written()
    {
        Assert.Throws<ArgumentException>(() => _screen.Write(new Rectangle(0, 0, 10, 10), Enumerable.Repeat((byte)1, 399).ToArray()));
        Assert.All(_screen.Capture().Pixels, pixel => Assert.Equal(0u, pixel));
    }

    [Theory, InlineData(0, 10), InlineData(10, 4097), InlineData(-1, 10)]
    public void A_size_out_of_range_is_refused(int width, int height) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _screen.Resize(width, height));

    [Fact]
    public void The_generation_counts_changes_only()
    {
        Fill(new Rectangle(0, 0, 70, 50), 7);
        var generation = _screen.Generation;
        Fill(new Rectangle(0, 0, 70, 50), 7);
        _screen.Copy(0, 0, new Rectangle(20, 20, 30, 30));
        Assert.Equal(generation, _screen.Generation);
        Fill(new Rectangle(69, 49, 1, 1), 8);
        Assert.Equal(generation + 1, _screen.Generation);
    }

    [Fact]
    public void Copies_move_pixels_as_if_through_a_second_screen_and_damage_what_differs()
    {
        var random = new Random(3);
        using var tracker = _screen.Track();
        var seen = new FrameCopy();
        for (var i = 0; i < 500; i++)
        {
            Fill(new Rectangle(random.Next(70), random.Next(50), random.Next(1, 20), random.Next(1, 20)), (uint)random.Next(4));
            tracker.TryTake(seen);
            var area = new Rectangle(random.Next(-5, 70), random.Next(-5, 50), random.Next(1, 70), random.Next(1, 50));
            var (fromX, fromY) = (random.Next(-5, 70), random.Next(-5, 50));
            var expected = Moved(seen, fromX, fromY, area);
            _screen.Copy(fromX, fromY, area);
            var before = seen.Pixels.ToArray();
            var isDamaged = tracker.TryTake(seen);
            Assert.Equal(expected, seen.Pixels);
            Assert.Equal(DifferingTiles(before, expected), isDamaged ? seen.Damage.Count : 0);
        }
    }

    [Fact]
    public void Writes_damage_exactly_the_tiles_that_differ()
    {
        var random = new Random(5);
        using var tracker = _screen.Track();
        var seen = new FrameCopy();
        tracker.TryTake(seen);
        for (var i = 0; i < 1000; i++)
        {
            var before = seen.Pixels.ToArray();
            Fill(new Rectangle(random.Next(-9, 70), random.Next(-9, 50), random.Next(1, 70), random.Next(1, 50)), (uint)random.Next(2));
            var isDamaged = tracker.TryTake(seen);
            Assert.Equal(_screen.Capture().Pixels, seen.Pixels);
            Assert.Equal(DifferingTiles(before, seen.Pixels), isDamaged ? seen.Damage.Count : 0);
        }
    }

    private static uint[] Moved(FrameCopy screen, int fromX, int fromY, Rectangle target)
    {
        var moved = screen.Pixels.ToArray();
        var visible = target.ClipTo(70, 50);
        var (left, top) = (fromX + visible.X - target.X, fromY + visible.Y - target.Y);
        if (left < 0 || top < 0 || left + visible.Width > 70 || top + visible.Height > 50)
        {
            return moved;
        }

        for (var y = 0; y < visible.Height; y++)
        {
            for (var x = 0; x < visible.Width; x++)
            {
                moved[((visible.Y + y) * 70) + visible.X + x] = screen.Pixels[((top + y) * 70) + left + x];
            }
        }

        return moved;
    }

    private static int DifferingTiles(uint[] before, uint[] after) =>
        Enumerable.Range(0, before.Length).Where(i => before[i] != after[i]).Select(i => (i % 70 / 16, i / 70 / 16)).Distinct().Count();

    private void Fill(Rectangle area, uint colour)
    {
        var pixels = new uint[area.Width * area.Height];
        pixels.AsSpan().Fill(colour);
        _screen.Write(area, MemoryMarshal.AsBytes(pixels.AsSpan()));
    }
}
