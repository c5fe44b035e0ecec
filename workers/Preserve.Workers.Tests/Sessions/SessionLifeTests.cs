using Preserve.Catalog.Sessions;
using Preserve.Workers.Tests.Running;

namespace Preserve.Workers.Tests.Sessions;

public sealed class SessionLifeTests(StarterWorker starter) : IClassFixture<StarterWorker>
{
    private const int LetterA = 0x1E;

    private Worker Worker => starter.Worker;

    [Fact(Timeout = 120_000)]
    public async Task A_visitor_starts_a_session_sees_the_screen_types_and_sees_it_change()
    {
        var session = await Worker.BeginAsync("echo");
        await using var player = await Player.ConnectAsync(Worker, session.Ticket.Token);
        await player.StateAsync("running");
        var before = await player.LitPictureAsync(atLeast: 500);

        for (var i = 0; i < 20; i++)
        {
            await player.TypeAsync(LetterA);
        }

        await Waiting.UntilAsync(() => player.Lit > before + 300, "twenty letters as pixels");
        Assert.Equal("control", player.State!.Role);
        await Worker.Sessions.EndAsync(session.View.Id, SessionEndReason.Stopped, TestContext.Current.CancellationToken);
        await player.StateAsync("ended");
        Assert.Equal("stopped", player.State!.Reason);
    }
}
