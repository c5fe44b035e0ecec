using Preserve.Catalog.Sessions;
using Preserve.Workers.Sessions;
using Preserve.Workers.Tests.Running;

namespace Preserve.Workers.Tests.Sessions;

/// <summary>Guests that do to their screen what no decent guest does.</summary>
public sealed class WildGuestTests(StarterWorker starter) : IClassFixture<StarterWorker>
{
    // An echo's greeting has this many lit pixels at least.
    private const int EchoLit = 500;

    private const int EnterKey = 0x1C;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Worker Worker => starter.Worker;

    [Fact(Timeout = 120_000)]
    public async Task A_guest_that_changes_its_screen_mode_every_second_is_shown_in_each_and_disturbs_no_neighbour()
    {
        var neighbour = await Worker.BeginAsync("echo");
        await using var calm = await Player.ConnectAsync(Worker, neighbour.Ticket.Token);
        await calm.LitPictureAsync(EchoLit);
        var wild = await Worker.BeginAsync("modes");
        await using var player = await Player.ConnectAsync(Worker, wild.Ticket.Token);

        await Waiting.UntilAsync(() => player.Sizes.Count >= 5, "pictures of five sizes", () => string.Join(" ", player.Sizes));

        var before = calm.Picture;
        await calm.TypeAsync(EnterKey);
        await Waiting.UntilAsync(() => calm.Picture != before, "the neighbour to answer");
        Assert.Null(player.Failure);
        Assert.False(player.IsClosed);
        Assert.Equal(SessionState.Running, (await Worker.ViewAsync(wild.View.Id)).State);
        await EndAsync(wild);
        await EndAsync(neighbour);
    }

    private Task EndAsync(StartedSession session) => Worker.Sessions.EndAsync(session.View.Id, SessionEndReason.Stopped, Token);
}
