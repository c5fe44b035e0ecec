using Microsoft.EntityFrameworkCore;

namespace Preserve.Catalog.Search;

/// <summary>
/// Search and lists over objects and exhibits. 1. What is due is indexed. 2. The table is brought up to date. 3. The database says which exhibits are
/// open, now, to whoever asks. 4. The engine says which entries have the words, once for each tier. 5. In memory these are put together, filtered,
/// counted, ordered and cut. 6. Where nothing was found, 4 and 5 once more with words that are nearly the same.
/// </summary>
/// <remarks>
/// Tiers: 0 the words are in the title, whole; 1 in the title; 2 in title, creators, identifiers and date; 3 anywhere; 4 nearly the same words anywhere.
/// Step 6 looks at what is open alone: that something hidden has the words changes nothing.
/// </remarks>
public sealed class CatalogSearch(IDbContextFactory<CatalogContext> contexts, SearchIndexer indexer, ISearchText text) : IDisposable
{
    private const int NearTier = 4;

    private readonly SearchTable _table = new();

    /// <exception cref="ArgumentOutOfRangeException">More, or fewer, results are asked for than can be.</exception>
    public async Task<SearchPage> FindAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(request.Skip);
        ArgumentOutOfRangeException.ThrowIfNotEqual(Math.Clamp(request.Take, 1, SearchRequest.MostResults), request.Take);
        await indexer.CatchUpOnTheWayAsync(cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await _table.RefreshAsync(context, cancellationToken);
        var open = await OpenAsync(context, request, cancellationToken);
        var query = SearchQuery.Read(request.Text);
        if (query.IsEmpty)
        {
            return Run(request, open, null, isNear: false);
        }

        // A later page of words that are nearly the same goes on with them.
        if (request.After?.Tier == NearTier)
        {
            return await RunNearAsync(context, request, open, query, cancellationToken);
        }

        var page = Run(request, open, await TiersAsync(context, query, cancellationToken), isNear: false);
        return page.TotalUnfiltered > 0 || query.Words.Count == 0
            ? page
            : await RunNearAsync(context, request, open, query, cancellationToken);
    }

    public void Dispose() => _table.Dispose();

    private SearchPage Run(SearchRequest request, OpenEntries? open, IReadOnlyList<Tier>? tiers, bool isNear) =>
        _table.Read(view => new SearchRunner(view, request, open, tiers, isNear).Run());

    private static async Task<OpenEntries?> OpenAsync(CatalogContext context, SearchRequest request, CancellationToken cancellationToken) => request.Open is not { } rule
        ? null
        : new OpenEntries(
            await context.Exhibits.Where(rule).Select(exhibit => exhibit.Id).ToListAsync(cancellationToken),
            request is { Subject: SearchSubject.Objects, OpenObjects: { } objects } ? await objects(context).ToListAsync(cancellationToken) : []);

    // Null for everything.
    private HashSet<long>? Seen(SearchRequest request, OpenEntries? open) => open is null ? null : _table.Read(view => open.EntriesIn(view, request.Subject));

    private async Task<SearchPage> RunNearAsync(
        CatalogContext context, SearchRequest request, OpenEntries? open, SearchQuery query, CancellationToken cancellationToken) =>
        Run(request, open, [new Tier(NearTier, await NearAsync(context, query, Seen(request, open), cancellationToken))], isNear: true);

    // Worst first: a better tier takes over what a worse one has.
    private async Task<IReadOnlyList<Tier>> TiersAsync(CatalogContext context, SearchQuery query, CancellationToken cancellationToken)
    {
        if (query.Words.Count == 0)
        {
            return [];
        }

        var prefixes = query.Words.Select(SearchTerm.Prefix).ToList();
        var anywhere = await text.MatchAsync(context, prefixes, SearchFields.All, cancellationToken);
        return anywhere.Count == 0
            ? []
            :
            [
                new Tier(3, anywhere),
                new Tier(2, await text.MatchAsync(context, prefixes, SearchFields.Names, cancellationToken)),
                new Tier(1, await text.MatchAsync(context, prefixes, SearchFields.Title, cancellationToken)),
                new Tier(0, await text.MatchAsync(context, [.. query.Words.Select(SearchTerm.Whole)], SearchFields.Title, cancellationToken)),
            ];
    }

    private async Task<List<long>> NearAsync(CatalogContext context, SearchQuery query, HashSet<long>? seen, CancellationToken cancellationToken)
    {
        var terms = new List<SearchTerm>();
        foreach (var word in query.Words)
        {
            terms.Add(SearchTerm.Prefix(word) with { Near = await NearWords.FindAsync(context, word, IsSeenAsync, cancellationToken) });
        }

        async Task<bool> IsSeenAsync(string near) =>
            seen is null || (await text.MatchAsync(context, [SearchTerm.Whole(near)], SearchFields.All, cancellationToken)).Exists(seen.Contains);

        return terms.All(term => term.Near.Count == 0) ? [] : await text.MatchAsync(context, terms, SearchFields.All, cancellationToken);
    }
}

/// <summary>Entries that have the words in one way.</summary>
internal sealed record Tier(int Rank, IReadOnlyList<long> Ids);

/// <summary>What is open to whoever asks: exhibits, and objects by themselves.</summary>
internal sealed record OpenEntries(IReadOnlyList<long> Exhibits, IReadOnlyList<string> Objects)
{
    /// <summary>Ids of the entries that a search for this subject looks at.</summary>
    public HashSet<long> EntriesIn(SearchTable.View view, SearchSubject subject)
    {
        var shown = Exhibits.Select(view.FindExhibit).OfType<TableEntry>().ToList();
        return subject == SearchSubject.Exhibits
            ? [.. shown.Select(one => (long)one.Id)]
            : [.. shown.Select(one => one.ObjectId).Concat(Objects).Select(view.FindObject).OfType<TableEntry>().Select(one => (long)one.Id)];
    }
}
