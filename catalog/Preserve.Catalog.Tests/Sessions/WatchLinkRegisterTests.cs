using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Sessions;
using Preserve.Catalog.Tests.Engines;

namespace Preserve.Catalog.Tests.Sessions;

public abstract class WatchLinkRegisterTests(TestEngine engine)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_link_is_live_until_it_is_ended_and_is_ended_once()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        var links = catalog.Get<WatchLinkRegister>();
        var session = await AdmitAsync(catalog);
        var link = Link(session);

        Assert.Equal(WatchLinkOutcome.Added, await links.AddAsync(link, Cancellation));
        var found = await links.FindAsync(link.Id, Cancellation);
        Assert.Equal((true, "echo"), (found!.IsLive, found.ExhibitSlug));
        Assert.True(await links.EndAsync(session, link.Id, Cancellation));
        Assert.False(await links.EndAsync(session, link.Id, Cancellation));

        found = await links.FindAsync(link.Id, Cancellation);
        Assert.Equal((false, catalog.Time.GetUtcNow().ToUnixTimeMilliseconds()), (found!.IsLive, found.Link.EndedAt));
        Assert.Empty(await links.ListAsync(session, Cancellation));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_link_ends_with_its_session_and_an_ended_session_gets_none()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        var links = catalog.Get<WatchLinkRegister>();
        var session = await AdmitAsync(catalog);
        var link = Link(session);
        await links.AddAsync(link, Cancellation);

        await catalog.Get<SessionRegister>().EndAsync(session, SessionEndReason.Stopped, "", Cancellation);

        Assert.False((await links.FindAsync(link.Id, Cancellation))!.IsLive);
        Assert.Equal(WatchLinkOutcome.SessionEnded, await links.AddAsync(Link(session), Cancellation));
    }

    [Fact(Timeout = 60_000)]
    public async Task Nobody_ends_the_link_of_another_session_or_finds_one_that_never_was()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        var links = catalog.Get<WatchLinkRegister>();
        var (mine, other) = (await AdmitAsync(catalog), await AdmitAsync(catalog));
        var link = Link(other);
        await links.AddAsync(link, Cancellation);

        Assert.False(await links.EndAsync(mine, link.Id, Cancellation));
        Assert.Equal(0, await links.EndAllAsync(mine, Cancellation));
        Assert.Null(await links.FindAsync(Guid.NewGuid(), Cancellation));
        Assert.Equal(link.Id, Assert.Single(await links.ListAsync(other, Cancellation)).Id);
    }

    [Fact(Timeout = 60_000)]
    public async Task Links_made_together_are_never_more_than_ten_and_an_ended_one_makes_room()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        var links = catalog.Get<WatchLinkRegister>();
        var session = await AdmitAsync(catalog);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 14)
            .Select(_ => Task.Run(() => links.AddAsync(Link(session), Cancellation), Cancellation)));

        Assert.Equal(WatchLinkRegister.MostLinks, outcomes.Count(outcome => outcome == WatchLinkOutcome.Added));
        Assert.Equal(4, outcomes.Count(outcome => outcome == WatchLinkOutcome.TooMany));
        Assert.Equal(WatchLinkRegister.MostLinks, await links.EndAllAsync(session, Cancellation));
        Assert.Equal(WatchLinkOutcome.Added, await links.AddAsync(Link(session), Cancellation));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_session_has_one_tour_at_a_time()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        var links = catalog.Get<WatchLinkRegister>();
        var session = await AdmitAsync(catalog);
        var tour = Link(session, WatchLinkKind.Tour);

        Assert.Equal(WatchLinkOutcome.Added, await links.AddAsync(tour, Cancellation));
        Assert.Equal(WatchLinkOutcome.TourUnderWay, await links.AddAsync(Link(session, WatchLinkKind.Tour), Cancellation));
        Assert.Equal(WatchLinkOutcome.Added, await links.AddAsync(Link(session), Cancellation));
        await links.EndAsync(session, tour.Id, Cancellation);
        Assert.Equal(WatchLinkOutcome.Added, await links.AddAsync(Link(session, WatchLinkKind.Tour), Cancellation));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_link_goes_with_the_record_of_its_session()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        var links = catalog.Get<WatchLinkRegister>();
        var session = await AdmitAsync(catalog);
        await links.AddAsync(Link(session), Cancellation);
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);

        await context.Sessions.Where(row => row.Id == session).ExecuteDeleteAsync(Cancellation);

        Assert.Equal(0, await context.WatchLinks.CountAsync(Cancellation));
    }

    private static async Task<Guid> AdmitAsync(TestCatalog catalog)
    {
        var session = new SessionRecord
        {
            Id = Guid.NewGuid(), Purpose = SessionPurpose.Visit, ExhibitSlug = "echo", State = SessionState.Running, Worker = "here",
            KeySha256 = Samples.Digest, CreatedAt = 1,
        };
        Assert.True((await catalog.Get<SessionRegister>().AdmitAsync(session, Cancellation)).IsAdmitted);
        return session.Id;
    }

    private static WatchLink Link(Guid session, WatchLinkKind kind = WatchLinkKind.Watch) =>
        new() { Id = Guid.NewGuid(), SessionId = session, Kind = kind, SecretSha256 = Samples.Digest, CreatedAt = 1 };
}

public sealed class WatchLinkRegisterOnSqlite() : WatchLinkRegisterTests(new SqliteEngine());

public sealed class WatchLinkRegisterOnPostgreSql(PostgreSqlCluster cluster) : WatchLinkRegisterTests(new PostgreSqlEngine(cluster));
