using Microsoft.EntityFrameworkCore;

namespace Preserve.Catalog.Search;

/// <summary>
/// Search and lists over objects and exhibits. 1. What is due is indexed. 2. The table is brought up to date. 3. The database says which exhibits are
/// open, now, to whoever asks. 4. The engine says which entries have the words anywhere. 5. In memory these are filtered and counted. 6. The engine says
/// which have them in a better place, best first, until a page is full; it is ordered and cut. 7. Where nothing was found, 4 to 6 with words that are nearly the same.
/// </summary>
/// <remarks>
/// Tiers: 0 the words are in the title, whole; 1 in the title; 2 in title, creators, identifiers and date; 3 anywhere; 4 nearly the same words anywhere.
/// Step 7 looks at what is open alone: that something hidden has the words changes nothing.
/// </remarks>
public sealed class CatalogSearch(IDbContextFactory<CatalogContext> contexts, SearchIndexer indexer, ISearchText text) : IDisposable
{
    private const int AnywhereTier = 3;
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
            return Page(request, Tally(request, open, null), [], rest: 0);
        }

        // A later page of words that are nearly the same goes on with them.
        if (request.After?.Tier == NearTier)
        {
            return await NearPageAsync(context, request, open, query, cancellationToken);
        }

        // Typed, but nothing of it a word.
        if (query.Words.Count == 0)
        {
            return Page(request, Tally(request, open, new EntrySet()), [], AnywhereTier);
        }

        var tally = Tally(request, open, await text.MatchAsync(context, [.. query.Words.Select(SearchTerm.Prefix)], SearchFields.All, cancellationToken));
        return tally.Unfiltered > 0
            ? await BestPageAsync(context, request, tally, query, cancellationToken)
            : await NearPageAsync(context, request, open, query, cancellationToken);
    }

    public void Dispose() => _table.Dispose();

    private SearchTally Tally(SearchRequest request, OpenEntries? open, EntrySet? found) =>
        _table.Read(view => new SearchTally(view, request, open, found).Count());

    private SearchPage Page(SearchRequest request, SearchTally tally, IReadOnlyList<Tier> tiers, int rest) => _table.Read(view =>
    {
        var order = new ResultOrder(view, request, tiers, rest);
        var page = order.Page(tally.Hits);
        return new SearchPage
        {
            Names = [.. page.Take(request.Take).Select(result => result.Entry.Name)],
            Total = tally.Hits.Count,
            TotalUnfiltered = tally.Unfiltered,
            FirstYear = tally.FirstYear,
            LastYear = tally.LastYear,
            Facets = tally.Facets,
            Next = page.Count > request.Take ? order.Place(page[request.Take - 1]) : null,
            IsNear = rest == NearTier && tally.Unfiltered > 0,
        };
    });

    // A word that most entries have takes the engine long, so a tier is asked for only as long as better ones do not fill the page.
    private async Task<SearchPage> BestPageAsync(
        CatalogContext context, SearchRequest request, SearchTally tally, SearchQuery query, CancellationToken cancellationToken)
    {
        var tiers = new List<Tier>();
        var page = SearchPage.Nothing;
        foreach (var (rank, terms, fields) in Ways(query))
        {
            tiers.Add(new Tier(rank, await text.MatchAsync(context, terms, fields, cancellationToken)));
            page = Page(request, tally, tiers, AnywhereTier);
            if (page.Next?.Tier <= rank)
            {
                break;
            }
        }

        return page;
    }

    private static IEnumerable<(int Rank, IReadOnlyList<SearchTerm> Terms, SearchFields Fields)> Ways(SearchQuery query)
    {
        IReadOnlyList<SearchTerm> prefixes = [.. query.Words.Select(SearchTerm.Prefix)];
        yield return (0, [.. query.Words.Select(SearchTerm.Whole)], SearchFields.Title);
        yield return (1, prefixes, SearchFields.Title);
        yield return (2, prefixes, SearchFields.Names);
    }

    private static async Task<OpenEntries?> OpenAsync(CatalogContext context, SearchRequest request, CancellationToken cancellationToken) => request.Open is not { } rule
        ? null
        : new OpenEntries(
            await context.Exhibits.Where(rule).Select(exhibit => exhibit.Id).ToListAsync(cancellationToken),
            request is { Subject: SearchSubject.Objects, OpenObjects: { } objects } ? await objects(context).ToListAsync(cancellationToken) : []);

    private async Task<SearchPage> NearPageAsync(
        CatalogContext context, SearchRequest request, OpenEntries? open, SearchQuery query, CancellationToken cancellationToken)
    {
        // Null for everything.
        var seen = open is null ? null : _table.Read(view => open.EntriesIn(view, request.Subject));
        return Page(request, Tally(request, open, await NearAsync(context, query, seen, cancellationToken)), [], NearTier);
    }

    private async Task<EntrySet> NearAsync(CatalogContext context, SearchQuery query, EntrySet? seen, CancellationToken cancellationToken)
    {
        var terms = new List<SearchTerm>();
        foreach (var word in query.Words)
        {
            terms.Add(SearchTerm.Prefix(word) with { Near = await NearWords.FindAsync(context, word, IsSeenAsync, cancellationToken) });
        }

        async Task<bool> IsSeenAsync(string near) =>
            seen is null || (await text.MatchAsync(context, [SearchTerm.Whole(near)], SearchFields.All, cancellationToken)).Overlaps(seen);

        return terms.All(term => term.Near.Count == 0) ? new EntrySet() : await text.MatchAsync(context, terms, SearchFields.All, cancellationToken);
    }
}

/// <summary>Entries that have the words in one way.</summary>
internal sealed record Tier(int Rank, EntrySet Ids);

/// <summary>What is open to whoever asks: exhibits, and objects by themselves.</summary>
internal sealed record OpenEntries(IReadOnlyList<long> Exhibits, IReadOnlyList<string> Objects)
{
    /// <summary>Entries that a search for this subject looks at.</summary>
    public EntrySet EntriesIn(SearchTable.View view, SearchSubject subject)
    {
        var shown = Exhibits.Select(view.FindExhibit).OfType<TableEntry>();
        var entries = subject == SearchSubject.Exhibits ? shown : shown.Select(one => one.ObjectId).Concat(Objects).Select(view.FindObject).OfType<TableEntry>();
        var set = new EntrySet();
        foreach (var entry in entries)
        {
            set.Add(entry.Id);
        }

        return set;
    }
}
