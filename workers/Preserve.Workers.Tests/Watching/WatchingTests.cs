using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Sessions;
using Preserve.Workers.Sessions;
using Preserve.Workers.Tests.Running;
using Preserve.Workers.Watching;

namespace Preserve.Workers.Tests.Watching;

public sealed class WatchingTests(StarterWorker starter) : IClassFixture<StarterWorker>
{
    private const int LetterA = 0x1E;
    private const int LeftShift = 0x2A;
    private const int EchoLit = 500;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Worker Worker => starter.Worker;

    private WatchLinks Links => Worker.Services.GetRequiredService<WatchLinks>();

    [Fact(Timeout = 120_000)]
    public async Task A_watcher_sees_the_screen_is_counted_and_types_nothing()
    {
        var session = await Worker.BeginAsync("echo");
        await using var owner = await Player.ConnectAsync(Worker, session.Ticket.Token);
        Assert.Equal(0, (await SharedAsync(owner)).Watchers);
        await using var watcher = await WatchAsync(await MakeAsync(session));
        var before = await watcher.LitPictureAsync(EchoLit);
        await Waiting.UntilAsync(() => owner.State?.Watching?.Watchers == 1, "the owner to be told of a watcher");

        await TypeAsync(watcher, 20);
        await watcher.SendAsync("Point", 0, 5, 5, 1);
        await watcher.SendAsync("End");

        // What the watcher sent has been dealt with once it has asked, and was told so.
        await AskAsync(watcher, "Ada");
        await Waiting.UntilAsync(() => owner.State!.Watching!.People.Any(person => person.Wish == "asking"), "the question to arrive");
        Assert.InRange(watcher.Lit, before - 40, before + 40);
        Assert.Equal(("watch", false), (watcher.State!.Role, watcher.State.Watching!.IsOwner));
        Assert.Empty(watcher.State.Watching.People);
        Assert.Equal(SessionState.Running, (await Worker.ViewAsync(session.View.Id)).State);
        await EndAsync(session);
    }

    [Fact(Timeout = 120_000)]
    public async Task Control_is_asked_for_handed_over_and_taken_back()
    {
        var session = await Worker.BeginAsync("echo");
        await using var owner = await Player.ConnectAsync(Worker, session.Ticket.Token);
        await using var watcher = await WatchAsync(await MakeAsync(session));
        var before = await watcher.LitPictureAsync(EchoLit);
        await AskAsync(watcher, " Ada\u202e\n ");
        await Waiting.UntilAsync(() => Person(owner)?.Wish == "asking", "the question to arrive");
        Assert.Equal("Ada", Person(owner)!.Name);

        Assert.Null(await GiveAsync(owner, Person(owner)!.Number));

        await Waiting.UntilAsync(() => watcher.State!.Role == "control" && owner.State!.Role == "watch", "control to change hands");
        Assert.Equal(watcher.State!.Watching!.Number, owner.State!.Watching!.Guest);
        await TypeAsync(owner, 20);
        await TypeAsync(watcher, 5);
        await Waiting.UntilAsync(() => watcher.Lit > before + 60, "the guest's letters");

        await owner.SendAsync("TakeControl");
        await Waiting.UntilAsync(() => watcher.State!.Role == "watch" && owner.State!.Role == "control", "control to come back");
        var after = await owner.LitPictureAsync(EchoLit);
        await TypeAsync(watcher, 20);
        await TypeAsync(owner, 5);
        await Waiting.UntilAsync(() => owner.Lit > after + 60, "the owner's letters");
        Assert.InRange(await owner.LitPictureAsync(EchoLit), after, after + 250);
        await EndAsync(session);
    }

    [Fact(Timeout = 120_000)]
    public async Task What_a_watcher_did_not_ask_for_is_offered_and_given_back_at_will()
    {
        var session = await Worker.BeginAsync("echo");
        await using var owner = await Player.ConnectAsync(Worker, session.Ticket.Token);
        await using var watcher = await WatchAsync(await MakeAsync(session));
        await Waiting.UntilAsync(() => Person(owner) is not null, "the watcher to be listed");

        await watcher.SendAsync("TakeControl");
        Assert.Null(await GiveAsync(owner, Person(owner)!.Number));
        await Waiting.UntilAsync(() => watcher.State?.Watching?.Wish == "offered", "the offer");
        Assert.Equal("watch", watcher.State!.Role);

        await watcher.SendAsync("TakeControl");
        await Waiting.UntilAsync(() => watcher.State!.Role == "control", "control");
        await watcher.SendAsync("ReturnControl");
        await Waiting.UntilAsync(() => owner.State!.Role == "control", "control to come back");
        Assert.Equal("That watcher has left.", await GiveAsync(owner, 99));
        await EndAsync(session);
    }

