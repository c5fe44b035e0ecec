using Preserve.Catalog.Search;
using Preserve.Catalog.Tests.Engines;

namespace Preserve.Catalog.Tests.Search;

public abstract class SearchPagingTests(TestEngine engine)
{
    private const int Limit = 120_000;

    [Theory(Timeout = Limit)]
    [InlineData(null, SearchOrder.Year)]
    [InlineData(null, SearchOrder.Newest)]
    [InlineData("common", SearchOrder.Year)]
    [InlineData("comomn", SearchOrder.Year)]
    public async Task Pages_have_no_gap_and_no_repetition_while_rows_are_added(string? text, SearchOrder order)
    {
        await using var catalog = await engine.CreateCatalogAsync();
        await catalog.ChangeAsync(context => context.AddRange(Enumerable.Range(0, 25).Select(number => Work(number, "first"))));
        var seen = new List<string>();
        SearchPlace? after = null;
        var round = 0;
        do
        {
            var page = await catalog.FindAsync(SearchRows.Curator(text, take: 7) with { After = after, Order = order });
            seen.AddRange(page.Names);
            after = page.Next is { } next ? SearchPlace.Read(next.Write()) : null;
            await catalog.ChangeAsync(context => context.AddRange(Enumerable.Range(0, 4).Select(number => Work(number * 7, $"round{round}"))));
        }
        while (after is not null && ++round < 30);

        Assert.True(round < 30);
        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Equal(25, seen.Count(name => name.StartsWith("first", StringComparison.Ordinal)));
    }

    [Fact(Timeout = Limit)]
    public async Task Filters_narrow_and_each_facet_is_counted_under_the_others()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        await catalog.ChangeAsync(context => context.AddRange(
            SearchRows.Work("a", "A", "1985", "Ada"), SearchRows.Work("b", "B", "1986", "Bob"),
            SearchRows.Work("c", "C", "1995", "Ada"), SearchRows.Work("d", "D", "nobody knows", "Ada")));

        var ada = await catalog.FindAsync(SearchRows.Curator() with { Filters = Only(FacetKind.Creator, "ada") });
        var both = await catalog.FindAsync(SearchRows.Curator() with
        {
            Filters = new Dictionary<FacetKind, string> { [FacetKind.Creator] = "ada", [FacetKind.Era] = "1980" },
        });
        var none = await catalog.FindAsync(SearchRows.Curator() with { Filters = Only(FacetKind.Format, "fmt/none") });

        Assert.Equal(["a", "c", "d"], ada.Names);
        Assert.Equal("1980 1, 1990 1, undated 1", ada.Counts(FacetKind.Era));
        Assert.Equal("ada 3, bob 1", ada.Counts(FacetKind.Creator));
        Assert.Equal(["a"], both.Names);
        Assert.Equal("ada 1, bob 1", both.Counts(FacetKind.Creator));
        Assert.Equal((0, 4), (none.Total, none.TotalUnfiltered));
    }

    [Fact(Timeout = Limit)]
    public async Task A_list_can_be_looked_into_anywhere()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        await catalog.ChangeAsync(context => context.AddRange(Enumerable.Range(0, 25).Select(number => Work(number, "first"))));

        var all = await catalog.FindAsync(SearchRows.Curator(take: 25));
        var part = await catalog.FindAsync(SearchRows.Curator(take: 5) with { Skip = 18 });
        var behind = await catalog.FindAsync(SearchRows.Curator(take: 5) with { Skip = 100 });

        Assert.Equal(all.Names.Skip(18).Take(5), part.Names);
        Assert.Empty(behind.Names);
        Assert.Equal((25, 1980, 1999), (all.Total, all.FirstYear, all.LastYear));
    }

    private static Dictionary<FacetKind, string> Only(FacetKind kind, string value) => new() { [kind] = value };

    private static Objects.PreservedObject Work(int number, string group) =>
        SearchRows.Work($"{group}-{number}", number % 3 == 0 ? $"Common {number}" : $"Work {number}", $"{1980 + (number % 20)}", number % 2 == 0 ? "Common" : "Ada", "common words");
}

public sealed class SearchPagingTestsOnSqlite() : SearchPagingTests(new SqliteEngine());

public sealed class SearchPagingTestsOnPostgreSql(PostgreSqlCluster cluster) : SearchPagingTests(new PostgreSqlEngine(cluster));
