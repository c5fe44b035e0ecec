using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Identifiers;
using Preserve.Catalog.Tests.Engines;

namespace Preserve.Catalog.Tests.Identifiers;

public abstract class IdentifierDeskTests(TestEngine engine)
{
    private static readonly Actor Ada = new(Guid.NewGuid(), "ada", "curator");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task An_object_has_several_identifiers_and_is_found_by_each_however_it_is_written()
    {
        await using var catalog = await OpenAsync();
        var desk = catalog.Get<IdentifierDesk>();

        Assert.Empty(await desk.NameAsync("game", [new("doi", "https://doi.org/10.5281/Zenodo.1"), new("wikidata", "Q42"), new("local", "1987.42.1"), new("mobygames", "7")], Ada, Cancellation));
        Assert.Empty(await desk.NameAsync("game", [new("local", "1987.42.1"), new("doi", "10.5281/zenodo.1"), new("wikidata", "q42"), new("mobygames", "7")], Ada, Cancellation));
        Assert.Empty(await desk.NameAsync("other", [new("wikidata", "Q42")], Ada, Cancellation));

        Assert.Equal([new("doi", "10.5281/zenodo.1"), new("local", "1987.42.1"), new("mobygames", "7"), new NamedIdentifier("wikidata", "Q42")], await desk.ListAsync("game", Cancellation));
        Assert.Equal(["game"], await desk.FindAsync(null, "http://dx.doi.org/10.5281/ZENODO.1", null, Cancellation));
        Assert.Equal(["game", "other"], await desk.FindAsync("wikidata", "https://www.wikidata.org/wiki/Q42", null, Cancellation));
        Assert.Empty(await desk.FindAsync("isbn", "7", null, Cancellation));
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        Assert.Equal("identifiers: doi 10.5281/zenodo.1, local 1987.42.1, mobygames 7, wikidata Q42", await context.Events.Where(one => one.ObjectId == "game").Select(one => one.Detail).SingleAsync(Cancellation));
    }

    [Fact(Timeout = 60_000)]
    public async Task No_two_objects_have_the_same_DOI_or_accession_number_not_even_by_a_race()
    {
        await using var catalog = await OpenAsync();
        var desk = catalog.Get<IdentifierDesk>();
        await desk.NameAsync("game", [new("local", "1987.42.1")], Ada, Cancellation);

        var taken = await desk.NameAsync("other", [new("local", "1987.42.1")], Ada, Cancellation);
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        context.Identifiers.Add(IdentifierDesk.Row("other", new NamedIdentifier("local", "1987.42.1")));

        Assert.Equal(["'1987.42.1' is the Local accession number of 'game' already."], taken);
        await Assert.ThrowsAsync<DbUpdateException>(() => context.SaveChangesAsync(Cancellation));
    }

    [Fact(Timeout = 60_000)]
    public async Task What_is_wrong_is_told_with_an_example_and_nothing_is_changed()
    {
        await using var catalog = await OpenAsync();
        var desk = catalog.Get<IdentifierDesk>();

        var problems = await desk.NameAsync("game", [new("doi", "nonsense"), new("My Scheme", "1"), new("own", new string('x', 300)), new("local", "fine")], Ada, Cancellation);

        Assert.Equal(3, problems.Count);
        Assert.Contains("'nonsense' is no DOI. One is written like 10.5281/zenodo.1234.", problems);
        Assert.Empty(await desk.ListAsync("game", Cancellation));
    }

    private async Task<TestCatalog> OpenAsync()
    {
        var catalog = await engine.CreateCatalogAsync();
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        context.AddRange(Samples.Object("game"), Samples.Object("other"));
        await context.SaveChangesAsync(Cancellation);
        return catalog;
    }
}

public sealed class IdentifiersOnSqlite() : IdentifierDeskTests(new SqliteEngine());

public sealed class IdentifiersOnPostgreSql(PostgreSqlCluster cluster) : IdentifierDeskTests(new PostgreSqlEngine(cluster));
