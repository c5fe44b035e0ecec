using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR.Client;
using Preserve.Catalog.Sessions;
using Preserve.Workers.Sessions;
using Preserve.Workers.Tests.Running;
using Preserve.Workers.Text;
using Preserve.Workers.Typing;

namespace Preserve.Workers.Tests.Text;

public sealed class TextHubTests(StarterWorker starter) : IClassFixture<StarterWorker>
{
    private const string Greeting = "Echo: type, and see what you type.";

    private Worker Worker => starter.Worker;

    [Fact(Timeout = 120_000)]
    public async Task Text_comes_only_to_who_asked_and_only_until_he_stops()
    {
        var session = await Worker.BeginAsync("echo");
        await using var reader = await ReaderAsync(session);
        await reader.Player.LitPictureAsync(500);
        Assert.Empty(reader.Messages);

        await reader.Player.SendAsync("ReadText", 0, true);
        await reader.SeesAsync(Greeting);
        await reader.Player.TypeAsync(0x23);
        await reader.SeesAsync("> h");
        Assert.True(reader.Messages.ElementAt(0)!.IsWhole);
        Assert.False(reader.Messages.Last()!.IsWhole);

        await reader.Player.SendAsync("ReadText", 0, false);
        var before = reader.Messages.Count;
        await reader.Player.TypeAsync(0x12);
        await Waiting.UntilAsync(
            async () => (await TextAsync(session)).Screen?.Lines.Any(line => line.StartsWith("> he", StringComparison.Ordinal)) == true, "the key");
        Assert.Equal(before, reader.Messages.Count);
        await EndAsync(session);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_graphics_screen_is_told_to_be_no_text_and_its_memory_is_never_looked_at()
    {
        var session = await Worker.BeginAsync("painter");
        await using var reader = await ReaderAsync(session);
        await Waiting.UntilAsync(() => reader.Player.Lit > 50_000, "the painter's sheet");

        await reader.Player.SendAsync("ReadText", 0, true);
        await Waiting.UntilAsync(() => !reader.Messages.IsEmpty, "an answer");

        Assert.All(reader.Messages, Assert.Null);
        Assert.Equal(ReadTextOutcome.NoTextScreen, (await TextAsync(session)).Outcome);
        Assert.Empty(Directory.EnumerateFiles(Worker.RunFolder, "textpage", SearchOption.AllDirectories));
        await EndAsync(session);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_pasted_text_arrives_whole_and_its_progress_is_told()
    {
        var session = await Worker.BeginAsync("echo");
        await using var reader = await ReaderAsync(session);
        await reader.Player.LitPictureAsync(500);
        const string text = "hello, museum! (\"100%\" typed)";

        var problem = await reader.Player.Connection.InvokeAsync<string?>("TypeText", 0, text, null, false, TestContext.Current.CancellationToken);

        Assert.Null(problem);
        await Waiting.UntilAsync(() => reader.Typing.Any(message => message.Outcome is not null), "the end of the typing");
        Assert.Equal(("typed", text.Length, text.Length), (reader.Typing.Last().Outcome, reader.Typing.Last().Typed, reader.Typing.Last().Total));
        await reader.Player.SendAsync("ReadText", 0, true);
        await reader.SeesAsync("> " + text);
        await EndAsync(session);
    }

    [Fact(Timeout = 120_000)]
    public async Task Keys_that_are_pressed_meanwhile_do_not_change_what_is_typed()
    {
        var session = await Worker.BeginAsync("echo");
        await using var reader = await ReaderAsync(session);
        await reader.Player.LitPictureAsync(500);
        await reader.Player.SendAsync("ReadText", 0, true);
        for (var round = 0; round < 10; round++)
        {
            await reader.Player.SendAsync("Key", 0, 0x1D, 0u, true);
            await reader.Player.SendAsync("Key", 0, 0x2A, 0u, true);
            await reader.Player.Connection.InvokeAsync<string?>("TypeText", 0, $"hello {round}\n", null, false, TestContext.Current.CancellationToken);
            await reader.Player.SendAsync("Key", 0, 0x1D, 0u, true);
            await reader.Player.SendAsync("ReleaseAll", 0);
            var line = $"> hello {round}";
            await reader.SeesAsync(line);
            await Waiting.UntilAsync(() => reader.Typing.Count(message => message.Outcome is not null) > round, "the end of the typing");
        }

        await EndAsync(session);
    }

    [Fact(Timeout = 120_000)]
    public async Task What_cannot_be_typed_is_said_before_and_left_out()
    {
        var session = await Worker.BeginAsync("echo");
        await using var reader = await ReaderAsync(session);
        await reader.Player.LitPictureAsync(500);

        var plan = await reader.Player.Connection.InvokeAsync<TypingPlanMessage>("PlanText", 0, "caf\u00e9 \u2602", "us", TestContext.Current.CancellationToken);
        await reader.Player.Connection.InvokeAsync<string?>("TypeText", 0, "caf\u00e9 \u2602", "us", false, TestContext.Current.CancellationToken);

        Assert.Equal(["\u00e9", "\u2602"], plan.Unknown);
        Assert.Equal(["\u00e9"], plan.ByNumber);
        await Waiting.UntilAsync(() => reader.Typing.Any(message => message.Outcome == "typed"), "the end of the typing");
        Assert.Equal(["\u00e9", "\u2602"], reader.Typing.Last().Unknown);
        await EndAsync(session);
    }

    [Fact(Timeout = 120_000)]
    public async Task Typing_is_stopped_when_asked_and_when_the_connection_is_gone()
    {
        var session = await Worker.BeginAsync("echo");
        await using var first = await ReaderAsync(session);
        await first.Player.LitPictureAsync(500);
        var text = string.Concat(Enumerable.Repeat("0123456789", 1000));
        await first.Player.Connection.InvokeAsync<string?>("TypeText", 0, text, null, false, TestContext.Current.CancellationToken);
        Assert.Contains("being typed", await first.Player.Connection.InvokeAsync<string?>("TypeText", 0, "x", null, false, TestContext.Current.CancellationToken));
        await Waiting.UntilAsync(() => first.Typing.Any(message => message.Typed > 0), "some keys");

        await first.Player.SendAsync("StopTyping", 0);
        await Waiting.UntilAsync(() => first.Typing.LastOrDefault()?.Outcome == "stopped", "the typing to stop");
        Assert.InRange(first.Typing.Last().Typed, 1, text.Length - 1);

        await first.Player.Connection.InvokeAsync<string?>("TypeText", 0, text, null, false, TestContext.Current.CancellationToken);
        await first.Player.DisposeAsync();
        await Waiting.UntilAsync(
            async () => (await Worker.Sessions.TypeAsync(session.View.Id, 0, new TypeRequest("x", null, false, false), TestContext.Current.CancellationToken)).Outcome
                == TypeOutcome.Typed,
            "the keyboard to be free");
        await EndAsync(session);
    }

    [Fact(Timeout = 120_000)]
    public async Task Typing_by_the_service_types_all_or_says_why_it_typed_nothing()
    {
        var session = await Worker.BeginAsync("echo");
        await Waiting.UntilAsync(async () => (await TextAsync(session)).Screen?.Lines[0].StartsWith(Greeting, StringComparison.Ordinal) == true, "the guest");

        var unknown = await TypeAsync(session, new TypeRequest("caf\u00e9", null, false, SkipUnknown: false));
        var typed = await TypeAsync(session, new TypeRequest("cafe", null, false, SkipUnknown: false));

        Assert.Equal((TypeOutcome.HasUnknown, 0, "\u00e9"), (unknown.Outcome, unknown.Typed, unknown.Unknown.Single()));
        Assert.Equal((TypeOutcome.Typed, 4), (typed.Outcome, typed.Typed));
        Assert.Equal(TypeOutcome.TooLong, (await TypeAsync(session, new TypeRequest(new string('a', 10_001), null, false, false))).Outcome);
        Assert.Equal(TypeOutcome.NoSuchLayout, (await TypeAsync(session, new TypeRequest("a", "xx", false, false))).Outcome);
        await Waiting.UntilAsync(
            async () => (await TextAsync(session)).Screen?.Lines.Any(line => line.TrimEnd() == "> cafe") == true, "the text");
        await EndAsync(session);
    }

    private async Task<Reader> ReaderAsync(StartedSession session)
    {
        var player = await Player.ConnectAsync(Worker, session.Ticket.Token);
        var reader = new Reader(player);
        await player.StateAsync("running");
        return reader;
    }

    private Task<ReadText> TextAsync(StartedSession session) => Worker.Sessions.ReadTextAsync(session.View.Id, 0, TestContext.Current.CancellationToken);

    private Task<TypeResult> TypeAsync(StartedSession session, TypeRequest request) =>
        Worker.Sessions.TypeAsync(session.View.Id, 0, request, TestContext.Current.CancellationToken);

    private Task EndAsync(StartedSession session) =>
        Worker.Sessions.EndAsync(session.View.Id, SessionEndReason.Stopped, TestContext.Current.CancellationToken);

    /// <summary>A player that keeps what it is told of text and typing.</summary>
    private sealed class Reader : IAsyncDisposable
    {
        private readonly ConcurrentDictionary<int, string> _lines = new();

        public Reader(Player player)
        {
            Player = player;
            player.Connection.On<int, TextMessage?>("text", Receive);
            player.Connection.On<int, TypingMessage>("typing", (_, message) => Typing.Enqueue(message));
        }

        public Player Player { get; }

        public ConcurrentQueue<TextMessage?> Messages { get; } = new();

        public ConcurrentQueue<TypingMessage> Typing { get; } = new();

        public Task SeesAsync(string text) => Waiting.UntilAsync(
            () => _lines.Values.Any(line => line.StartsWith(text, StringComparison.Ordinal)), $"the text {text}", () => string.Join('|', _lines.Values));

        public ValueTask DisposeAsync() => Player.DisposeAsync();

        private void Receive(int machine, TextMessage? message)
        {
            foreach (var line in message?.Lines ?? [])
            {
                _lines[line.Row] = line.Text;
            }

            Messages.Enqueue(message);
        }
    }
}
