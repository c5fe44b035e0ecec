using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Database;
using Preserve.Catalog.Identifiers;
using Preserve.Catalog.Rights;
using Preserve.Catalog.Search;
using Preserve.Catalog.Tests.Engines;

namespace Preserve.Catalog.Tests.Search;

public abstract class CatalogSearchTests(TestEngine engine)
{
    private const int Limit = 120_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limit)]
    public async Task Words_are_found_wherever_they_stand_and_the_title_counts_most()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        await catalog.ChangeAsync(context => context.AddRange(
            SearchRows.Work("c-described", "Something else", "1970", description: "A painter at work"),
            SearchRows.Work("d-file", "Another", "1970", file: "PAINTER.EXE"),
            SearchRows.Work("b-creator", "A sheet", "1970", creator: "Painter & Sons"),
            SearchRows.Work("a-longer", "Painters", "1990"),
            SearchRows.Work("z-whole", "The Painter", "1999"),
            SearchRows.Work("nothing", "Nothing", "1960")));

        Assert.Equal(["z-whole", "a-longer", "b-creator", "d-file", "c-described"], await catalog.NamesAsync("painter"));
        Assert.Equal(["d-file"], await catalog.NamesAsync("painter exe"));
    }

    [Theory(Timeout = Limit)]
    [InlineData("pai")]
    [InlineData("PAINT")]
    [InlineData("möbius pain")]
    [InlineData("MOBIUS")]
    [InlineData("lovelace")]
    [InlineData("Løvelåce")]
    [InlineData("fmt/468")]
    [InlineData("ISO 9660")]
    [InlineData("install disk")]
    [InlineData("setup.exe")]
    [InlineData("1989")]
    [InlineData("the-id")]
    [InlineData("iso9660")]
    [InlineData("東京")]
    [InlineData("piant")]
    [InlineData("lovleace")]
    public async Task Search_forgives(string text)
    {
        await using var catalog = await engine.CreateCatalogAsync();
        await catalog.ChangeAsync(context => context.AddRange(
            SearchRows.Work("the-id", "Möbius Paint 東京", "about 1989", "Ada Løvelace", "Says hello.", "Install disk", "SETUP.EXE", "fmt/468", "ISO 9660"),
            SearchRows.Work("other", "Quite another thing", "1970")));

        Assert.Equal(["the-id"], await catalog.NamesAsync(text));
    }

    [Fact(Timeout = Limit)]
    public async Task Nearly_the_same_words_are_said_to_be_near_and_only_where_nothing_else_is_found()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        await catalog.ChangeAsync(context => context.AddRange(SearchRows.Work("painter", "Painter"), SearchRows.Work("printer", "Pointer")));

        var exact = await catalog.FindAsync(SearchRows.Curator("painter"));
        var near = await catalog.FindAsync(SearchRows.Curator("paintre"));

        Assert.Equal((false, 1), (exact.IsNear, exact.Total));
        Assert.Equal((true, 1), (near.IsNear, near.Total));
    }

    [Theory(Timeout = Limit)]
    [InlineData("\"")]
    [InlineData("'; DROP TABLE \"Objects\"; --")]
    [InlineData("title : x OR *")]
    [InlineData("NEAR(a b, 10) AND NOT c")]
    [InlineData("{title names} : (x")]
    [InlineData("a:*ABCD & !b | (c <-> d)")]
    [InlineData("\\'")]
    [InlineData("%_[]{}()^$")]
    [InlineData("😀 \u202E \uFFFF \u0000 \u001B[31m")]
    [InlineData("\uD83D lone")]
    [InlineData("^painter -tune +x ~y")]
    public async Task Hostile_queries_find_nothing_and_harm_nothing(string text)
    {
        await using var catalog = await engine.CreateCatalogAsync();
        await catalog.ChangeAsync(context => context.Add(SearchRows.Work("tune", "Tune")));

        Assert.Empty(await catalog.NamesAsync(text));
        Assert.Empty(await catalog.NamesAsync(string.Concat(Enumerable.Repeat(text, 1000))));
        Assert.Equal(["tune"], await catalog.NamesAsync("tune"));
    }

    [Fact(Timeout = Limit)]
    public async Task Rows_that_hold_attack_strings_are_indexed_as_words()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        const string Attack = "'\"); DROP TABLE \"SearchText\"; -- <script>alert(1)</script> {0} \t\u202E 😀";
        await catalog.ChangeAsync(context => context.Add(SearchRows.Work("attack", Attack, Attack[..60], Attack, Attack, Attack, Attack, "x", Attack)));

        var page = await catalog.FindAsync(SearchRows.Curator("alert script"));

        Assert.Equal(["attack"], page.Names);
        Assert.Contains("<script>", Assert.Single(page.Facets[FacetKind.Creator]).Label, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task Every_change_of_a_row_is_found_at_once_whoever_makes_it()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        await catalog.ChangeAsync(context => context.Add(SearchRows.Work("one", "Before")));
        Assert.Equal(["one"], await catalog.NamesAsync("before"));

        await catalog.RenameAsync("one", "After");
        Assert.Empty(await catalog.NamesAsync("before"));
        Assert.Equal(["one"], await catalog.NamesAsync("after"));

        await catalog.ChangeAsync(context => context.Media.Single().Label = "Sticker");
        await catalog.ChangeAsync(context => context.Files.Single().Name = "renamed.bin");
        await catalog.ChangeAsync(context => context.Identifications.Add(
            new Objects.Identification { StoredFileId = context.Files.Single().Id, Tool = "t", Method = "m", Puid = "fmt/999", FormatName = "Fabulous" }));
        Assert.Equal(["one"], await catalog.NamesAsync("sticker renamed fabulous 999"));

        await catalog.ChangeAsync(context => context.Identifiers.Add(new ObjectIdentifier { ObjectId = "one", Scheme = "wikidata", Value = "Q190108" }));
        await catalog.ChangeAsync(context => context.RightsStatements.Add(new RightsStatement { ObjectId = "one", Order = 1, Basis = RightsBasis.Donor }));
        Assert.Equal("donor 1", (await catalog.FindAsync(SearchRows.Curator("q190108"))).Counts(FacetKind.Rights));

        await catalog.ChangeAsync(context => context.Identifications.RemoveRange(context.Identifications));
        Assert.Empty(await catalog.NamesAsync("fabulous"));
    }

    [Fact(Timeout = Limit)]
    public async Task An_exhibit_that_is_deleted_is_found_no_more()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        await catalog.ChangeAsync(context =>
        {
            context.AddRange(Samples.Profile(), SearchRows.Work("one", "One"));
            context.Show("shown", "one", label: "Wonderful");
        });
        Assert.Equal(["shown"], (await catalog.FindAsync(SearchRows.Visitor(SearchSubject.Exhibits, "wonderful"))).Names);

        await catalog.ChangeAsync(context => context.Exhibits.Remove(context.Exhibits.Single()));

        Assert.Empty((await catalog.FindAsync(SearchRows.Visitor(SearchSubject.Exhibits, "wonderful"))).Names);
        Assert.Equal("unexhibited 1", (await catalog.FindAsync(SearchRows.Curator())).Counts(FacetKind.State));
    }

    [Fact(Timeout = Limit)]
    public async Task A_catalog_without_an_index_is_filled_at_the_next_start_and_lost_triggers_come_back()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        await catalog.ChangeAsync(context => context.AddRange(SearchRows.Work("old", "Old one"), SearchRows.Work("older", "Older one")));
        await catalog.FindAsync(SearchRows.Curator());
        await using (var context = await catalog.Contexts.CreateDbContextAsync(Cancellation))
        {
            await context.Database.ExecuteSqlRawAsync("DROP TABLE \"SearchText\"", Cancellation);
            await context.SearchDue.ExecuteDeleteAsync(Cancellation);
        }

        await catalog.Get<CatalogMigrator>().MigrateAsync(Cancellation);
        await catalog.Get<CatalogMigrator>().MigrateAsync(Cancellation);
        Assert.True(await catalog.Get<SearchIndexer>().CatchUpAsync(10, Cancellation));

        Assert.Equal(["old", "older"], await catalog.NamesAsync("old"));
    }
}

