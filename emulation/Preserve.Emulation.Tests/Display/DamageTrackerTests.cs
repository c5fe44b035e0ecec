using System.Runtime.InteropServices;
using Preserve.Emulation.Display;

namespace Preserve.Emulation.Tests.Display;

public class DamageTrackerTests
{
    private readonly Framebuffer _screen = new();
    private readonly FrameCopy _copy = new();

    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    [Fact]
    public void A_tracker_begins_with_the_whole_screen()
    {
        _screen.Resize(70, 50);
        using var tracker = _screen.Track();
        Assert.True(tracker.TryTake(_copy));
        Assert.True(_copy is { Resized: true, CursorChanged: true, Damage.Count: 20, Width: 70, Height: 50 });
        Assert.False(tracker.TryTake(_copy));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_tracker_of_a_screen_without_a_size_takes_nothing_until_it_has_one()
    {
        using var tracker = _screen.Track();
        await tracker.WaitAsync(Patience);
        Assert.False(tracker.TryTake(_copy));
        var waiting = tracker.WaitAsync(Patience);
        _screen.Resize(70, 50);
        await waiting;
        Assert.True(tracker.TryTake(_copy));
    }

    [Fact]
    public void Damage_merges_until_it_is_taken()
    {
        using var tracker = Begin();
        Dot(0, 0, 1);
        Dot(40, 40, 2);
        Dot(40, 40, 3);
        Assert.True(tracker.TryTake(_copy));
        Assert.Equal(2, _copy.Damage.Count);
        Assert.Equal(3u, _copy.Pixels[(40 * 70) + 40]);
        Assert.False(_copy.Resized || _copy.CursorChanged);
    }

    [Fact]
    public void Each_tracker_has_damage_of_its_own()
    {
        using var one = Begin();
        using var other = Begin();
        Dot(0, 0, 1);
        Assert.True(one.TryTake(_copy));
        Assert.False(one.TryTake(_copy));
        Assert.True(other.TryTake(new FrameCopy()));
    }

    [Fact]
    public void A_copy_of_another_size_gets_everything()
    {
        using var tracker = Begin();
        Dot(69, 49, 1);
        var other = new FrameCopy();
        Dot(0, 0, 1);
        tracker.TryTake(_copy);
        Dot(0, 0, 2);
        Assert.True(tracker.TryTake(other));
        Assert.True(other is { Resized: true, Damage.Count: 20 });
        Assert.Equal(_screen.Capture().Pixels, other.Pixels);
    }

    [Fact]
    public void A_resize_there_and_back_between_two_takes_is_told()
    {
        using var tracker = Begin();
        Dot(0, 0, 1);
        _screen.Resize(10, 10);
        _screen.Resize(70, 50);
        Assert.True(tracker.TryTake(_copy));
        Assert.True(_copy is { Resized: true, Damage.Count: 20 });
        Assert.All(_copy.Pixels, pixel => Assert.Equal(0u, pixel));
    }

    [Fact]
    public void A_cursor_alone_damages_no_tile()
    {
        using var tracker = Begin();
        var cursor = new CursorImage(1, 1, 0, 0, [1, 2, 3, 255]);
        _screen.SetCursor(cursor);
        Assert.True(tracker.TryTake(_copy));
        Assert.True(_copy is { CursorChanged: true, Resized: false, Damage.Count: 0 });
        Assert.Same(cursor, _copy.Cursor);
        Assert.Same(cursor, _screen.Capture().Cursor);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_reader_is_woken_at_the_end_of_an_update_and_not_before()
    {
        using var tracker = Begin();
        var waiting = tracker.WaitAsync(Patience);
        _screen.BeginUpdate();
        Dot(0, 0, 1);
        Assert.False(waiting.IsCompleted);
        Dot(40, 40, 1);
        _screen.EndUpdate();
        await waiting;
        tracker.TryTake(_copy);
        Assert.Equal(2, _copy.Damage.Count);
    }

    [Fact]
    public void Nobody_is_woken_by_pixels_written_as_they_were()
    {
        using var tracker = Begin();
        var waiting = tracker.WaitAsync(Patience);
        Dot(0, 0, 0);
        Assert.False(waiting.IsCompleted);
    }

    [Fact(Timeout = 30_000)]
    public async Task Disposing_wakes_the_reader_and_ends_its_taking()
    {
        var tracker = Begin();
        var waiting = tracker.WaitAsync(Patience);
        tracker.Dispose();
        await waiting;
        Dot(0, 0, 1);
        Assert.False(tracker.TryTake(_copy));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => tracker.WaitAsync(Patience));
        tracker.Dispose();
    }

    [Fact(Timeout = 60_000)]
    public async Task Readers_that_come_and_go_while_a_writer_draws_and_resizes_end_with_what_is_shown()
    {
        Begin().Dispose();
        using var stop = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() => FollowAsync(stop.Token), Patience)).ToArray();
        var random = new Random(11);
        for (var i = 0; i < 20_000; i++)
        {
            if (i % 500 == 0)
            {
                _screen.Resize(random.Next(50, 80), random.Next(50, 80));
            }

            Dot(random.Next(50), random.Next(50), (uint)random.Next(100));
        }

        await stop.CancelAsync();
        foreach (var copy in await Task.WhenAll(readers))
        {
            Assert.Equal(_screen.Capture().Pixels, copy.Pixels);
        }
    }

    private async Task<FrameCopy> FollowAsync(CancellationToken stop)
    {
        using var tracker = _screen.Track();
        var copy = new FrameCopy();
        while (!stop.IsCancellationRequested)
        {
            tracker.TryTake(copy);
            using (_screen.Track())
            {
                await Task.Yield();
            }
        }

        tracker.TryTake(copy);
        return copy;
    }

    /// <summary>A screen of 70 x 50 and a tracker that has seen all of it.</summary>
    private DamageTracker Begin()
    {
        if (_screen.Size.Width == 0)
        {
            _screen.Resize(70, 50);
        }

        var tracker = _screen.Track();
        tracker.TryTake(_copy);
        Assert.True(tracker.WaitAsync(Patience).IsCompletedSuccessfully);
        return tracker;
    }

    private void Dot(int x, int y, uint colour) =>
        _screen.Write(new Rectangle(x, y, 1, 1), MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in colour)));
}
