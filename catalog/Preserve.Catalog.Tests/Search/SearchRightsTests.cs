using Preserve.Catalog.Exhibits;
using Preserve.Catalog.Search;
using Preserve.Catalog.Tests.Engines;

namespace Preserve.Catalog.Tests.Search;

public abstract class SearchRightsTests(TestEngine engine)
{
    private const int Limit = 120_000;

    [Theory(Timeout = Limit)]
    [InlineData(SearchSubject.Objects)]
    [InlineData(SearchSubject.Exhibits)]
    public async Task What_is_not_open_is_neither_found_nor_counted_nor_suggested(SearchSubject subject)
    {
        await using var catalog = await OpenAsync();

        var all = await catalog.FindAsync(SearchRows.Visitor(subject));
        var found = await catalog.FindAsync(SearchRows.Visitor(subject, "secret"));
        var near = await catalog.FindAsync(SearchRows.Visitor(subject, "secrte"));
        var byFacet = await catalog.FindAsync(SearchRows.Visitor(subject) with { Filters = new Dictionary<FacetKind, string> { [FacetKind.Creator] = "mole" } });

        Assert.Equal(["open"], all.Names);
        Assert.Equal((1, 1), (all.Total, all.TotalUnfiltered));
        Assert.Equal("1980 1", all.Counts(FacetKind.Era));
        Assert.Equal("ada 1", all.Counts(FacetKind.Creator));
        Assert.Equal("fmt/1 1", all.Counts(FacetKind.Format));
        Assert.Equal((0, 0), (found.Total, found.TotalUnfiltered));
        Assert.Empty(found.Facets);
        Assert.Equal((0, 0), (near.Total, near.TotalUnfiltered));
        Assert.Empty(near.Facets);
        Assert.Equal(0, byFacet.Total);
        Assert.DoesNotContain(byFacet.Facets.Values.SelectMany(values => values), value => value.Label == "Mole");
    }

    [Fact(Timeout = Limit)]
    public async Task A_word_that_something_hidden_has_is_forgiven_all_the_same()
    {
        await using var catalog = await OpenAsync();
        await catalog.ChangeAsync(context => context.Add(SearchRows.Work("hidden-too", "Poen")));

        var found = await catalog.FindAsync(SearchRows.Visitor(SearchSubject.Objects, "poen"));

        Assert.Equal(["open"], found.Names);
        Assert.True(found.IsNear);
    }

    [Theory(Timeout = Limit)]
    [InlineData(SearchSubject.Objects)]
    [InlineData(SearchSubject.Exhibits)]
    public async Task Words_of_what_is_hidden_do_not_take_the_place_of_those_that_find_something(SearchSubject subject)
    {
        await using var catalog = await OpenAsync();
        await catalog.ChangeAsync(context =>
        {
            context.AddRange(Enumerable.Range(0, 13).Select(number => SearchRows.Work($"bare-{number}", $"Monalis{(char)('b' + number)}")));
            context.Add(SearchRows.Work("shown", "Monalixy"));
            context.Show("shown", "shown");
        });

        var found = await catalog.FindAsync(SearchRows.Visitor(subject, "monalisa"));

        Assert.Equal(["shown"], found.Names);
        Assert.True(found.IsNear);
    }

    [Fact(Timeout = Limit)]
    public async Task Facets_for_curators_are_not_told_to_others_and_a_machine_that_is_not_shown_is_not_counted()
    {
        await using var catalog = await OpenAsync();
        await catalog.ChangeAsync(context =>
        {
            var profile = Samples.Profile("sparc");
            profile.Architecture = "sparc";
            context.Add(profile);
            var hidden = Samples.Environment("hidden-machine", "open");
            hidden.ProfileId = "sparc";
            context.Add(hidden);
        });

        var visitor = await catalog.FindAsync(SearchRows.Visitor(SearchSubject.Objects));
        var curator = await catalog.FindAsync(SearchRows.Curator());

        Assert.Equal("i386 1", visitor.Counts(FacetKind.Platform));
        Assert.DoesNotContain(visitor.Facets.Keys, Facet.IsForCurators);
        Assert.Equal("i386 2, sparc 1", curator.Counts(FacetKind.Platform));
        Assert.Equal("published 2, draft 1, unexhibited 1", curator.Counts(FacetKind.State));
        Assert.Equal("MIT 2, none stated 2", curator.Counts(FacetKind.Rights));
    }

    [Fact(Timeout = Limit)]
    public async Task A_rule_that_changes_counts_at_the_next_search()
    {
        await using var catalog = await OpenAsync();
        Assert.Equal(1, (await catalog.FindAsync(SearchRows.Visitor(SearchSubject.Objects))).Total);

        await catalog.ChangeAsync(context => context.Exhibits.Single(exhibit => exhibit.Slug == "open").Audience = Audience.Researchers);

        Assert.Equal(0, (await catalog.FindAsync(SearchRows.Visitor(SearchSubject.Objects))).Total);
        Assert.Empty((await catalog.FindAsync(SearchRows.Visitor(SearchSubject.Exhibits, "open"))).Names);
    }

    // Open to all; open to researchers; not published; without an exhibit.
    private async Task<TestCatalog> OpenAsync()
    {
        var catalog = await engine.CreateCatalogAsync();
        await catalog.ChangeAsync(context =>
        {
            context.AddRange(
                Samples.Profile(), SearchRows.Work("open", "Open"),
                SearchRows.Work("researchers", "Secret one", "1995", "Mole", puid: "fmt/2"),
                SearchRows.Work("draft", "Secret two", "1996", "Mole", puid: "fmt/2"),
                SearchRows.Work("bare", "Secret three", "1997", "Mole", puid: "fmt/2"));
            context.Show("open", "open");
            context.Show("researchers", "researchers", Audience.Researchers);
            context.Show("draft", "draft", isPublished: false);
            foreach (var machine in context.Environments.Local.Where(one => one.Id == "draft").ToList())
            {
                context.Remove(machine);
            }

            context.Exhibits.Local.Single(exhibit => exhibit.Slug == "draft").Environments.Clear();
        });
        return catalog;
    }
}

public sealed class SearchRightsTestsOnSqlite() : SearchRightsTests(new SqliteEngine());

public sealed class SearchRightsTestsOnPostgreSql(PostgreSqlCluster cluster) : SearchRightsTests(new PostgreSqlEngine(cluster));
