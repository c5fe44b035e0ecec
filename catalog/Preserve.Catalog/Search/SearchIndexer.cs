using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Preserve.Catalog.Search;

/// <summary>
/// The one writer of what search knows. 1. Triggers append what is due, in the transaction of the change itself. 2. Here it is taken in turns,
/// each one transaction: the version grows (which makes hosts take turns), rows are read, entries and words written, what was due deleted.
/// </summary>
public sealed class SearchIndexer(IDbContextFactory<CatalogContext> contexts, ISearchText text, ILogger<SearchIndexer> logger) : IDisposable
{
    /// <summary>Rows of <see cref="SearchDue"/> in a turn, of which an object that comes in has five or so: short enough for others who want to write.</summary>
    private const int Turn = 2_000;

    /// <summary>Most that somebody who searches waits for.</summary>
    private const int MostOnTheWay = 400;

    /// <summary>Most different objects of a turn, whose rows and words are in memory together. At least <see cref="MostOnTheWay"/>, which is one turn.</summary>
    internal const int MostObjects = MostOnTheWay;

    /// <summary>Shorter words are not compared with slips.</summary>
    internal const int ShortestNear = 4;

    private readonly SemaphoreSlim _turns = new(1, 1);

    /// <summary>Indexes what is due.</summary>
    /// <param name="mostTurns">Turns after which the rest is left for later; a turn is a few hundred changes.</param>
    /// <param name="cancellationToken">Leaves the rest for later.</param>
    /// <returns>Whether nothing was due any more.</returns>
    public async Task<bool> CatchUpAsync(int mostTurns, CancellationToken cancellationToken)
    {
        for (var turn = 0; turn < mostTurns; turn++)
        {
            // Looked at without a turn: usually there is nothing.
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            if (!await context.SearchDue.AnyAsync(cancellationToken))
            {
                return true;
            }

            await _turns.WaitAsync(cancellationToken);
            await TakeTurnAndReleaseAsync(context, cancellationToken);
        }

        return false;
    }

    /// <summary>
    /// The same for somebody who waits: only where it is little and nobody is at it. More is left to the background, and so is what the database
    /// refuses to write now: that is logged and stays due, and what is indexed can be searched.
    /// </summary>
    public async Task CatchUpOnTheWayAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            if (await context.SearchDue.OrderBy(due => due.Id).Take(MostOnTheWay + 1).CountAsync(cancellationToken) is > 0 and <= MostOnTheWay
                && await _turns.WaitAsync(TimeSpan.Zero, cancellationToken))
            {
                await TakeTurnAndReleaseAsync(context, cancellationToken);
            }
        }
        catch (Exception problem) when (IsOfDatabase(problem))
        {
            logger.LogWarning(problem, "What is due was not indexed before a search; it stays due, and the search goes by what is indexed.");
        }
    }

    public void Dispose() => _turns.Dispose();

    // Npgsql wraps what may pass, such as a deadlock, in an InvalidOperationException.
    private static bool IsOfDatabase(Exception problem) =>
        problem is DbException or DbUpdateException || (problem is InvalidOperationException && problem.InnerException is { } inner && IsOfDatabase(inner));

    private async Task TakeTurnAndReleaseAsync(CatalogContext context, CancellationToken cancellationToken)
    {
        try
        {
            await TakeTurnAsync(context, cancellationToken);
        }
        finally
        {
            _turns.Release();
        }
    }

    private async Task TakeTurnAsync(CatalogContext context, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.SearchState.ExecuteUpdateAsync(set => set.SetProperty(state => state.Version, state => state.Version + 1), cancellationToken);
        var version = await context.SearchState.Select(state => state.Version).SingleAsync(cancellationToken);
        var due = await context.SearchDue.AsNoTracking().OrderBy(one => one.Id).Take(Turn).ToListAsync(cancellationToken);
        var ids = due.Select(one => one.ObjectId).Distinct(StringComparer.Ordinal).Take(MostObjects).ToList();
        var written = await WriteAsync(context, ids, version, cancellationToken);
        await AddWordsAsync(context, written, cancellationToken);
        // By id: a row that another transaction has yet to commit stays due, even if its number is lower.
        var indexed = ids.ToHashSet(StringComparer.Ordinal);
        var taken = due.Where(one => indexed.Contains(one.ObjectId)).Select(one => one.Id).ToList();
        await context.SearchDue.Where(one => taken.Contains(one.Id)).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <returns>The words that slips are to be compared with.</returns>
    private async Task<List<string>> WriteAsync(CatalogContext context, List<string> ids, long version, CancellationToken cancellationToken)
    {
        var source = await SearchSource.ReadAsync(context, ids, cancellationToken);
        var entries = (await context.SearchEntries.Where(entry => ids.Contains(entry.ObjectId)).ToListAsync(cancellationToken))
            .ToDictionary(entry => (entry.ObjectId, entry.ExhibitId));
        var documents = new List<(SearchEntry Entry, SearchDocument Document)>();
        foreach (var one in source.Objects)
        {
            var ofObject = Entry(context, entries, one.Id, null);
            EntryWriter.Fill(ofObject, one, source);
            documents.Add((ofObject, EntryWriter.Document(one, source)));
            foreach (var exhibit in source.Exhibits[one.Id])
            {
                var ofExhibit = Entry(context, entries, one.Id, exhibit.Id);
                EntryWriter.Fill(ofExhibit, exhibit, one, source);
                documents.Add((ofExhibit, EntryWriter.Document(exhibit, one, source)));
            }
        }

        var kept = documents.Select(one => one.Entry).ToHashSet();
        var gone = entries.Values.Where(entry => !kept.Contains(entry)).ToList();
        gone.ForEach(entry => entry.IsGone = true);
        foreach (var entry in kept.Concat(gone))
        {
            entry.Stamp = version;
        }

        await context.SaveChangesAsync(cancellationToken);
        foreach (var (entry, document) in documents)
        {
            await text.PutAsync(context, entry.Id, document, cancellationToken);
        }

        foreach (var entry in gone)
        {
            await text.RemoveAsync(context, entry.Id, cancellationToken);
        }

        return [.. documents.SelectMany(one => $"{one.Document.Title} {one.Document.Names}".Split(' ')).Where(word => word.Length >= ShortestNear).Distinct(StringComparer.Ordinal)];
    }

    // No conflict with another writer: the version is ours until the commit. One parameter: they may be more than a statement has room for.
    private static async Task AddWordsAsync(CatalogContext context, List<string> words, CancellationToken cancellationToken)
    {
        var known = (await context.SearchWords.Where(one => EF.Parameter(words).Contains(one.Word)).Select(one => one.Word).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        context.SearchWords.AddRange(words.Where(word => !known.Contains(word))
            .Select(word => new SearchWord { Word = word, First = word.EnumerateRunes().First().ToString(), Length = word.Length }));
        await context.SaveChangesAsync(cancellationToken);
    }

    private static SearchEntry Entry(CatalogContext context, Dictionary<(string, long?), SearchEntry> entries, string objectId, long? exhibitId)
    {
        if (!entries.TryGetValue((objectId, exhibitId), out var entry))
        {
            entry = new SearchEntry { ObjectId = objectId, ExhibitId = exhibitId, Name = "", Title = "" };
            context.SearchEntries.Add(entry);
        }

        return entry;
    }
}
