using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Accounts;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Tests.Engines;

namespace Preserve.Catalog.Tests.Accounts;

public abstract class AccountTests(TestEngine engine)
{
    private const string Password = "correct horse battery";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task An_account_is_made_with_its_roles_and_the_trail_says_who_made_it()
    {
        await using var catalog = await engine.CreateCatalogAsync();

        var (account, result) = await catalog.Get<AccountAdministration>().CreateAsync(
            Actor.CommandLine, "mira", [Roles.Curator], Password, Cancellation);

        Assert.True(result.IsDone);
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        var listed = Assert.Single(await context.ListAccountsAsync(Cancellation));
        Assert.Equal(("mira", Roles.Curator, true), (listed.Name, Assert.Single(listed.Roles), listed.IsActive));
        var entry = Assert.Single((await catalog.Get<AuditTrail>().ListAsync(new AuditFilter(), 0, 10, Cancellation)).Entries);
        Assert.Equal((AuditAction.AccountCreated, "command line", account!.Id.ToString()), (entry.Action, entry.ActorName, entry.Subject));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("mi", Password)]
    [InlineData("mira lang", Password)]
    [InlineData("mira", "too short")]
    [InlineData("mira", "aaaaaaaaaaaaaaaa")]
    [InlineData("a-very-long-name", "A-VERY-LONG-NAME")]
    public async Task A_name_or_password_out_of_bounds_makes_no_account_and_no_entry(string name, string password)
    {
        await using var catalog = await engine.CreateCatalogAsync();

        var (account, result) = await catalog.Get<AccountAdministration>().CreateAsync(Actor.CommandLine, name, [], password, Cancellation);

        Assert.Null(account);
        Assert.NotEmpty(result.Problems);
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        Assert.Empty(context.Accounts);
        Assert.Empty(context.AuditEntries);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_name_is_taken_once_whatever_its_case()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        var administration = catalog.Get<AccountAdministration>();
        await administration.CreateAsync(Actor.CommandLine, "mira", [], Password, Cancellation);

        var (_, again) = await administration.CreateAsync(Actor.CommandLine, "MIRA", [], Password, Cancellation);

        Assert.Contains("taken", Assert.Single(again.Problems), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_last_administrator_can_neither_be_closed_nor_lose_the_role()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        var administration = catalog.Get<AccountAdministration>();
        var (account, _) = await administration.CreateAsync(Actor.CommandLine, "root", [Roles.Administrator], Password, Cancellation);

        var closed = await administration.SetActiveAsync(Actor.CommandLine, account!.Id, isActive: false, Cancellation);
        var demoted = await administration.SetRolesAsync(Actor.CommandLine, account.Id, [Roles.Curator], Cancellation);

        Assert.Same(AccountResult.LastAdministrator, closed);
        Assert.Same(AccountResult.LastAdministrator, demoted);
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        var row = Assert.Single(await context.ListAccountsAsync(Cancellation));
        Assert.Equal((true, Roles.Administrator), (row.IsActive, Assert.Single(row.Roles)));
        Assert.Single(context.AuditEntries);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_set_up_link_makes_one_administrator_and_only_its_digest_is_kept()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        var links = catalog.Get<OneTimeLinks>();
        var token = (await links.CreateAsync(LinkPurpose.Setup, null, Cancellation))["/setup/".Length..];
        var link = await links.FindAsync(token, LinkPurpose.Setup, Cancellation);
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        Assert.DoesNotContain(token, Assert.Single(context.OneTimeLinks.ToList()).TokenSha256, StringComparison.Ordinal);

        var first = await catalog.Get<AccountAdministration>().SetUpAsync(link!, "root", Password, Cancellation);
        var second = await catalog.Get<AccountAdministration>().SetUpAsync(link!, "other", Password, Cancellation);

        Assert.True(first.IsDone);
        Assert.Same(AccountResult.LinkUsed, second);
        Assert.Null(await links.FindAsync(token, LinkPurpose.Setup, Cancellation));
        Assert.True(await context.HasAdministratorAsync(Cancellation));
        Assert.Single(context.Accounts);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_password_link_works_once_for_a_day_and_a_bad_password_does_not_use_it_up()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        var administration = catalog.Get<AccountAdministration>();
        var links = catalog.Get<OneTimeLinks>();
        var (account, _) = await administration.CreateAsync(Actor.CommandLine, "mira", [], password: null, Cancellation);
        var path = await administration.IssuePasswordLinkAsync(Actor.CommandLine, account!.Id, Cancellation);
        var token = path!["/account/new-password/".Length..];
        var link = await links.FindAsync(token, LinkPurpose.Password, Cancellation);

        var tooShort = await administration.ChoosePasswordAsync(link!, "short", Cancellation);
        var chosen = await administration.ChoosePasswordAsync(link!, Password, Cancellation);
        var again = await administration.ChoosePasswordAsync(link!, "another long password", Cancellation);

        Assert.False(tooShort.IsDone);
        Assert.True(chosen.IsDone);
        Assert.Same(AccountResult.LinkUsed, again);
        await using var scope = catalog.Get<IServiceScopeFactory>().CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        Assert.True(await users.CheckPasswordAsync((await users.FindByNameAsync("mira"))!, Password));

        var late = await administration.IssuePasswordLinkAsync(Actor.CommandLine, account.Id, Cancellation);
        catalog.Time.Advance(TimeSpan.FromHours(25));
        Assert.Null(await links.FindAsync(late!["/account/new-password/".Length..], LinkPurpose.Password, Cancellation));
    }

    [Fact(Timeout = 60_000)]
    public async Task An_entry_of_the_trail_is_never_changed()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        await catalog.Get<AuditTrail>().RecordAsync(Actor.Service, AuditAction.SignedIn, "x", "", AuditOutcome.Done, Cancellation);
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        var entry = context.AuditEntries.Single();

        context.Entry(entry).Property(row => row.ActorName).CurrentValue = "somebody else";

        await Assert.ThrowsAsync<InvalidOperationException>(() => context.SaveChangesAsync(Cancellation));
    }

    [Fact(Timeout = 60_000)]
    public async Task The_trail_is_found_by_word_action_and_day()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        var trail = catalog.Get<AuditTrail>();
        await trail.RecordAsync(Actor.CommandLine, AuditAction.SignedIn, "a", "Mira", AuditOutcome.Done, Cancellation);
        catalog.Time.Advance(TimeSpan.FromDays(1));
        await trail.RecordAsync(Actor.CommandLine, AuditAction.SignInRefused, "b", "jo_n", AuditOutcome.Refused, Cancellation);
        var later = catalog.Time.GetUtcNow().ToUnixTimeMilliseconds();

        async Task<string> FoundAsync(AuditFilter filter) =>
            string.Concat((await trail.ListAsync(filter, 0, 10, Cancellation)).Entries.Select(entry => entry.Subject));

        Assert.Equal("ba", await FoundAsync(new AuditFilter()));
        Assert.Equal("a", await FoundAsync(new AuditFilter { Text = "mIRA" }));
        Assert.Equal("b", await FoundAsync(new AuditFilter { Action = AuditAction.SignInRefused }));
        Assert.Equal("a", await FoundAsync(new AuditFilter { Until = later }));
        Assert.Equal("b", await FoundAsync(new AuditFilter { From = later }));
        Assert.Equal("", await FoundAsync(new AuditFilter { Text = "j%n" }));
    }
}

public sealed class AccountsOnSqlite() : AccountTests(new SqliteEngine());

public sealed class AccountsOnPostgreSql(PostgreSqlCluster cluster) : AccountTests(new PostgreSqlEngine(cluster));
