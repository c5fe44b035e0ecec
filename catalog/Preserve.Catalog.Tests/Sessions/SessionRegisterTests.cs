using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Licences;
using Preserve.Catalog.Sessions;
using Preserve.Catalog.Tests.Engines;

namespace Preserve.Catalog.Tests.Sessions;

public abstract class SessionRegisterTests(TestEngine engine)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_session_goes_forward_and_never_back()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        var register = catalog.Get<SessionRegister>();
        var session = Samples.Session("here", "e1", "e2");
        Assert.True((await register.AdmitAsync(session, Cancellation)).IsAdmitted);

        Assert.True(await register.StartingAsync(session.Id, Cancellation));
        Assert.True(await register.RunningAsync(session.Id, Cancellation));
        Assert.False(await register.StartingAsync(session.Id, Cancellation));
        Assert.True(await register.EndAsync(session.Id, SessionEndReason.Idle, "nobody there", Cancellation));
        Assert.False(await register.EndAsync(session.Id, SessionEndReason.Crashed, "later", Cancellation));
        Assert.False(await register.RunningAsync(session.Id, Cancellation));

        var row = await register.FindAsync(session.Id, Cancellation);
        var now = catalog.Time.GetUtcNow().ToUnixTimeMilliseconds();
        Assert.NotNull(row);
        Assert.Equal(
            (SessionState.Ended, SessionEndReason.Idle, "nobody there", now, now),
            (row.State, row.Reason, row.Message, row.StartedAt, row.EndedAt));
        Assert.Equal(["e1", "e2"], row.Machines.Select(machine => machine.EnvironmentId));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_restarted_worker_ends_what_its_last_life_left_and_nothing_of_others()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        await AddTreeAsync(catalog, seats: 5);
        var register = catalog.Get<SessionRegister>();
        var mine = Samples.Session("here", "child");
        var ended = Samples.Session("here", "child");
        var other = Samples.Session("there", "child");
        foreach (var session in new[] { mine, ended, other })
        {
            await register.AdmitAsync(session, Cancellation);
        }

        await register.EndAsync(ended.Id, SessionEndReason.Stopped, "", Cancellation);

        Assert.Equal(1, await register.EndOrphanedSessionsAsync("here", Cancellation));

        Assert.Equal(SessionEndReason.ServiceStopped, (await register.FindAsync(mine.Id, Cancellation))!.Reason);
        Assert.Equal(SessionEndReason.Stopped, (await register.FindAsync(ended.Id, Cancellation))!.Reason);
        Assert.Equal(SessionState.Queued, (await register.FindAsync(other.Id, Cancellation))!.State);
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        Assert.Equal(other.Id, (await context.Seats.SingleAsync(Cancellation)).SessionId);
    }

    [Fact(Timeout = 60_000)]
    public async Task Sessions_that_start_together_never_get_more_seats_than_the_licence_of_a_parent_has()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        await AddTreeAsync(catalog, seats: 3);
        var register = catalog.Get<SessionRegister>();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(_ => Task.Run(() => register.AdmitAsync(Samples.Session("here", "child"), Cancellation), Cancellation)));

        Assert.Equal(3, answers.Count(answer => answer.IsAdmitted));
        Assert.All(answers.Where(answer => !answer.IsAdmitted), answer => Assert.Equal("Office for three", answer.FullLicence));
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        Assert.Equal((3, 3), (await context.Seats.CountAsync(Cancellation), await context.Sessions.CountAsync(Cancellation)));
    }

    [Fact(Timeout = 60_000)]
    public async Task An_ended_session_gives_its_seat_to_the_next()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        await AddTreeAsync(catalog, seats: 1);
        var register = catalog.Get<SessionRegister>();
        var first = Samples.Session("here", "child");
        await register.AdmitAsync(first, Cancellation);
        Assert.False((await register.AdmitAsync(Samples.Session("here", "root"), Cancellation)).IsAdmitted);

        await register.EndAsync(first.Id, SessionEndReason.Stopped, "", Cancellation);

        Assert.True((await register.AdmitAsync(Samples.Session("here", "root"), Cancellation)).IsAdmitted);
    }

    [Fact(Timeout = 60_000)]
    public async Task Two_machines_of_one_session_share_a_seat_and_a_second_licence_helps_out()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        await AddTreeAsync(catalog, seats: 1);
        await using (var context = await catalog.Contexts.CreateDbContextAsync(Cancellation))
        {
            context.Add(new Licence { ObjectId = "office", Title = "A second box", Seats = 1 });
            await context.SaveChangesAsync(Cancellation);
        }

        var register = catalog.Get<SessionRegister>();

        Assert.True((await register.AdmitAsync(Samples.Session("here", "child", "root"), Cancellation)).IsAdmitted);
        Assert.True((await register.AdmitAsync(Samples.Session("here", "child"), Cancellation)).IsAdmitted);
        Assert.False((await register.AdmitAsync(Samples.Session("here", "child"), Cancellation)).IsAdmitted);
    }

    // An environment of object "a" on top of one of "office", which is licensed.
    private static async Task AddTreeAsync(TestCatalog catalog, int seats)
    {
        await catalog.AddEnvironmentsAsync();
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        context.Add(Samples.Object("office"));
        context.Add(Samples.Environment("root", "office"));
        context.Add(Samples.Environment("child", "a", "root"));
        context.Add(new Licence { ObjectId = "office", Title = "Office for three", Seats = seats });
        await context.SaveChangesAsync(Cancellation);
    }
}

public sealed class SessionRegisterOnSqlite() : SessionRegisterTests(new SqliteEngine());

public sealed class SessionRegisterOnPostgreSql(PostgreSqlCluster cluster) : SessionRegisterTests(new PostgreSqlEngine(cluster));
