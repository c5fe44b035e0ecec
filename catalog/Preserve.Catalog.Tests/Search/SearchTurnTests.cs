using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Objects;
using Preserve.Catalog.Search;
using Preserve.Catalog.Tests.Engines;

namespace Preserve.Catalog.Tests.Search;

/// <summary>Turns of the indexer: how much is in one, and what a search does that cannot take one.</summary>
public abstract class SearchTurnTests(TestEngine engine)
{
    private const int Limit = 120_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limit)]
    public async Task A_search_that_cannot_write_what_is_due_goes_by_what_is_indexed()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        await catalog.ChangeAsync(context => context.Add(SearchRows.Work("one", "Before")));
        Assert.Equal(["one"], await catalog.NamesAsync("before"));
        await catalog.RenameAsync("one", "After");
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        await context.Database.ExecuteSqlRawAsync("ALTER TABLE \"SearchWords\" RENAME TO \"Away\"", Cancellation);

        Assert.Equal(["one"], await catalog.NamesAsync("before"));

        await context.Database.ExecuteSqlRawAsync("ALTER TABLE \"Away\" RENAME TO \"SearchWords\"", Cancellation);
        Assert.Equal(["one"], await catalog.NamesAsync("after"));
    }

    [Fact(Timeout = Limit)]
    public async Task A_search_does_not_wait_for_a_turn_that_is_being_taken()
    {
        var gate = new Gate();
        await using var catalog = await engine.CreateCatalogAsync(services =>
        {
            var type = services.Single(service => service.ServiceType == typeof(ISearchText)).ImplementationType!;
            services.AddSingleton<ISearchText>(provider => new HeldText((ISearchText)ActivatorUtilities.CreateInstance(provider, type), gate));
        });
        await catalog.ChangeAsync(context => context.Add(SearchRows.Work("one", "Before")));
        Assert.Equal(["one"], await catalog.NamesAsync("before"));
        await catalog.RenameAsync("one", "After");
        gate.Opened = new TaskCompletionSource();
        var turn = catalog.Get<SearchIndexer>().CatchUpAsync(1, Cancellation);
        await gate.Reached.Task.WaitAsync(Cancellation);

        var found = await catalog.NamesAsync("before").WaitAsync(TimeSpan.FromSeconds(20), Cancellation);

        Assert.False(turn.IsCompleted);
        Assert.Equal(["one"], found);
        gate.Opened.SetResult();
        await turn;
        Assert.Equal(["one"], await catalog.NamesAsync("after"));
    }

    [Fact(Timeout = Limit)]
    public async Task More_new_words_in_a_turn_than_a_statement_has_parameters_are_all_kept()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        await catalog.ChangeAsync(context => context.AddRange(Enumerable.Range(0, 6).Select(number => new PreservedObject
        {
            Id = $"work-{number}", Title = "Work", CreatedAt = 1,
            Creators = [.. Enumerable.Range(number * 300, 300).Select(creator => string.Join(' ', Enumerable.Range(creator * 20, 20).Select(Word)))],
        })));

        await catalog.Get<SearchIndexer>().CatchUpAsync(1, Cancellation);

        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        Assert.False(await context.SearchDue.AnyAsync(Cancellation));
        Assert.InRange(await context.SearchWords.CountAsync(Cancellation), 36_000, 36_010);
    }

    [Fact(Timeout = Limit)]
    public async Task A_turn_has_a_bounded_number_of_objects_and_leaves_the_others_due()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        await catalog.ChangeAsync(context => context.AddRange(
            Enumerable.Range(0, SearchIndexer.MostObjects + 5).Select(number => new PreservedObject { Id = $"work-{number:000}", Title = "Work", CreatedAt = 1 })));
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);

        await catalog.Get<SearchIndexer>().CatchUpAsync(1, Cancellation);
        var first = await context.SearchEntries.CountAsync(Cancellation);
        Assert.True(await catalog.Get<SearchIndexer>().CatchUpAsync(3, Cancellation));

        Assert.Equal((SearchIndexer.MostObjects, SearchIndexer.MostObjects + 5), (first, await context.SearchEntries.CountAsync(Cancellation)));
    }

    [Fact(Timeout = Limit)]
    public async Task Many_files_of_one_object_do_not_take_the_share_of_another()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        var large = SearchRows.Work("large", "Large");
        large.Media[0].Representations[0].Files.AddRange(
            Enumerable.Range(2, 10_000).Select(order => new StoredFile { Order = order, Name = "same.txt", LengthInBytes = 1, Sha256 = Samples.Digest }));
        await catalog.ChangeAsync(context => context.Add(large));
        await catalog.ChangeAsync(context => context.Add(SearchRows.Work("small", "Small", file: "needle.txt")));
        await catalog.ChangeAsync(context => context.SearchDue.ExecuteDelete());
        await catalog.RenameAsync("large", "Larger");
        await catalog.RenameAsync("small", "Smaller");

        Assert.Equal(["small"], await catalog.NamesAsync("needle"));
        Assert.Equal(["large"], await catalog.NamesAsync("same"));
    }

    // Five letters, another for each number.
    private static string Word(int number)
    {
        var letters = new char[5];
        for (var at = letters.Length - 1; at >= 0; at--)
        {
            letters[at] = (char)('a' + (number % 26));
            number /= 26;
        }

        return new string(letters);
    }

    private sealed class Gate
    {
        public TaskCompletionSource Reached { get; } = new();

        public TaskCompletionSource? Opened { get; set; }
    }

    // The engine's own, which holds a turn in the middle of what it writes.
    private sealed class HeldText(ISearchText inner, Gate gate) : ISearchText
    {
        public Task BeforeMigrationAsync(CatalogContext context, CancellationToken cancellationToken) => inner.BeforeMigrationAsync(context, cancellationToken);

        public Task AfterMigrationAsync(CatalogContext context, CancellationToken cancellationToken) => inner.AfterMigrationAsync(context, cancellationToken);

        public async Task PutAsync(CatalogContext context, long entryId, SearchDocument document, CancellationToken cancellationToken)
        {
            await inner.PutAsync(context, entryId, document, cancellationToken);
            if (gate.Opened is { } opened)
            {
                gate.Reached.TrySetResult();
                await opened.Task.WaitAsync(cancellationToken);
            }
        }

        public Task RemoveAsync(CatalogContext context, long entryId, CancellationToken cancellationToken) => inner.RemoveAsync(context, entryId, cancellationToken);

        public Task<EntrySet> MatchAsync(CatalogContext context, IReadOnlyList<SearchTerm> terms, SearchFields fields, CancellationToken cancellationToken) =>
            inner.MatchAsync(context, terms, fields, cancellationToken);
    }
}

public sealed class SearchTurnTestsOnSqlite() : SearchTurnTests(new SqliteEngine());

public sealed class SearchTurnTestsOnPostgreSql(PostgreSqlCluster cluster) : SearchTurnTests(new PostgreSqlEngine(cluster));