    [Fact(Timeout = 120_000)]
    public async Task Keys_that_are_held_when_control_changes_hands_are_released()
    {
        var session = await Worker.BeginAsync("echo");
        await using var owner = await Player.ConnectAsync(Worker, session.Ticket.Token);
        await using var watcher = await WatchAsync(await MakeAsync(session));
        var empty = await owner.LitPictureAsync(EchoLit);
        await TypeAsync(owner, 10);
        await Waiting.UntilAsync(() => owner.Lit > empty + 150, "ten small letters");
        var small = await owner.LitPictureAsync(EchoLit);
        await owner.SendAsync("Key", 0, LeftShift, 0u, true);
        await AskAsync(watcher, "");
        await Waiting.UntilAsync(() => Person(owner)?.Wish == "asking", "the question to arrive");

        await GiveAsync(owner, Person(owner)!.Number);

        await Waiting.UntilAsync(() => watcher.State!.Role == "control", "control");
        await TypeAsync(watcher, 10);
        await Waiting.UntilAsync(() => owner.Lit > small + 150, "ten more letters");
        var more = await owner.LitPictureAsync(EchoLit);

        // A capital has ten pixels more than a small letter.
        Assert.InRange(more - small, small - empty - 50, small - empty + 50);
        await EndAsync(session);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_guest_who_leaves_gives_control_back_and_cannot_end_the_session()
    {
        var session = await Worker.BeginAsync("echo");
        await using var owner = await Player.ConnectAsync(Worker, session.Ticket.Token);
        await owner.StateAsync("running");
        await using (var guest = await WatchAsync(await MakeAsync(session)))
        {
            await AskAsync(guest, "");
            await Waiting.UntilAsync(() => Person(owner)?.Wish == "asking", "the question to arrive");
            await GiveAsync(owner, Person(owner)!.Number);
            await Waiting.UntilAsync(() => guest.State!.Role == "control", "control");
            await guest.SendAsync("End");
            await guest.SendAsync("GiveControl", 1);
        }

        await Waiting.UntilAsync(() => owner.State!.Role == "control" && owner.State.Watching!.Watchers == 0, "control to come back");
        Assert.Equal(SessionState.Running, (await Worker.ViewAsync(session.View.Id)).State);
        await EndAsync(session);
    }

    [Fact(Timeout = 120_000)]
    public async Task An_owner_who_comes_back_still_owns_what_a_guest_controls()
    {
        var session = await Worker.BeginAsync("echo");
        await using var watcher = await WatchAsync(await MakeAsync(session));
        await using (var owner = await Player.ConnectAsync(Worker, session.Ticket.Token))
        {
            await AskAsync(watcher, "");
            await Waiting.UntilAsync(() => Person(owner)?.Wish == "asking", "the question to arrive");
            await GiveAsync(owner, Person(owner)!.Number);
            await Waiting.UntilAsync(() => watcher.State!.Role == "control", "control");
        }

        await using var again = await Player.ConnectAsync(Worker, session.Ticket.Token);
        await Waiting.UntilAsync(() => again.State?.Role == "watch", "the owner to find the guest in control");
        Assert.True(again.State!.Watching!.IsOwner);
        await again.SendAsync("TakeControl");
        await Waiting.UntilAsync(() => again.State!.Role == "control" && watcher.State!.Role == "watch", "control to come back");
        await EndAsync(session);
    }

    [Fact(Timeout = 120_000)]
    public async Task An_ended_link_closes_its_connections_in_words_and_no_others()
    {
        var session = await Worker.BeginAsync("echo");
        await using var owner = await Player.ConnectAsync(Worker, session.Ticket.Token);
        var (ended, kept) = (await MakeAsync(session), await MakeAsync(session));
        await using var goes = await WatchAsync(ended);
        await using var stays = await WatchAsync(kept);
        await goes.StateAsync("running");
        await stays.StateAsync("running");
        var late = await TicketAsync(ended);

        Assert.True(await Links.EndAsync(session.View.Id, ended.Id, Token));

        await Waiting.UntilAsync(() => goes.IsClosed, "the connection to be closed");
        Assert.Equal(("ended", "linkEnded"), (goes.State!.State, goes.State.Reason));
        Assert.Null(await Worker.Sessions.AuthorizeAsync(session.View.Id, late, Token));
        await using var tooLate = await Player.ConnectAsync(Worker, late);
        await Waiting.UntilAsync(() => tooLate.IsClosed, "a ticket of before to be refused");
        Assert.Equal(("linkEnded", 0), (tooLate.State!.Reason, tooLate.Blobs));
        Assert.False(stays.IsClosed);
        await Waiting.UntilAsync(() => owner.State!.Watching!.Watchers == 1, "one watcher to be left");
        await EndAsync(session);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_guide_points_things_out_and_the_tour_ends_with_its_link()
    {
        var session = await Worker.BeginAsync("echo");
        await using var guide = await Player.ConnectAsync(Worker, session.Ticket.Token);
        var tour = await MakeAsync(session, WatchLinkKind.Tour);
        await using var watcher = await WatchAsync(tour);
        var places = new ConcurrentQueue<(int Mark, int X, int Y)>();
        watcher.NotePointers(places);
        await Waiting.UntilAsync(() => guide.State?.Role == "guide" && watcher.State?.Watching?.IsTour == true, "the tour to begin");

        await watcher.SendAsync("PointOut", 0, 1, 1);
        await guide.SendAsync("PointOut", 0, 100, 50);
        await Waiting.UntilAsync(() => places.Contains((1, 100, 50)), "the place the guide points at");
        await guide.SendAsync("PointOut", 0, -1, -1);
        await Waiting.UntilAsync(() => places.Contains((1, -1, -1)), "the guide to point no more");

        await Links.EndAllAsync(session.View.Id, Token);
        await Waiting.UntilAsync(() => watcher.IsClosed && guide.State!.Role == "control", "the tour to end");
        Assert.Equal("tourEnded", watcher.State!.Reason);
        Assert.DoesNotContain((1, 1, 1), places);
        await EndAsync(session);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_link_ends_with_its_session_and_its_watchers_are_told_why()
    {
        var session = await Worker.BeginAsync("echo");
        var link = await MakeAsync(session);
        await using var watcher = await WatchAsync(link);
        await watcher.StateAsync("running");

        await EndAsync(session);

        await watcher.StateAsync("ended");
        Assert.Equal("stopped", watcher.State!.Reason);
        Assert.False((await Links.FindAsync(link.Id, Token))!.IsLive);
        Assert.Equal(WatchLinkOutcome.SessionEnded, (await Links.MakeAsync(session.View.Id, WatchLinkKind.Watch, Token)).Outcome);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("AskControl", 41)]
    [InlineData("AskControl", -1)]
    [InlineData("PointOut", 4096)]
    [InlineData("PointOut", -2)]
    public async Task What_is_out_of_bounds_ends_the_watchers_connection(string method, int value)
    {
        var session = await Worker.BeginAsync("echo");
        await using var offender = await WatchAsync(await MakeAsync(session));
        await offender.StateAsync("running");

        await offender.SendAsync(method, method == "AskControl" ? [value < 0 ? null : new string('x', value)] : [0, value, 0]);

        await Waiting.UntilAsync(() => offender.IsClosed, "the connection to be ended");
        await EndAsync(session);
    }

    [Fact(Timeout = 120_000)]
    public async Task The_secret_is_nowhere_but_with_its_holder()
    {
        var session = await Worker.BeginAsync("echo");
        var made = await Links.MakeAsync(session.View.Id, WatchLinkKind.Watch, Token);

        var found = (await Links.FindAsync(made.Link!.Id, Token))!;
        Assert.True(WatchLinks.Holds(found, made.Secret));
        Assert.False(WatchLinks.Holds(found, made.Secret + "x"));
        Assert.NotEqual(made.Secret, found.Link.SecretSha256);
        Assert.DoesNotContain(Worker.Log.Lines, line => line.Contains(made.Secret, StringComparison.Ordinal));
        await EndAsync(session);
    }

    private static WatcherMessage? Person(Player owner) => owner.State?.Watching?.People.SingleOrDefault();

    private static Task<string?> AskAsync(Player watcher, string name) => watcher.AskAsync("AskControl", name);

    private static Task<string?> GiveAsync(Player owner, int number) => owner.AskAsync("GiveControl", number);

    private static async Task TypeAsync(Player player, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await player.TypeAsync(LetterA);
        }
    }

    private static async Task<WatchingMessage> SharedAsync(Player player)
    {
        await player.StateAsync("running");
        return player.State!.Watching!;
    }

    private async Task<WatchLinkView> MakeAsync(StartedSession session, WatchLinkKind kind = WatchLinkKind.Watch)
    {
        var made = await Links.MakeAsync(session.View.Id, kind, Token);
        Assert.Equal(WatchLinkOutcome.Added, made.Outcome);
        return made.Link!;
    }

    private async Task<string> TicketAsync(WatchLinkView link) => Links.IssueTicket((await Links.FindAsync(link.Id, Token))!)!.Token;

    private async Task<Player> WatchAsync(WatchLinkView link) => await Player.ConnectAsync(Worker, await TicketAsync(link));

    private Task EndAsync(StartedSession session) => Worker.Sessions.EndAsync(session.View.Id, SessionEndReason.Stopped, Token);
}
