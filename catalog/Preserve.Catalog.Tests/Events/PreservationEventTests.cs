using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Events;
using Preserve.Catalog.Tests.Engines;

namespace Preserve.Catalog.Tests.Events;

public abstract class PreservationEventTests(TestEngine engine)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task An_event_and_the_digest_of_a_file_are_never_changed()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        await catalog.AddEnvironmentsAsync();
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        var happened = new PreservationEvent { Type = "ingestion", ObjectId = "a", OccurredAt = 1, Agent = "test", Outcome = "success" };
        var medium = Samples.Medium("a", "one.img", 1, Samples.Digest);
        context.AddRange(happened, medium);
        await context.SaveChangesAsync(Cancellation);

        context.Entry(happened).Property(e => e.Outcome).CurrentValue = "failure";
        await Assert.ThrowsAsync<InvalidOperationException>(() => context.SaveChangesAsync(Cancellation));

        context.Entry(happened).State = EntityState.Unchanged;
        context.Entry(medium.Representations[0].Files[0]).Property(f => f.Sha256).CurrentValue = new string('b', 64);
        await Assert.ThrowsAsync<InvalidOperationException>(() => context.SaveChangesAsync(Cancellation));
    }
}

public sealed class PreservationEventOnSqlite() : PreservationEventTests(new SqliteEngine());

public sealed class PreservationEventOnPostgreSql(PostgreSqlCluster cluster) : PreservationEventTests(new PostgreSqlEngine(cluster));
