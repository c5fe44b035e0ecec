using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Regression;
using Preserve.Catalog.Tests.Engines;

namespace Preserve.Catalog.Tests.Regression;

public abstract class RegressionClaimsTests(TestEngine engine)
{
    private static readonly RegressionFinding s_passed = new("Passed", "", "{}");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Workers_that_ask_together_never_get_the_same_job_and_the_longest_goes_first()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        await BeginAsync(catalog, ("short", "b", 1), ("long", "b", 9), ("middle", "b", 5));
        var claims = catalog.Get<RegressionClaims>();
        Assert.Equal("long", (await claims.ClaimAsync("w", Token))!.EnvironmentId);

        var claimed = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => Task.Run(() => claims.ClaimAsync($"w{n}", Token), Token)));

        Assert.Equal(["middle", "short"], claimed.OfType<RegressionClaim>().Select(claim => claim.EnvironmentId).Order());
    }

    [Fact(Timeout = 60_000)]
    public async Task An_environment_is_tried_on_one_build_at_a_time()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        await BeginAsync(catalog, ("e", "b1", 1), ("e", "b2", 1));
        var claims = catalog.Get<RegressionClaims>();
        var first = await claims.ClaimAsync("w", Token);
        Assert.Null(await claims.ClaimAsync("w", Token));

        await claims.FinishAsync(first!, s_passed, Token);

        Assert.NotEqual(first!.BuildId, (await claims.ClaimAsync("w", Token))!.BuildId);
    }

    [Fact(Timeout = 60_000)]
    public async Task Who_lost_its_claim_by_the_lease_writes_nothing_and_who_has_it_now_does()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        var run = await BeginAsync(catalog, ("e", "b", 1));
        var claims = catalog.Get<RegressionClaims>();
        var slow = (await claims.ClaimAsync("slow", Token))!;
        catalog.Time.Advance(RegressionClaims.Lease * 2);
        var quick = (await claims.ClaimAsync("quick", Token))!;

        Assert.False(await claims.RenewAsync(slow, Token));
        Assert.False(await claims.FinishAsync(slow, new RegressionFinding("EmulatorRegression", "k", "{}"), Token));
        Assert.False(await claims.PutBackAsync(slow, Token));
        Assert.True(await claims.FinishAsync(quick, s_passed, Token));
        Assert.False(await claims.FinishAsync(quick, new RegressionFinding("Flaky", "k", "{}"), Token));
        Assert.Equal(("Passed", RegressionRunState.Finished), await ReadAsync(catalog, run));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_lease_that_is_renewed_in_time_holds()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        await BeginAsync(catalog, ("e", "b", 1));
        var claims = catalog.Get<RegressionClaims>();
        var claim = (await claims.ClaimAsync("w", Token))!;
        for (var i = 0; i < 3; i++)
        {
            catalog.Time.Advance(RegressionClaims.Lease * 0.8);
            Assert.Null(await claims.ClaimAsync("other", Token));
            Assert.True(await claims.RenewAsync(claim, Token));
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_worker_that_starts_again_gets_back_what_its_last_life_left()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        await BeginAsync(catalog, ("e", "b", 1));
        var claims = catalog.Get<RegressionClaims>();
        var last = (await claims.ClaimAsync("w", Token))!;
        Assert.Equal(1, await claims.ReleaseOfWorkerAsync("w", Token));
        Assert.False(await claims.FinishAsync(last, s_passed, Token));
        Assert.NotNull(await claims.ClaimAsync("w", Token));
    }

    [Fact(Timeout = 60_000)]
    public async Task What_takes_its_worker_down_every_time_is_given_up_and_the_run_ends()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        var run = await BeginAsync(catalog, ("e", "b", 1));
        var claims = catalog.Get<RegressionClaims>();
        for (var life = 0; life < RegressionClaims.MaximumAttempts; life++)
        {
            Assert.NotNull(await claims.ClaimAsync("w", Token));
            await claims.ReleaseOfWorkerAsync("w", Token);
        }

        Assert.Null(await claims.ClaimAsync("w", Token));
        await claims.TidyAsync((environment, _) => new RegressionFinding("CannotTell", "", environment), Token);
        Assert.Equal(("CannotTell", RegressionRunState.Finished), await ReadAsync(catalog, run));
    }

    [Fact(Timeout = 60_000)]
    public async Task Being_put_back_does_not_count_as_an_attempt()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        await BeginAsync(catalog, ("e", "b", 1));
        var claims = catalog.Get<RegressionClaims>();
        for (var visitor = 0; visitor < RegressionClaims.MaximumAttempts + 2; visitor++)
        {
            Assert.True(await claims.PutBackAsync((await claims.ClaimAsync("w", Token))!, Token));
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_cancelled_run_gives_out_nothing_calls_off_what_runs_and_is_audited()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        var run = await BeginAsync(catalog, ("e1", "b", 2), ("e2", "b", 1));
        var claims = catalog.Get<RegressionClaims>();
        var running = (await claims.ClaimAsync("w", Token))!;

        Assert.True(await catalog.Get<RegressionRuns>().CancelAsync(run, Actor.CommandLine, Token));

        Assert.False(await claims.RenewAsync(running, Token));
        Assert.False(await claims.FinishAsync(running, s_passed, Token));
        Assert.Null(await claims.ClaimAsync("w", Token));
        Assert.False(await catalog.Get<RegressionRuns>().CancelAsync(run, Actor.CommandLine, Token));
        await using var context = await catalog.Contexts.CreateDbContextAsync(Token);
        Assert.Equal(1, await context.AuditEntries.CountAsync(entry => entry.Action == AuditAction.RegressionRunCancelled, Token));
    }

    [Fact(Timeout = 60_000)]
    public async Task Two_nights_never_run_at_one_time()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        var runs = catalog.Get<RegressionRuns>();
        var night = new NewRegressionRun(true, true, [new NewRegressionJob("e", "E", "b", 1)]);
        Assert.NotNull(await runs.AddAsync(night, Actor.Service, Token));
        Assert.Null(await runs.AddAsync(night, Actor.Service, Token));
        Assert.NotNull(await runs.AddAsync(night with { IsNightly = false }, Actor.Service, Token));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_result_is_decided_once_with_its_reason_in_the_audit_trail()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        await BeginAsync(catalog, ("e", "b", 1));
        var (claims, runs) = (catalog.Get<RegressionClaims>(), catalog.Get<RegressionRuns>());
        var claim = (await claims.ClaimAsync("w", Token))!;
        Assert.False(await runs.DecideAsync(claim.JobId, RegressionDecision.Approved, "too early", Actor.CommandLine, Token));
        await claims.FinishAsync(claim, s_passed, Token);

        Assert.True(await runs.DecideAsync(claim.JobId, RegressionDecision.Rejected, "wrong font", Actor.CommandLine, Token));
        Assert.False(await runs.DecideAsync(claim.JobId, RegressionDecision.Approved, "second thoughts", Actor.CommandLine, Token));

        await using var context = await catalog.Contexts.CreateDbContextAsync(Token);
        var entry = await context.AuditEntries.SingleAsync(row => row.Action == AuditAction.ScreenRejected, Token);
        Assert.Contains("wrong font", entry.Detail, StringComparison.Ordinal);
    }

    private static async Task<long> BeginAsync(TestCatalog catalog, params (string Environment, string Build, double Seconds)[] jobs) =>
        (await catalog.Get<RegressionRuns>().AddAsync(
            new NewRegressionRun(false, false, [.. jobs.Select(job => new NewRegressionJob(job.Environment, job.Environment, job.Build, job.Seconds))]),
            Actor.CommandLine, Token))!.Value;

    private static async Task<(string Verdict, RegressionRunState State)> ReadAsync(TestCatalog catalog, long run)
    {
        await using var context = await catalog.Contexts.CreateDbContextAsync(Token);
        return ((await context.RegressionJobs.SingleAsync(job => job.RunId == run, Token)).Verdict, (await context.RegressionRuns.SingleAsync(row => row.Id == run, Token)).State);
    }
}

public sealed class RegressionClaimsOnSqlite() : RegressionClaimsTests(new SqliteEngine());

public sealed class RegressionClaimsOnPostgreSql(PostgreSqlCluster cluster) : RegressionClaimsTests(new PostgreSqlEngine(cluster));
