using Preserve.Emulation.Display;
using Preserve.Regression.Settling;
using static Preserve.Regression.Tests.Settling.Screens;

namespace Preserve.Regression.Tests.Settling;

public class SettleDetectorTests
{
    private static readonly TimeSpan s_blink = TimeSpan.FromMilliseconds(300);

    private readonly SettleDetector _detector = new(new SettleOptions { Quiet = TimeSpan.FromSeconds(2), Maximum = TimeSpan.FromSeconds(60) });
    private TimeSpan _now = TimeSpan.FromHours(1);

    [Fact]
    public void A_still_screen_settles_after_the_quiet_time()
    {
        Assert.Equal(SettleState.Settling, _detector.Observe(Prompt, _now).State);
        Assert.Equal(SettleState.Settling, _detector.Advance(_now + TimeSpan.FromSeconds(1.9)).State);
        var settled = _detector.Advance(_now + TimeSpan.FromSeconds(2));
        Assert.Equal(SettleState.Settled, settled.State);
        Assert.Equal(Picture.DigestOf(Prompt), settled.Representative!.Digest);
    }

    [Fact]
    public void A_blinking_cursor_does_not_keep_a_screen_from_settling()
    {
        Show(TimeSpan.FromSeconds(3), Prompt, PromptWithCursor);
        Assert.Equal(SettleState.Settled, _detector.Result.State);
        Assert.Equal(2, _detector.Result.Pictures.Count);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void The_representative_of_a_blinking_screen_has_the_cursor_whichever_came_first(bool isCursorFirst)
    {
        Show(TimeSpan.FromSeconds(3), isCursorFirst ? [PromptWithCursor, Prompt] : [Prompt, PromptWithCursor]);
        Assert.Equal(Picture.DigestOf(PromptWithCursor), _detector.Result.Representative!.Digest);
    }

    [Fact]
    public void A_picture_that_only_flashes_does_not_represent_the_screen()
    {
        _detector.Observe(Noise(1), _now);
        Show(TimeSpan.FromMilliseconds(20), s_tick, Noise(1));
        Show(TimeSpan.FromSeconds(1.9), s_blink, Prompt);
        Show(TimeSpan.FromMilliseconds(20), s_tick, Noise(1));
        Show(TimeSpan.FromSeconds(2), s_blink, Prompt);
        Assert.Equal(SettleState.Settled, _detector.Result.State);
        Assert.Equal(Picture.DigestOf(Prompt), _detector.Result.Representative!.Digest);
    }

    [Fact]
    public void Pictures_of_the_screen_before_do_not_belong_to_a_settled_one()
    {
        Show(TimeSpan.FromSeconds(1), Noise(1), Noise(2));
        Show(TimeSpan.FromSeconds(2.5), Prompt, PromptWithCursor);
        Assert.Equal(SettleState.Settled, _detector.Result.State);
        Assert.Equal(2, _detector.Result.Pictures.Count);
    }

    [Fact]
    public void Something_new_on_a_settled_screen_unsettles_it_and_it_settles_again()
    {
        Show(TimeSpan.FromSeconds(3), Prompt);
        Assert.Equal(SettleState.Settling, _detector.Observe(Noise(1), _now).State);
        Show(TimeSpan.FromSeconds(3), Noise(1));
        Assert.Equal(Picture.DigestOf(Noise(1)), _detector.Result.Representative!.Digest);
    }

    [Fact]
    public void An_animation_never_settles()
    {
        Show(TimeSpan.FromSeconds(70), [.. Enumerable.Range(0, 500).Select(Noise)]);
        Assert.Equal(SettleState.NeverSettles, _detector.Result.State);
    }

    [Fact]
    public void An_animation_that_repeats_never_settles_when_it_has_more_pictures_than_a_blinking_screen()
    {
        Show(TimeSpan.FromSeconds(70), TimeSpan.FromMilliseconds(100), [.. Enumerable.Range(0, 9).Select(Noise)]);
        Assert.Equal(SettleState.NeverSettles, _detector.Result.State);
    }

    [Fact]
    public void Never_settling_is_final()
    {
        Show(TimeSpan.FromSeconds(70), [.. Enumerable.Range(0, 500).Select(Noise)]);
        Show(TimeSpan.FromSeconds(10), Prompt);
        Assert.Equal(SettleState.NeverSettles, _detector.Result.State);
    }

    [Fact]
    public void The_time_to_give_up_starts_anew_when_a_settled_screen_changes()
    {
        Show(TimeSpan.FromSeconds(100), Prompt);
        Show(TimeSpan.FromSeconds(50), [.. Enumerable.Range(0, 500).Select(Noise)]);
        Assert.Equal(SettleState.Settling, _detector.Result.State);
    }

    [Fact]
    public void A_blank_screen_is_given_more_time()
    {
        Show(TimeSpan.FromSeconds(29), Blank);
        Assert.Equal(SettleState.Settling, _detector.Result.State);
        Show(TimeSpan.FromSeconds(2), Blank);
        Assert.Equal(SettleState.Settled, _detector.Result.State);
        Assert.True(_detector.Result.IsBlank);
    }

    [Fact]
    public void A_screen_without_a_size_yet_is_passed_over()
    {
        Assert.Equal(SettleState.Settling, _detector.Observe(new(), _now).State);
        Assert.Equal(SettleState.Settling, _detector.Advance(_now + TimeSpan.FromHours(1)).State);
    }

    [Fact]
    public void Time_that_runs_backwards_is_refused()
    {
        _detector.Observe(Prompt, _now);
        Assert.Throws<ArgumentOutOfRangeException>(() => _detector.Advance(_now - TimeSpan.FromTicks(1)));
    }

    [Fact]
    public void Every_option_out_of_range_is_named()
    {
        var options = new SettleOptions { Quiet = TimeSpan.Zero, MaximumPictures = 0, MinimumShare = 2 };
        var refused = Assert.Throws<ArgumentException>(() => new SettleDetector(options));
        Assert.Contains("Quiet", refused.Message, StringComparison.Ordinal);
        Assert.Contains("MaximumPictures", refused.Message, StringComparison.Ordinal);
        Assert.Contains("MinimumShare", refused.Message, StringComparison.Ordinal);
    }

    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(20);

    /// <summary>Shows the screens in turn, each for one blink, for this long.</summary>
    private void Show(TimeSpan duration, params FrameCopy[] screens) => Show(duration, s_blink, screens);

    private void Show(TimeSpan duration, TimeSpan each, params FrameCopy[] screens)
    {
        var end = _now + duration;
        for (var i = 0; _now < end; i++)
        {
            _detector.Observe(screens[i % screens.Length], _now);
            _now += _now + each < end ? each : end - _now;
        }

        _detector.Advance(_now);
    }
}
