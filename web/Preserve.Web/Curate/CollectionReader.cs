using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Catalog.Access;
using Preserve.Catalog.Exhibits;
using Preserve.Catalog.Search;
using Preserve.Web.Access;
using Preserve.Web.Searching;

namespace Preserve.Web.Curate;

/// <summary>An object in the curators' list.</summary>
public sealed record CollectionRow(
    string Id, string Title, string Date, IReadOnlyList<string> Creators, int Media, IReadOnlyList<CollectionExhibit> Exhibits, long CreatedAt,
    bool IsWithdrawn);

/// <summary>How an exhibit of an object stands.</summary>
public sealed record CollectionExhibit(string Slug, string Title, bool IsPublished, AccessRule Rule, string WhoMayUseIt);

/// <summary>The collection as curators see it: everything, published or not.</summary>
public sealed class CollectionReader(IDbContextFactory<CatalogContext> contexts, CatalogSearch search)
{
    /// <summary>Newest first, or best first where words are asked for.</summary>
    /// <param name="asked">Words and filters.</param>
    /// <param name="skip">From 0.</param>
    /// <param name="take">1 to <see cref="SearchRequest.MostResults"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<(IReadOnlyList<CollectionRow> Rows, SearchPage Page)> ListAsync(SearchAddress asked, int skip, int take, CancellationToken cancellationToken)
    {
        var found = await search.FindAsync(asked.ToRequest(SearchSubject.Objects, open: null, SearchOrder.Newest) with { Skip = skip, Take = take, After = null }, cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var ids = found.Names;
        var page = await context.Objects.AsNoTracking().Where(one => ids.Contains(one.Id))
            .Select(one => new { one.Id, one.Title, one.Date, one.Creators, Media = one.Media.Count, one.CreatedAt, IsWithdrawn = one.WithdrawnAt != null })
            .ToDictionaryAsync(one => one.Id, cancellationToken);
        var exhibits = (await context.Exhibits.AsNoTracking().Where(exhibit => ids.Contains(exhibit.ObjectId)).OrderBy(exhibit => exhibit.Title)
            .Include(exhibit => exhibit.Groups).Include(exhibit => exhibit.Rooms).AsSplitQuery()
            .ToListAsync(cancellationToken)).ToLookup(exhibit => exhibit.ObjectId, Row);
        return ([.. ids.Where(page.ContainsKey).Select(id => page[id])
            .Select(one => new CollectionRow(one.Id, one.Title, one.Date, one.Creators, one.Media, [.. exhibits[one.Id]], one.CreatedAt, one.IsWithdrawn))], found);
    }

    // By ids: a list of fifty needs no titles of groups.
    private static CollectionExhibit Row(Exhibit exhibit)
    {
        var rule = AccessRule.Of(exhibit);
        return new CollectionExhibit(exhibit.Slug, exhibit.Title, exhibit.IsPublished, rule, AccessWords.Of(rule, id => id, id => id));
    }
}
