using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Exhibits;
using Preserve.Catalog.Tests.Engines;

namespace Preserve.Catalog.Tests.Exhibits;

public abstract class ExhibitQueriesTests(TestEngine engine)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task The_gallery_lists_published_exhibits_by_title_with_their_machines_in_order()
    {
        await using var catalog = await CreateAsync();
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);

        var exhibits = await context.ListPublishedExhibitsAsync(0, 10, Cancellation);

        Assert.Equal(["alpha", "beta"], exhibits.Select(exhibit => exhibit.Slug));
        Assert.Equal(["e2", "e1"], exhibits[1].Environments.Select(machine => machine.Environment!.Id));
        Assert.Equal(["Ada \"A\" Løve", "B"], exhibits[0].Object!.Creators);
        Assert.Equal(2, await context.CountPublishedExhibitsAsync(Cancellation));
        Assert.Equal("beta", Assert.Single(await context.ListPublishedExhibitsAsync(1, 10, Cancellation)).Slug);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_exhibit_is_found_by_slug_with_its_machine_profiles()
    {
        await using var catalog = await CreateAsync();
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);

        var exhibit = await context.FindExhibitAsync("hidden", Cancellation);

        Assert.NotNull(exhibit);
        Assert.False(exhibit.IsPublished);
        Assert.Equal(["dir<enter>", "ver<enter>"], exhibit.TryThis);
        Assert.Equal("pc-486", Assert.Single(exhibit.Environments).Environment!.Profile!.Id);
        Assert.Null(await context.FindExhibitAsync("nowhere", Cancellation));
    }

    [Fact(Timeout = 60_000)]
    public async Task The_database_refuses_to_publish_without_a_rights_basis()
    {
        await using var catalog = await CreateAsync();
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        var hidden = await context.Exhibits.SingleAsync(exhibit => exhibit.Slug == "hidden", Cancellation);
        hidden.IsPublished = true;

        await Assert.ThrowsAsync<DbUpdateException>(() => context.SaveChangesAsync(Cancellation));
    }

    private async Task<TestCatalog> CreateAsync()
    {
        var catalog = await engine.CreateCatalogAsync();
        await catalog.AddEnvironmentsAsync("e1", "e2");
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        context.AddRange(
            Samples.Exhibit("beta", "a", true, "e2", "e1"),
            Samples.Exhibit("alpha", "a", true, "e1"),
            Samples.Exhibit("hidden", "a", false, "e1"));
        await context.SaveChangesAsync(Cancellation);
        return catalog;
    }
}

public sealed class ExhibitQueriesOnSqlite() : ExhibitQueriesTests(new SqliteEngine());

public sealed class ExhibitQueriesOnPostgreSql(PostgreSqlCluster cluster) : ExhibitQueriesTests(new PostgreSqlEngine(cluster));
