using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Sessions;
using Preserve.Workers.Sessions;
using Preserve.Workers.Tests.Running;

namespace Preserve.Workers.Tests.Sessions;

public sealed class SessionLifeTests(StarterWorker starter) : IClassFixture<StarterWorker>
{
    private const int LetterA = 0x1E;
    private const int EchoLit = 500;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Worker Worker => starter.Worker;

    [Fact(Timeout = 120_000)]
    public async Task A_visitor_starts_a_session_sees_the_screen_types_and_sees_it_change()
    {
        var session = await Worker.BeginAsync("echo");
        await using var player = await Player.ConnectAsync(Worker, session.Ticket.Token);
        await player.StateAsync("running");
        var before = await player.LitPictureAsync(EchoLit);

        await TypeTwentyAsync(player);

        await Waiting.UntilAsync(() => player.Lit > before + 300, "twenty letters as pixels");
        Assert.Equal("control", player.State!.Role);
        await EndAsync(session);
    }

    [Fact(Timeout = 120_000)]
    public async Task Ending_a_session_tells_the_viewer_why_and_leaves_no_process_folder_lock_or_open_row()
    {
        var session = await Worker.BeginAsync("echo");
        await using var player = await Player.ConnectAsync(Worker, session.Ticket.Token);
        await player.LitPictureAsync(EchoLit);
        var processes = HostProcesses.Of(Worker.RunFolder);
        Assert.NotEmpty(processes);

        await player.SendAsync("End");

        await player.StateAsync("ended");
        Assert.Equal("stopped", player.State!.Reason);
        await Waiting.UntilAsync(() => player.IsClosed, "the connection to be closed");
        Assert.DoesNotContain(processes, HostProcesses.Exists);
        AssertNothingLeft();
        var row = await Worker.QueryAsync(context => context.Sessions.SingleAsync(row => row.Id == session.View.Id));
        Assert.Equal((SessionState.Ended, SessionEndReason.Stopped), (row.State, row.Reason!.Value));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_killed_emulator_ends_the_session_as_crashed_with_words()
    {
        var session = await Worker.BeginAsync("echo");
        await using var player = await Player.ConnectAsync(Worker, session.Ticket.Token);
        await player.LitPictureAsync(EchoLit);

        foreach (var emulator in HostProcesses.EmulatorsOf(Worker.RunFolder))
        {
            HostProcesses.Kill(emulator);
        }

        await player.StateAsync("ended");
        Assert.Equal("crashed", player.State!.Reason);
        Assert.NotEmpty(player.State.Message);
        AssertNothingLeft();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_watcher_sees_the_screen_and_cannot_type_or_end_the_session()
    {
        var session = await Worker.BeginAsync("echo");
        await using var controller = await Player.ConnectAsync(Worker, session.Ticket.Token);
        await using var watcher = await Player.ConnectAsync(Worker, Ticket(session, SessionRole.Watch));
        var before = await watcher.LitPictureAsync(EchoLit);

        await TypeTwentyAsync(watcher);
        await watcher.SendAsync("End");

        // What the watcher sent has been dealt with once the state has been told anew for another reason.
        await controller.TypeAsync(LetterA);
        await Waiting.UntilAsync(() => watcher.Lit > before, "one letter of the controller");
        Assert.InRange(watcher.Lit, before, before + 200);
        Assert.Equal("watch", watcher.State!.Role);
        Assert.Equal(SessionState.Running, (await Worker.ViewAsync(session.View.Id)).State);
        await EndAsync(session);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_reloaded_page_takes_over_and_the_older_connection_watches()
    {
        var session = await Worker.BeginAsync("echo");
        await using var older = await Player.ConnectAsync(Worker, session.Ticket.Token);
        await older.LitPictureAsync(EchoLit);
        Assert.Equal("control", older.State!.Role);

        await using (var newer = await Player.ConnectAsync(Worker, session.Ticket.Token))
        {
            await newer.LitPictureAsync(EchoLit);
            Assert.Equal("control", newer.State!.Role);
            await Waiting.UntilAsync(() => older.State.Role == "watch", "the older connection to watch");
        }

        await Waiting.UntilAsync(() => older.State.Role == "control", "control to come back");
        await EndAsync(session);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_viewer_that_acknowledges_nothing_gets_no_more_than_its_credit_while_another_goes_on()
    {
        var session = await Worker.BeginAsync("animation");
        await using var reading = await Player.ConnectAsync(Worker, session.Ticket.Token);
        await using var stuck = await Player.ConnectAsync(Worker, Ticket(session, SessionRole.Watch));
        stuck.IsAcknowledging = false;
        await Waiting.UntilAsync(() => reading.Blobs > 100, "a hundred blobs of the animation");
        await Waiting.UntilAsync(() => stuck.Blobs > 0, "a first blob");

        await Waiting.UntilAsync(() => reading.Blobs > stuck.Blobs + 200, "the reading viewer to be far ahead", () => $"{reading.Blobs}, {stuck.Blobs}");

        Assert.Null(reading.Failure);
        await EndAsync(session);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_keyframe_can_be_asked_for_at_any_time()
    {
        var session = await Worker.BeginAsync("echo");
        await using var player = await Player.ConnectAsync(Worker, session.Ticket.Token);
        await player.LitPictureAsync(EchoLit);
        var before = player.Keyframes;

        await player.SendAsync("Keyframe", 0);

        await Waiting.UntilAsync(() => player.Keyframes > before, "another keyframe");
        await EndAsync(session);
    }

    [Fact(Timeout = 120_000)]
    public async Task The_screen_can_be_taken_as_PNG_while_it_runs_and_not_afterwards()
    {
        var session = await Worker.BeginAsync("echo");
        byte[]? png = null;
        await Waiting.UntilAsync(async () => (png = await Worker.Sessions.CaptureScreenAsync(session.View.Id, 0, Token)) is not null, "a screen");

        Assert.Equal("PNG", Encoding.ASCII.GetString(png!, 1, 3));
        await EndAsync(session);
        Assert.Null(await Worker.Sessions.CaptureScreenAsync(session.View.Id, 0, Token));
    }

    [Fact(Timeout = 120_000)]
    public async Task The_key_and_its_tickets_open_their_session_and_no_other()
    {
        var one = await Worker.BeginAsync("echo");
        var other = await Worker.BeginAsync("echo");

        Assert.Equal(SessionRole.Control, await Worker.Sessions.AuthorizeAsync(one.View.Id, one.Key, Token));
        Assert.Equal(SessionRole.Control, await Worker.Sessions.AuthorizeAsync(one.View.Id, one.Ticket.Token, Token));
        Assert.Null(await Worker.Sessions.AuthorizeAsync(other.View.Id, one.Key, Token));
        Assert.Null(await Worker.Sessions.AuthorizeAsync(other.View.Id, one.Ticket.Token, Token));
        Assert.NotNull(await Worker.Sessions.IssueTicketAsync(one.View.Id, one.Key, Token));
        Assert.Null(await Worker.Sessions.IssueTicketAsync(other.View.Id, one.Key, Token));
        await EndAsync(one);
        await EndAsync(other);
        Assert.Null(await Worker.Sessions.IssueTicketAsync(one.View.Id, one.Key, Token));
        Assert.DoesNotContain(Worker.Log.Lines, line => line.Contains(one.Key, StringComparison.Ordinal) || line.Contains(one.Ticket.Token, StringComparison.Ordinal));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_full_house_says_so_and_has_room_again_when_somebody_leaves()
    {
        var sessions = new List<StartedSession>();
        for (var i = 0; i < 3; i++)
        {
            sessions.Add(await Worker.BeginAsync("echo"));
        }

        Assert.Equal(SessionStartOutcome.NoCapacity, (await Worker.AskAsync("echo")).Outcome);
        await EndAsync(sessions[0]);
        sessions[0] = await Worker.BeginAsync("echo");

        foreach (var session in sessions)
        {
            await EndAsync(session);
        }

        Assert.Equal(0, (await Worker.Sessions.CapacityAsync(Token)).Running);
    }

    [Fact(Timeout = 120_000)]
    public async Task An_unknown_environment_is_refused_in_words()
    {
        var start = await Worker.AskAsync("no-such");

        Assert.Equal(SessionStartOutcome.Invalid, start.Outcome);
        Assert.Contains("no-such", start.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_session_ended_while_it_starts_leaves_nothing()
    {
        for (var i = 0; i < 4; i++)
        {
            var session = await Worker.BeginAsync("echo");
            await Task.Delay(i * 40, Token);
            await EndAsync(session);
            Assert.Equal(SessionEndReason.Stopped, (await Worker.ViewAsync(session.View.Id)).Reason);
            AssertNothingLeft();
        }
    }

    [Fact(Timeout = 300_000)]
    public async Task Twenty_sessions_started_and_ended_leave_nothing()
    {
        for (var i = 0; i < 20; i++)
        {
            var session = await Worker.BeginAsync("echo");
            await Worker.WaitForAsync(session.View.Id, SessionState.Running);
            await EndAsync(session);
        }

        AssertNothingLeft();
        Assert.Equal(0, (await Worker.Sessions.CapacityAsync(Token)).Running);
        Assert.Equal(0, await Worker.QueryAsync(context => context.Sessions.CountAsync(row => row.State != SessionState.Ended)));
    }

    private static async Task TypeTwentyAsync(Player player)
    {
        for (var i = 0; i < 20; i++)
        {
            await player.TypeAsync(LetterA);
        }
    }

    private string Ticket(StartedSession session, SessionRole role) =>
        Worker.Services.GetRequiredService<TicketSigner>().Issue(new Ticket(session.View.Id, role, session.View.Worker));

    private Task EndAsync(StartedSession session) => Worker.Sessions.EndAsync(session.View.Id, SessionEndReason.Stopped, Token);

    private void AssertNothingLeft()
    {
        Assert.Empty(HostProcesses.Of(Worker.RunFolder).Select(HostProcesses.Describe));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Worker.RunFolder));
    }
}
