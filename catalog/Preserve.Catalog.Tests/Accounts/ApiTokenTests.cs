using Preserve.Catalog.Accounts;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Tests.Engines;

namespace Preserve.Catalog.Tests.Accounts;

public abstract class ApiTokenTests(TestEngine engine)
{
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_token_permits_its_scopes_and_its_use_is_noted()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        var owner = await OwnerAsync(catalog, Roles.Researcher, Roles.Curator);
        var tokens = catalog.Get<ApiTokens>();

        var (token, _) = await tokens.IssueAsync(owner, "scanner", [Roles.Curator], Month, Cancellation);
        var use = await tokens.UseAsync(token!, Cancellation);

        Assert.StartsWith(ApiToken.Prefix, token, StringComparison.Ordinal);
        Assert.Equal([Roles.Curator], use!.Roles);
        Assert.Equal(owner.AccountId, use.Account.Id);
        var row = Assert.Single(await tokens.ListAsync(owner.AccountId!.Value, Cancellation));
        Assert.Equal(catalog.Time.GetUtcNow().ToUnixTimeMilliseconds(), row.LastUsedAt);
        Assert.NotEqual(token, row.TokenSha256);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_token_loses_what_its_owner_loses()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        var owner = await OwnerAsync(catalog, Roles.Researcher, Roles.Curator);
        var tokens = catalog.Get<ApiTokens>();
        var (token, _) = await tokens.IssueAsync(owner, "scanner", [Roles.Researcher, Roles.Curator], Month, Cancellation);

        await catalog.Get<AccountAdministration>().SetRolesAsync(Actor.CommandLine, owner.AccountId!.Value, [Roles.Researcher], Cancellation);
        Assert.Equal([Roles.Researcher], (await tokens.UseAsync(token!, Cancellation))!.Roles);

        await catalog.Get<AccountAdministration>().SetActiveAsync(Actor.CommandLine, owner.AccountId.Value, isActive: false, Cancellation);
        Assert.Null(await tokens.UseAsync(token!, Cancellation));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_token_ends_when_it_expires_or_is_revoked()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        var owner = await OwnerAsync(catalog, Roles.Curator);
        var tokens = catalog.Get<ApiTokens>();
        var (expiring, _) = await tokens.IssueAsync(owner, "a", [Roles.Curator], Month, Cancellation);
        catalog.Time.Advance(Month);
        Assert.Null(await tokens.UseAsync(expiring!, Cancellation));

        var (revoked, _) = await tokens.IssueAsync(owner, "b", [Roles.Curator], Month, Cancellation);
        var row = (await tokens.ListAsync(owner.AccountId!.Value, Cancellation))[0];
        Assert.False(await tokens.RevokeAsync(owner with { AccountId = Guid.NewGuid() }, row.Id, Cancellation));
        Assert.True(await tokens.RevokeAsync(owner, row.Id, Cancellation));
        Assert.Null(await tokens.UseAsync(revoked!, Cancellation));
    }

    [Fact(Timeout = 60_000)]
    public async Task Nobody_gives_a_token_a_role_that_they_do_not_have()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        var owner = await OwnerAsync(catalog, Roles.Researcher);

        var (token, problem) = await catalog.Get<ApiTokens>().IssueAsync(owner, "a", [Roles.Administrator], Month, Cancellation);

        Assert.Null(token);
        Assert.NotEmpty(problem);
    }

    private static async Task<Actor> OwnerAsync(TestCatalog catalog, params string[] roles)
    {
        var (account, _) = await catalog.Get<AccountAdministration>().CreateAsync(
            Actor.CommandLine, "owner", roles, "correct horse battery", Cancellation);
        return Actor.Of(account!, roles);
    }
}

public sealed class ApiTokensOnSqlite() : ApiTokenTests(new SqliteEngine());

public sealed class ApiTokensOnPostgreSql(PostgreSqlCluster cluster) : ApiTokenTests(new PostgreSqlEngine(cluster));
