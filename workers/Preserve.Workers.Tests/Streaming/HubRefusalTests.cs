using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Preserve.Catalog.Sessions;
using Preserve.Workers.Sessions;
using Preserve.Workers.Tests.Running;

namespace Preserve.Workers.Tests.Streaming;

public sealed class HubRefusalTests(StarterWorker starter) : IClassFixture<StarterWorker>
{
    private Worker Worker => starter.Worker;

    public static TheoryData<string, object?[]> Malformed => new()
    {
        { "Key", [0, 0, 0u, true] },
        { "Key", [0, 256, 0u, true] },
        { "Key", [1, 30, 0u, true] },
        { "Key", [-1, 30, 0u, true] },
        { "Key", ["zero", 30, 0u, true] },
        { "Key", [0, 30] },
        { "Key", [0, 30, -5, true] },
        { "Point", [0, -1, 0, 0] },
        { "Point", [0, 0, 4096, 0] },
        { "Point", [0, 0, 0, 256] },
        { "Move", [0, 32768, 0, 0] },
        { "Ack", [0, 4_000_000u] },
        { "Keyframe", [7] },
        { "ChangeMedium", [0, new string('b', 65), null] },
        { "ChangeMedium", [0, "floppy0", "short"] },
        { "Listen", [0, true] },
        { "Listen", [0, true, null] },
        { "Listen", [0, true, new int[9]] },
        { "Listen", [3, true, new int[1]] },
        { "ReadText", [1, true] },
        { "PlanText", [0, new string('x', 16_385), null] },
        { "TypeText", [0, null, null, false] },
        { "TypeText", [0, "x", new string('x', 17), false] },
        { "StopTyping", [-1] },
        { "NoSuchMethod", [] },
        { "Key", [0, 30, 0u, new string('x', 40_000)] },
    };

    [Fact(Timeout = 120_000)]
    public async Task A_connection_without_a_good_ticket_is_refused_with_401()
    {
        var session = await Worker.BeginAsync("echo");
        var ticket = session.Ticket.Token;
        var signer = Worker.Services.GetRequiredService<TicketSigner>();
        var foreign = new TicketSigner(new byte[32], TimeProvider.System).Issue(new Ticket(session.View.Id, SessionRole.Control, "local"));
        var old = OldTicket(session.View.Id);
        string[] bad =
        [
            "", "access_token=", "access_token=nonsense", $"access_token={session.Key}", $"access_token={foreign}", $"access_token={old}",
            $"access_token={ticket[..^2]}AA",
            $"access_token={signer.Issue(new Ticket(Guid.NewGuid(), SessionRole.Control, "local"))}",
            $"access_token={signer.Issue(new Ticket(session.View.Id, SessionRole.Control, "elsewhere"))}",
        ];
        foreach (var query in bad)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await Player.RefusalAsync(Worker, query));
        }

        await EndAsync(session);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_page_from_elsewhere_is_refused_with_403_and_our_own_is_not()
    {
        var session = await Worker.BeginAsync("echo");
        var query = $"access_token={session.Ticket.Token}";

        Assert.Equal(HttpStatusCode.Forbidden, await Player.RefusalAsync(Worker, query, "https://elsewhere.example"));
        Assert.Equal(HttpStatusCode.Forbidden, await Player.RefusalAsync(Worker, query, "null"));
        Assert.Equal(HttpStatusCode.Forbidden, await Player.RefusalAsync(Worker, query, $"http://127.0.0.1:{Worker.Address.Port + 1}"));
        await using var own = await Player.ConnectAsync(Worker, session.Ticket.Token, Worker.Address.GetLeftPart(UriPartial.Authority));
        await own.StateAsync("running");
        await EndAsync(session);
    }

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Malformed))]
    public async Task A_malformed_message_ends_its_connection_and_no_other(string method, object?[] arguments)
    {
        var session = await Worker.BeginAsync("echo");
        await using var bystander = await Player.ConnectAsync(Worker, session.Ticket.Token);
        await bystander.StateAsync("running");
        await using var offender = await Player.ConnectAsync(Worker, session.Ticket.Token);
        await offender.StateAsync("running");

        await offender.SendAsync(method, arguments);

        await Waiting.UntilAsync(() => offender.IsClosed, "the connection to be ended");
        await Waiting.UntilAsync(() => bystander.State!.Viewers == 1, "the bystander to be alone");
        Assert.False(bystander.IsClosed);
        Assert.Equal("running", bystander.State!.State);
        await EndAsync(session);
    }

    [Fact(Timeout = 120_000)]
    public async Task Nothing_but_a_web_socket_is_served()
    {
        using var http = new HttpClient { BaseAddress = Worker.Address };
        using var negotiation = await http.PostAsync("/hub/session/negotiate?negotiateVersion=1", null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, negotiation.StatusCode);
    }

    private string OldTicket(Guid id)
    {
        var then = new FakeTimeProvider(TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(2));
        return new TicketSigner(TicketSecret.LoadOrCreate(Worker.DataFolder), then).Issue(new Ticket(id, SessionRole.Control, "local"));
    }

    private Task EndAsync(StartedSession session) =>
        Worker.Sessions.EndAsync(session.View.Id, SessionEndReason.Stopped, TestContext.Current.CancellationToken);
}
