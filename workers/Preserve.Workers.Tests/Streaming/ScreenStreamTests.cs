using Microsoft.Extensions.Time.Testing;
using Preserve.Emulation.Display;
using Preserve.Workers.Streaming;
using Preserve.Workers.Tests.Frames;
using Preserve.Workers.Tests.Running;

namespace Preserve.Workers.Tests.Streaming;

public sealed class ScreenStreamTests : IAsyncLifetime
{
    // Longer than the patience of what waits within, which fails with more to say.
    private const int Limit = 90_000;

    // Who fell behind joins after a minute of this clock at most, which is twelve changes; the rest is for the clock's own ticks, which go on meanwhile.
    private const int MostRounds = 200;

    private readonly FakeTimeProvider _time = new();
    private readonly Framebuffer _screen = new();
    private readonly Random _random = new(5);
    private readonly List<StreamViewer> _viewers = [];
    private readonly ScreenStream _stream;
    private readonly CancellationTokenSource _ending = new();
    private Task _clock = Task.CompletedTask;

    public ScreenStreamTests() => _stream = new ScreenStream(_screen, _time);

    public ValueTask InitializeAsync()
    {
        _screen.Resize(320, 200);
        _screen.Noise(new Rectangle(0, 0, 320, 200), _random, 16);
        _clock = TickAsync();
        return default;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var viewer in _viewers)
        {
            await viewer.DisposeAsync();
        }