public sealed class CatalogSearchTestsOnSqlite() : CatalogSearchTests(new SqliteEngine())
{
    [Fact(Timeout = 60_000)]
    public async Task Triggers_that_a_rebuilt_table_lost_come_back_at_the_next_start()
    {
        await using var catalog = await new SqliteEngine().CreateCatalogAsync();
        await using (var context = await catalog.Contexts.CreateDbContextAsync(TestContext.Current.CancellationToken))
        {
            await context.Database.ExecuteSqlRawAsync("DROP TRIGGER \"search_due_objects_insert\"", TestContext.Current.CancellationToken);
        }

        await catalog.Get<CatalogMigrator>().MigrateAsync(TestContext.Current.CancellationToken);
        await catalog.ChangeAsync(context => context.Add(Samples.Object("new")));

        Assert.Equal(["new"], await catalog.NamesAsync("new"));
    }

    [Fact(Timeout = 60_000)]
    public async Task An_index_of_an_earlier_version_is_made_anew_at_the_next_start()
    {
        await using var catalog = await new SqliteEngine().CreateCatalogAsync();
        await catalog.ChangeAsync(context => context.Add(SearchRows.Work("old", "Old one")));
        await catalog.FindAsync(SearchRows.Curator());
        await using (var context = await catalog.Contexts.CreateDbContextAsync(TestContext.Current.CancellationToken))
        {
            await context.Database.ExecuteSqlRawAsync(
                "DROP TABLE \"SearchText\"; CREATE VIRTUAL TABLE \"SearchText\" USING fts5(title, names, rest, content='', contentless_delete=1)", TestContext.Current.CancellationToken);
        }

        await catalog.Get<CatalogMigrator>().MigrateAsync(TestContext.Current.CancellationToken);
        Assert.True(await catalog.Get<SearchIndexer>().CatchUpAsync(10, TestContext.Current.CancellationToken));

        Assert.Equal(["old"], await catalog.NamesAsync("old"));
    }
}

public sealed class CatalogSearchTestsOnPostgreSql(PostgreSqlCluster cluster) : CatalogSearchTests(new PostgreSqlEngine(cluster));
