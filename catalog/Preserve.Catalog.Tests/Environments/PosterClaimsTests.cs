using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Tests.Engines;

namespace Preserve.Catalog.Tests.Environments;

public abstract class PosterClaimsTests(TestEngine engine)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Workers_that_ask_together_never_get_the_same_environment()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        string[] ids = ["e1", "e2", "e3", "e4", "e5"];
        await catalog.AddEnvironmentsAsync(ids);
        var claims = catalog.Get<PosterClaims>();

        var claimed = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() => claims.ClaimAsync($"w{n}", Cancellation), Cancellation)));

        Assert.Equal(ids, claimed.OfType<string>().Order());
        Assert.Equal(3, claimed.Count(id => id is null));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_made_poster_is_no_longer_due_and_its_digest_is_known()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        await catalog.AddEnvironmentsAsync("e1");
        var claims = catalog.Get<PosterClaims>();
        await claims.ClaimAsync("w", Cancellation);

        Assert.True(await claims.MadeAsync("e1", "w", Samples.Digest, 640, 400, Cancellation));

        var row = await ReadAsync(catalog, "e1");
        Assert.Equal((PosterState.Made, Samples.Digest, 640, 0), (row.PosterState, row.PosterSha256, row.PosterWidth, row.PosterAttempts));
        Assert.Null(row.PosterWorker);
        Assert.Null(await claims.ClaimAsync("w", Cancellation));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_worker_whose_claim_was_taken_away_cannot_finish_it()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        await catalog.AddEnvironmentsAsync("e1");
        var claims = catalog.Get<PosterClaims>();
        await claims.ClaimAsync("slow", Cancellation);
        catalog.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(1, await claims.ReleaseOlderThanAsync(TimeSpan.FromMinutes(10), Cancellation));
        await claims.ClaimAsync("fast", Cancellation);

        Assert.False(await claims.FailedAsync("e1", "slow", "too late", Cancellation));
        Assert.True(await claims.FailedAsync("e1", "fast", "a black screen\0", Cancellation));
        Assert.Equal("a black screen\uFFFD", (await ReadAsync(catalog, "e1")).PosterProblem);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_environment_that_takes_its_worker_down_every_time_is_given_up()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        await catalog.AddEnvironmentsAsync("e1");
        var claims = catalog.Get<PosterClaims>();

        for (var life = 0; life < PosterClaims.MaximumAttempts; life++)
        {
            Assert.Equal("e1", await claims.ClaimAsync("w", Cancellation));
            Assert.Equal(1, await claims.ReleaseOfWorkerAsync("w", Cancellation));
        }

        Assert.Null(await claims.ClaimAsync("w", Cancellation));
        var row = await ReadAsync(catalog, "e1");
        Assert.Equal(PosterState.Failed, row.PosterState);
        Assert.NotEmpty(row.PosterProblem);
    }

    [Fact(Timeout = 60_000)]
    public async Task Being_put_back_for_a_visitor_does_not_count_as_an_attempt()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        await catalog.AddEnvironmentsAsync("e1");
        var claims = catalog.Get<PosterClaims>();

        for (var visitor = 0; visitor < PosterClaims.MaximumAttempts + 2; visitor++)
        {
            Assert.Equal("e1", await claims.ClaimAsync("w", Cancellation));
            Assert.True(await claims.PutBackAsync("e1", "w", Cancellation));
        }

        Assert.Equal((PosterState.Due, 0), ((await ReadAsync(catalog, "e1")).PosterState, (await ReadAsync(catalog, "e1")).PosterAttempts));
    }

    private static async Task<PreservedEnvironment> ReadAsync(TestCatalog catalog, string id)
    {
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        return await context.Environments.AsNoTracking().SingleAsync(e => e.Id == id, Cancellation);
    }
}

public sealed class PosterClaimsOnSqlite() : PosterClaimsTests(new SqliteEngine());

public sealed class PosterClaimsOnPostgreSql(PostgreSqlCluster cluster) : PosterClaimsTests(new PostgreSqlEngine(cluster));