        await _ending.CancelAsync();
        await _clock;
        _ending.Dispose();
    }

    [Fact(Timeout = Limit)]
    public async Task Viewers_who_keep_up_are_encoded_for_once_and_get_the_very_same_blobs()
    {
        var viewers = Enumerable.Range(0, 6).Select(_ => Join()).ToList();
        await BecomeOneGroupAsync();
        var (encoded, had) = (_stream.BlobsEncoded, viewers.ConvertAll(viewer => viewer.Blobs.Count));

        for (var i = 0; i < 20; i++)
        {
            await ChangeAsync();
        }

        var shared = viewers[0].Blobs.Skip(had[0]).ToList();
        Assert.Equal(shared.Count, _stream.BlobsEncoded - encoded);
        for (var i = 1; i < viewers.Count; i++)
        {
            Assert.Equal(shared, viewers[i].Blobs.Skip(had[i]), ReferenceEqualityComparer.Instance);
        }
    }

    [Fact(Timeout = Limit)]
    public async Task Who_comes_later_gets_a_keyframe_that_the_others_do_not_pay_for()
    {
        var first = Join();
        await BecomeOneGroupAsync();
        var before = first.Bytes;

        var late = Join();
        await BecomeOneGroupAsync();

        Assert.Equal(1, first.WholeKeyframes);
        Assert.Equal(1, late.WholeKeyframes);

        // Drawing that made them meet, one cell each, and a keyframe that keeps the picture.
        Assert.InRange(first.Bytes - before, 1, late.Bytes / 10);
    }

    [Fact(Timeout = Limit)]
    public async Task A_viewer_who_stalls_gets_no_more_than_its_credit_and_disturbs_nobody()
    {
        var (good, other, stalled) = (Join(), Join(), Join());
        await BecomeOneGroupAsync();
        stalled.Stall();
        var before = stalled.Bytes;
        while (_stream.GroupCount == 1)
        {
            _screen.Noise(new Rectangle(0, 0, 160, 100), _random, 256);
            await SeeAsync(good, other);
        }

        var had = stalled.Bytes;
        for (var i = 0; i < 40; i++)
        {
            _screen.Noise(new Rectangle(0, 0, 160, 100), _random, 256);
            await SeeAsync(good, other);
        }

        Assert.InRange(had - before, 1, CreditWindow.Maximum);
        Assert.Equal(had, stalled.Bytes);
        Assert.Equal(2, _stream.GroupCount);
        Assert.Equal(1, good.WholeKeyframes);
        Assert.Equal(good.Blobs.TakeLast(20), other.Blobs.TakeLast(20), ReferenceEqualityComparer.Instance);
    }

    [Fact(Timeout = Limit)]
    public async Task A_viewer_who_fell_behind_goes_on_from_what_it_sees_and_joins_the_others_again()
    {
        var (good, stalled) = (Join(), Join());
        await BecomeOneGroupAsync();
        stalled.Stall();
        await Waiting.UntilAsync(
            () =>
            {
                _screen.Noise(new Rectangle(0, 0, 320, 200), _random, 256);
                return _stream.GroupCount == 2;
            },
            "the stalled one to be left behind");

        stalled.Resume();
        await BecomeOneGroupAsync();
        await ChangeAsync();

        Assert.Equal(1, stalled.WholeKeyframes);
        Assert.Equal(1, good.WholeKeyframes);
    }

    [Fact(Timeout = Limit)]
    public async Task A_keyframe_for_one_who_lost_its_way_is_for_that_one_only()
    {
        var (good, lost) = (Join(), Join());
        await BecomeOneGroupAsync();

        lost.Frames.RequestKeyframe();
        await Waiting.UntilAsync(() => lost.WholeKeyframes == 2, "another keyframe");
        await BecomeOneGroupAsync();

        Assert.Equal(1, good.WholeKeyframes);
    }

    [Fact(Timeout = Limit)]
    public async Task Who_looks_away_gets_nothing_and_costs_nothing_until_looking_again()
    {
        var (good, away) = (Join(), Join());
        await BecomeOneGroupAsync();
        away.Frames.SetVisible(false);
        await Waiting.UntilAsync(() => away.Frames.Group is null, "the one who looks away to have no group");
        var (blobs, encoded) = (away.Blobs.Count, _stream.BlobsEncoded);

        for (var i = 0; i < 10; i++)
        {
            _screen.Fill(new Rectangle(16 * i, 0, 16, 16), (uint)_random.Next(1 << 24));
            await SeeAsync(good);
        }

        Assert.Equal(blobs, away.Blobs.Count);
        Assert.Equal(10, _stream.BlobsEncoded - encoded);
        away.Frames.SetVisible(true);
        await ChangeAsync();
        Assert.Equal(2, away.WholeKeyframes);
    }

    [Fact(Timeout = Limit)]
    public async Task No_group_is_left_when_everybody_has_left()
    {
        var viewers = Enumerable.Range(0, 3).Select(_ => Join()).ToList();
        await ChangeAsync();
        foreach (var viewer in viewers)
        {
            await viewer.DisposeAsync();
        }

        _viewers.Clear();
        await Waiting.UntilAsync(() => _stream.GroupCount == 0, "the last group to end");
    }

    [Fact(Timeout = Limit)]
    public async Task Viewers_who_come_stall_look_away_and_leave_at_random_end_up_with_the_same_picture()
    {
        for (var step = 0; step < 250; step++)
        {
            RandomDrawing.Draw(_screen, _random);
            var any = _viewers.Count == 0 ? null : _viewers[_random.Next(_viewers.Count)];
            switch (_random.Next(8))
            {
                case 0 when _viewers.Count < 8:
                    Join(_random.Next(5) > 0);
                    break;
                case 1 when any is not null:
                    any.Stall();
                    break;
                case 2:
                    any?.Resume();
                    break;
                case 3:
                    any?.Frames.SetVisible(_random.Next(2) == 0);
                    break;
                case 4:
                    any?.Frames.RequestKeyframe();
                    break;
                case 5 when any is not null && _random.Next(3) == 0:
                    _viewers.Remove(any);
                    await any.DisposeAsync();
                    break;
                default:
                    await Task.Yield();
                    break;
            }
        }

        foreach (var viewer in _viewers)
        {
            viewer.Frames.SetVisible(true);
            viewer.Resume();
        }

        await BecomeOneGroupAsync();
        await ChangeAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task Sizes_without_sense_and_floods_of_damage_on_one_screen_leave_the_viewers_of_another_in_step()
    {
        Join();
        await ChangeAsync();
        var wild = new Framebuffer();
        var flooded = new StreamViewer(new ScreenStream(wild, _time));
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var flood = Task.Run(() => Flood(wild, ending.Token), ending.Token);
        await Waiting.UntilAsync(() => flooded.Blobs.Count > 20, "the flooded viewer to get something");

        for (var i = 0; i < 20; i++)
        {
            await ChangeAsync();
        }

        await ending.CancelAsync();
        await flood;
        wild.Resize(64, 48);
        await Waiting.UntilAsync(() => flooded.Sees(wild), "the flooded viewer to see the last size");
        Assert.Null(flooded.Failure);
        await flooded.DisposeAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task What_was_sketched_becomes_exact_although_the_screen_says_nothing_more_and_then_viewers_are_one_group()
    {
        var first = Join();
        await ChangeAsync();
        for (var picture = 0; !first.IsSketched; picture++)
        {
            Assert.True(picture < MostRounds, $"No sketch after {picture} pictures. {Describe()}");
            _screen.Noise(new Rectangle(0, 0, 320, 200), _random, 4096);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Join();
        await SeeAsync([.. _viewers]);
        Assert.False(first.IsSketched);
        await BecomeOneGroupAsync();
    }

    private StreamViewer Join(bool isVisible = true)
    {
        var viewer = new StreamViewer(_stream, isVisible);
        _viewers.Add(viewer);
        return viewer;
    }

    /// <summary>Changes a cell and waits until everybody sees it.</summary>
    private async Task ChangeAsync()
    {
        _screen.Fill(new Rectangle(16 * _random.Next(4), 16 * _random.Next(4), 16, 16).ClipTo(_screen.Size.Width, _screen.Size.Height), (uint)_random.Next(1 << 24));
        await SeeAsync([.. _viewers]);
        Assert.All(_viewers, viewer => Assert.Null(viewer.Failure));
    }

    private Task SeeAsync(params StreamViewer[] viewers) => Waiting.UntilAsync(
        () => viewers.All(viewer => viewer.Sees(_screen)),
        "the change to be seen",
        Describe);

    private string Describe() =>
        $"The screen is {_screen.Size.Width} x {_screen.Size.Height}, {_stream.GroupCount} groups, {_stream.BlobsEncoded} blobs:\n{string.Join("\n", _viewers.Select(viewer => viewer.Describe(_screen)))}";

    private static void Flood(Framebuffer screen, CancellationToken cancellationToken)
    {
        var random = new Random(1);
        for (var i = 0; !cancellationToken.IsCancellationRequested; i++)
        {
            if (i % 50 == 0)
            {
                screen.Resize(i % 100 == 0 ? Framebuffer.MaximumSide : 1, Framebuffer.MaximumSide);
            }

            screen.Noise(new Rectangle(0, random.Next(64) * 64, Framebuffer.MaximumSide, 64), random, 1 << 24);
        }
    }

    // Time goes by as slowly as a busy machine needs: being late is decided by this clock.
    private async Task TickAsync()
    {
        while (!_ending.IsCancellationRequested)
        {
            _time.Advance(TimeSpan.FromMilliseconds(4));
            await Task.Delay(4, CancellationToken.None);
        }
    }

    /// <summary>Draws now and then, as a screen does, until all viewers are one group.</summary>
    private async Task BecomeOneGroupAsync()
    {
        await ChangeAsync();
        for (var round = 0; _stream.GroupCount > 1; round++)
        {
            Assert.True(round < MostRounds, $"Not one group after {round} changes. {Describe()}");
            await Waiting.UntilAsync(() => _viewers.All(viewer => viewer.HasBeenHeard), "acknowledgements to arrive", Describe);
            _time.Advance(TimeSpan.FromSeconds(5));
            await ChangeAsync();
        }
    }
}
