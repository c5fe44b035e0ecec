using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Accounts;
using Preserve.Catalog;
using Preserve.Catalog.Licences;
using Preserve.Catalog.Sessions;
using Preserve.Workers.Hosting;
using Preserve.Workers.Sessions;
using Preserve.Workers.Tests.Running;

namespace Preserve.Workers.Tests.Sessions;

/// <summary>What becomes of sessions when browsers and services go away.</summary>
public sealed class ServiceLifeTests : IDisposable
{
    private readonly string _folder = StarterWorker.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact(Timeout = 120_000)]
    public async Task A_browser_that_went_away_and_did_not_come_back_ends_the_session()
    {
        await using var worker = await Worker.StartAsync(_folder, options => options with { ReconnectGrace = TimeSpan.FromSeconds(2) });
        await worker.ImportAsync("echo");
        var session = await worker.BeginAsync("echo");
        await using (var player = await Player.ConnectAsync(worker, session.Ticket.Token))
        {
            await player.StateAsync("running");
        }

        var view = await worker.WaitForAsync(session.View.Id, SessionState.Ended);

        Assert.Equal(SessionEndReason.BrowserGone, view.Reason);
    }

    [Fact(Timeout = 120_000)]
    public async Task Stopping_the_service_ends_every_session_and_leaves_nothing()
    {
        await using var player = await StopWhileLookingAsync();

        await Waiting.UntilAsync(() => player.IsClosed, "the connection to be closed");
        Assert.Empty(HostProcesses.Of(_folder));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_folder, "run")));
        ServiceLock.Acquire(_folder).Dispose();

        await using var next = await Worker.StartAsync(_folder);
        Assert.Equal(SessionEndReason.ServiceStopped, await next.QueryAsync(context => context.Sessions.Select(row => row.Reason).SingleAsync()));
    }

    [Fact(Timeout = 120_000)]
    public async Task What_a_killed_service_left_is_cleaned_at_the_next_start_and_the_catalog_tells_the_truth()
    {
        Guid id;
        await using (var worker = await Worker.StartAsync(_folder))
        {
            await worker.ImportAsync("echo");
            id = Guid.NewGuid();
            var register = worker.Services.GetRequiredService<SessionRegister>();
            await register.AdmitAsync(AsLeftBehind(id), TestContext.Current.CancellationToken);
            await register.RunningAsync(id, TestContext.Current.CancellationToken);
            Directory.CreateDirectory(Path.Combine(worker.RunFolder, "00aa11bb22", "0", "machine"));
        }

        await using var next = await Worker.StartAsync(_folder);

        var view = await next.ViewAsync(id);
        Assert.Equal((SessionState.Ended, SessionEndReason.ServiceStopped), (view.State, view.Reason!.Value));
        Assert.Empty(Directory.EnumerateFileSystemEntries(next.RunFolder));
        Assert.Equal(0, (await next.Sessions.CapacityAsync(TestContext.Current.CancellationToken)).Running);
    }

    [Fact(Timeout = 120_000)]
    public async Task The_seat_of_a_killed_services_session_is_free_again_at_the_next_start()
    {
        await using (var worker = await Worker.StartAsync(_folder))
        {
            await worker.ImportAsync("echo");
            await worker.QueryAsync(context => AddLicenceAsync(context, "echo"));
            var left = AsLeftBehind(Guid.NewGuid());
            left.Machines.Add(new SessionMachine { SessionId = left.Id, Channel = 0, EnvironmentId = "echo", EmulatorBuild = "b", EmulatorSha256 = new string('a', 64) });
            await worker.Services.GetRequiredService<SessionRegister>().AdmitAsync(left, TestContext.Current.CancellationToken);
            var refused = await worker.Sessions.StartAsync(new SessionRequest(["echo"], SessionPurpose.Visit, null, null, TimeSpan.FromMinutes(1)), TestContext.Current.CancellationToken);
            Assert.Equal(SessionStartOutcome.NoSeat, refused.Outcome);
        }

        await using var next = await Worker.StartAsync(_folder);
        Assert.Equal(0, await next.QueryAsync(context => context.Seats.CountAsync()));
        var session = await next.BeginAsync("echo");
        await next.WaitForAsync(session.View.Id, SessionState.Running);
        Assert.Equal(1, await next.QueryAsync(context => context.Seats.CountAsync()));
        await next.Sessions.EndAsync(session.View.Id, SessionEndReason.Stopped, TestContext.Current.CancellationToken);
        Assert.Equal(0, await next.QueryAsync(context => context.Seats.CountAsync()));
    }

    private static async Task<int> AddLicenceAsync(CatalogContext context, string objectId)
    {
        context.Licences.Add(new Licence { ObjectId = objectId, Title = "One seat", Seats = 1 });
        return await context.SaveChangesAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_second_service_on_the_same_data_folder_does_not_start()
    {
        await using var worker = await Worker.StartAsync(_folder);

        await Assert.ThrowsAsync<ServiceLockedException>(() => Worker.StartAsync(_folder));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_worker_tells_that_it_is_well_and_what_is_not_in_force()
    {
        await using var worker = await Worker.StartAsync(_folder);

        var report = await worker.Services.GetRequiredService<WorkerHealth>().CheckAsync(TestContext.Current.CancellationToken);

        Assert.True(report.CanTakeSessions);
        Assert.Equal(new SessionCapacity(0, 8), report.Capacity);
    }

    private static SessionRecord AsLeftBehind(Guid id) => new()
    {
        Id = id,
        Purpose = SessionPurpose.Visit,
        State = SessionState.Queued,
        Worker = "local",
        KeySha256 = Secret.Digest("key"),
        CreatedAt = 0,
    };

    private async Task<Player> StopWhileLookingAsync()
    {
        await using var worker = await Worker.StartAsync(_folder);
        await worker.ImportAsync("echo");
        var session = await worker.BeginAsync("echo");
        var player = await Player.ConnectAsync(worker, session.Ticket.Token);
        await player.StateAsync("running");
        return player;
    }
}
