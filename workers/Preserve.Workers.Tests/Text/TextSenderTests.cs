using Microsoft.Extensions.Time.Testing;
using Preserve.Emulation.Display;
using Preserve.Emulation.Machines;
using Preserve.Workers.Tests.Running;
using Preserve.Workers.Text;

namespace Preserve.Workers.Tests.Text;

public sealed class TextSenderTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly Framebuffer _framebuffer = new();
    private readonly ScreenOfText _machine = new();
    private readonly SharedText _shared;
    private readonly List<TextMessage?> _sent = [];

    public TextSenderTests() => _shared = new SharedText(_machine, _framebuffer, _time);

    [Fact(Timeout = 60_000)]
    public async Task Changes_between_two_messages_are_merged_into_one()
    {
        Show("one");
        await using var sender = new TextSender(_shared, "cp437", SendAsync, _time);
        await Waiting.UntilAsync(() => Count == 1, "the first message");
        for (var i = 0; i < 10; i++)
        {
            Show($"step {i}");
        }

        await TickAsync();

        await Waiting.UntilAsync(() => Count == 2, "the second message");
        Assert.Equal("step 9", Assert.Single(Last!.Lines).Text);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_screen_that_does_not_change_is_not_read_again()
    {
        Show("still");
        await using var sender = new TextSender(_shared, "cp437", SendAsync, _time);
        await Waiting.UntilAsync(() => Count == 1, "the first message");

        for (var i = 0; i < 20; i++)
        {
            await TickAsync();
        }

        Assert.Equal(1, _machine.Readings);
        Assert.Equal(1, Count);
    }

    [Fact(Timeout = 60_000)]
    public async Task Any_number_of_readers_make_one_reading_of_each_picture()
    {
        Show("shared");

        await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => _shared.ReadAsync(TestContext.Current.CancellationToken)));

        Assert.Equal(1, _machine.Readings);
    }

    [Fact(Timeout = 60_000)]
    public async Task No_text_is_told_once_and_only_when_it_lasts()
    {
        Show("text");
        await using var sender = new TextSender(_shared, "cp437", SendAsync, _time);
        await Waiting.UntilAsync(() => Count == 1, "the first message");

        Show(null);
        await TickAsync();
        Show("text");
        await TickAsync();
        Assert.Equal(1, Count);

        Show(null);
        for (var i = 0; i < 10; i++)
        {
            await TickAsync();
        }

        await Waiting.UntilAsync(() => Count == 2, "the message that there is no text");
        Assert.Null(Last);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_cursor_that_is_dark_for_a_moment_is_where_it_was()
    {
        Show("A:\\>", 4);
        var lit = await _shared.ReadAsync(TestContext.Current.CancellationToken);
        _time.Advance(TextSender.Interval);
        Show("A:\\>", null);

        var dark = await _shared.ReadAsync(TestContext.Current.CancellationToken);

        Assert.Equal(4, lit!.CursorColumn);
        Assert.Equal(4, dark!.CursorColumn);
    }

    public void Dispose() => _shared.Dispose();

    private int Count
    {
        get
        {
            lock (_sent)
            {
                return _sent.Count;
            }
        }
    }

    private TextMessage? Last
    {
        get
        {
            lock (_sent)
            {
                return _sent[^1];
            }
        }
    }

    private Task SendAsync(TextMessage? message, CancellationToken cancellationToken)
    {
        lock (_sent)
        {
            _sent.Add(message);
        }

        return Task.CompletedTask;
    }

    private void Show(string? line, int? cursor = null)
    {
        _machine.Now = line is null ? null : new TextScreen(80, 1, [line.PadRight(80)], cursor, cursor is null ? null : 0);

        // What a reader goes by is that the picture changed.
        _framebuffer.SetCursor(null);
    }

    /// <summary>One interval, and time for the sender to look.</summary>
    private async Task TickAsync()
    {
        _time.Advance(TextSender.Interval);
        await Task.Delay(20, TestContext.Current.CancellationToken);
    }

    private sealed class ScreenOfText : IMachineText
    {
        private int _readings;

        public TextScreen? Now { get; set; }

        public int Readings => _readings;

        public Task<TextScreen?> ReadAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _readings);
            return Task.FromResult(Now);
        }

        public Task<TextScreen?> ReadAsync(FrameCopy picture, CancellationToken cancellationToken) => ReadAsync(cancellationToken);
    }
}
