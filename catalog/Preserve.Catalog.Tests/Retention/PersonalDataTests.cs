using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Accounts;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Retention;
using Preserve.Catalog.Sessions;
using Preserve.Catalog.Tests.Engines;

namespace Preserve.Catalog.Tests.Retention;

public abstract class PersonalDataTests(TestEngine engine)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Each_kind_is_purged_when_its_time_is_over_and_not_before()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        var now = catalog.Time.GetUtcNow();
        long Ago(double days) => now.AddDays(-days).ToUnixTimeMilliseconds();
        var (account, _) = await catalog.Get<AccountAdministration>().CreateAsync(Actor.CommandLine, "somebody", [Roles.Curator], null, Cancellation);
        var (ended, running) = (Samples.Session(), Samples.Session());
        await using (var context = await catalog.Contexts.CreateDbContextAsync(Cancellation))
        {
            await context.AuditEntries.ExecuteDeleteAsync(Cancellation);
            ended.State = SessionState.Ended;
            context.AddRange(ended, running);
            context.AddRange(new[] { 184.0, 182 }.Select(days => Entry(AuditAction.SignedIn, Ago(days))));
            context.AddRange(new[] { 3654.0, 184 }.Select(days => Entry(AuditAction.ObjectAccepted, Ago(days))));
            context.AddRange(new[] { 31.0, 29 }.Select(days => new OneTimeLink { Id = Guid.NewGuid(), Purpose = LinkPurpose.Password, AccountId = account!.Id, TokenSha256 = Digest(days), ExpiresAt = Ago(days) }));
            context.AddRange(new[] { 91.0, 89 }.Select(days => new ApiToken { Id = Guid.NewGuid(), AccountId = account!.Id, Name = "n", TokenSha256 = Digest(days), CreatedAt = 1, ExpiresAt = Ago(days) }));
            context.AddRange(Link(ended, Ago(31)), Link(ended, Ago(29)), Link(running, Ago(31)));
            await context.SaveChangesAsync(Cancellation);
        }

        var data = catalog.Get<PersonalData>();
        Assert.Equal([(2, 1), (2, 1), (2, 1), (2, 1), (3, 1)], (await data.ReadAsync(Cancellation)).Select(row => (row.Rows, row.Due)));

        Assert.Equal(5, await data.PurgeAsync(Cancellation));
        Assert.Equal(0, await data.PurgeAsync(Cancellation));

        Assert.Equal([(1, 0), (2, 0), (1, 0), (1, 0), (2, 0)], (await data.ReadAsync(Cancellation)).Select(row => (row.Rows, row.Due)));
        await using var after = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        Assert.Equal(
            "1 sign-ins, 1 other entries, 1 one-time links, 1 API tokens, 1 watch links",
            (await after.AuditEntries.SingleAsync(one => one.Action == AuditAction.PersonalDataPurged, Cancellation)).Detail);
    }

    private static AuditEntry Entry(AuditAction action, long at) => new()
    {
        OccurredAt = at, ActorName = "somebody", ActorShown = "curator", Action = action, Subject = "x", Outcome = AuditOutcome.Done,
    };

    private static string Digest(double seed) => new((char)('a' + ((int)seed % 6)), 64);

    private static WatchLink Link(SessionRecord session, long at) => new()
    {
        Id = Guid.NewGuid(), SessionId = session.Id, Kind = WatchLinkKind.Watch, SecretSha256 = Samples.Digest, CreatedAt = at,
    };
}

public sealed class PersonalDataOnSqlite() : PersonalDataTests(new SqliteEngine());

public sealed class PersonalDataOnPostgreSql(PostgreSqlCluster cluster) : PersonalDataTests(new PostgreSqlEngine(cluster));
