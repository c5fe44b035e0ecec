using Microsoft.Extensions.Time.Testing;
using Preserve.Workers.Streaming;

namespace Preserve.Workers.Tests.Streaming;

public sealed class CreditWindowTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void What_is_sent_takes_credit_and_an_acknowledgement_gives_back_all_up_to_it()
    {
        var window = new CreditWindow(_time);
        window.Sent(1, 1000);
        window.Sent(2, 2000);
        window.Sent(3, 3000);
        Assert.Equal(CreditWindow.Initial - 6000, window.Available);

        _time.Advance(TimeSpan.FromMilliseconds(20));
        Assert.True(window.Acknowledge(2));

        Assert.Equal(window.Size - 3000, window.Available);
    }

    [Fact]
    public void An_acknowledgement_of_what_was_never_sent_is_told_from_one_that_comes_twice()
    {
        var window = new CreditWindow(_time);
        Assert.False(window.Acknowledge(1));
        window.Sent(1, 10);
        Assert.True(window.Acknowledge(1));
        Assert.True(window.Acknowledge(1));
        Assert.False(window.Acknowledge(2));
    }

    [Fact]
    public void Sequence_numbers_wrap_around()
    {
        var window = new CreditWindow(_time);
        window.Sent(uint.MaxValue, 10);
        window.Sent(0, 10);
        Assert.True(window.Acknowledge(0));
        Assert.Equal(window.Size, window.Available);
        Assert.False(window.Acknowledge(1));
    }

    [Fact]
    public void The_window_of_a_slow_line_shrinks_towards_what_it_carries_in_a_quarter_of_a_second()
    {
        // 100 kB a second and 20 ms there and back.
        var window = Run(bytesPerSecond: 100_000, latency: TimeSpan.FromMilliseconds(20), seconds: 20);

        Assert.InRange(window.Size, 20_000, 60_000);
    }

    [Fact]
    public void The_window_of_a_fast_line_grows_and_stays_within_its_bounds()
    {
        var window = Run(bytesPerSecond: 100_000_000, latency: TimeSpan.FromMilliseconds(1), seconds: 3);

        Assert.Equal(CreditWindow.Maximum, window.Size);
    }

    [Fact]
    public void A_far_line_with_room_is_not_throttled_to_the_least()
    {
        // 2 MB a second, 400 ms there and back: 800 kB are on the line at any time.
        var window = Run(bytesPerSecond: 2_000_000, latency: TimeSpan.FromMilliseconds(400), seconds: 30);

        Assert.InRange(window.Size, 600_000, CreditWindow.Maximum);
    }

    [Fact]
    public void The_window_never_falls_below_its_least()
    {
        var window = Run(bytesPerSecond: 100, latency: TimeSpan.FromMilliseconds(20), seconds: 2000);

        Assert.Equal(CreditWindow.Minimum, window.Size);
    }

    [Fact]
    public void A_quiet_screen_does_not_shrink_the_window()
    {
        var window = Run(bytesPerSecond: 10_000_000, latency: TimeSpan.FromMilliseconds(10), seconds: 5);
        var before = window.Size;

        for (uint i = 0; i < 50; i++)
        {
            window.Sent(1_000_000 + i, 40);
            _time.Advance(TimeSpan.FromMilliseconds(10));
            Assert.True(window.Acknowledge(1_000_000 + i));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(before, window.Size);
    }

    [Fact]
    public void A_line_that_becomes_much_slower_gets_no_more_until_what_is_late_has_arrived()
    {
        var window = Run(bytesPerSecond: 10_000_000, latency: TimeSpan.FromMilliseconds(20), seconds: 3);
        window.Forget();
        window.Sent(2_000_000, 10_000);
        Assert.True(window.Available > 1_000_000);

        _time.Advance(TimeSpan.FromSeconds(0.6));

        Assert.Equal(0, window.Available);
        Assert.True(window.Acknowledge(2_000_000));
        Assert.Equal(window.Size, window.Available);
    }

    [Fact]
    public void A_film_on_a_line_that_becomes_slow_is_soon_no_more_than_half_a_second_behind()
    {
        var window = new CreditWindow(_time);
        var (onTheWay, lineFreeAt, sequence) = (new Queue<(uint Sequence, TimeSpan At)>(), TimeSpan.Zero, 0u);
        var worst = TimeSpan.Zero;
        for (var now = TimeSpan.Zero; now < TimeSpan.FromSeconds(20); now += TimeSpan.FromMilliseconds(1))
        {
            while (onTheWay.TryPeek(out var first) && first.At <= now)
            {
                Assert.True(window.Acknowledge(onTheWay.Dequeue().Sequence));
            }

            // 25 pictures a second, drawn as finely as credit allows; 20 MB a second at first, 30 KB from 5 s on.
            var length = Math.Min(33_000, window.Size / 3);
            if (now.Milliseconds % 40 == 0 && window.Available >= length)
            {
                window.Sent(++sequence, length);
                var seconds = length / (now < TimeSpan.FromSeconds(5) ? 20e6 : 30e3);
                lineFreeAt = (lineFreeAt > now ? lineFreeAt : now) + TimeSpan.FromSeconds(seconds);
                onTheWay.Enqueue((sequence, lineFreeAt + TimeSpan.FromMilliseconds(2)));
                worst = now < TimeSpan.FromSeconds(11) || worst > lineFreeAt - now ? worst : lineFreeAt - now;
            }

            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.InRange(worst, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(500));
    }

    [Fact]
    public void Many_small_blobs_are_bounded_by_their_number()
    {
        var window = new CreditWindow(_time);
        for (uint i = 1; i <= CreditWindow.MaximumCount; i++)
        {
            window.Sent(i, 1);
        }

        Assert.Equal(0, window.Available);
        window.Forget();
        Assert.Equal(window.Size, window.Available);
    }

    // A sender that always has something for a line of a known rate and latency.
    private CreditWindow Run(double bytesPerSecond, TimeSpan latency, double seconds)
    {
        const int Length = 4000;
        var window = new CreditWindow(_time);
        var step = TimeSpan.FromMilliseconds(1);
        var onTheWay = new Queue<(uint Sequence, TimeSpan At)>();
        var lineFreeAt = TimeSpan.Zero;
        uint sequence = 1000;
        for (var now = TimeSpan.Zero; now < TimeSpan.FromSeconds(seconds); now += step)
        {
            while (onTheWay.TryPeek(out var first) && first.At <= now)
            {
                Assert.True(window.Acknowledge(onTheWay.Dequeue().Sequence));
            }

            while (window.Available >= Length)
            {
                window.Sent(++sequence, Length);
                lineFreeAt = (lineFreeAt > now ? lineFreeAt : now) + TimeSpan.FromSeconds(Length / bytesPerSecond);
                onTheWay.Enqueue((sequence, lineFreeAt + latency));
            }

            _time.Advance(step);
        }

        return window;
    }
}
