using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Catalog.Access;
using Preserve.Catalog.Exhibits;
using Preserve.Web.Access;

namespace Preserve.Web.Curate;

/// <summary>An object in the curators' list.</summary>
public sealed record CollectionRow(
    string Id, string Title, string Date, IReadOnlyList<string> Creators, int Media, IReadOnlyList<CollectionExhibit> Exhibits, long CreatedAt,
    bool IsWithdrawn);

/// <summary>How an exhibit of an object stands.</summary>
public sealed record CollectionExhibit(string Slug, string Title, bool IsPublished, AccessRule Rule, string WhoMayUseIt);

/// <summary>The collection as curators see it: everything, published or not.</summary>
public sealed class CollectionReader(IDbContextFactory<CatalogContext> contexts)
{
    /// <summary>Newest first.</summary>
    /// <param name="text">Part of title, creators or id, in any case; empty for all.</param>
    /// <param name="skip">From 0.</param>
    /// <param name="take">At least 1.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<(IReadOnlyList<CollectionRow> Rows, int Total)> ListAsync(string text, int skip, int take, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var objects = context.Objects.AsNoTracking();
        if (text.Trim() is { Length: > 0 } words)
        {
#pragma warning disable CA1304, CA1311, CA1862 // Translated to the engine's lower(), which has no culture.
            var lower = words.ToLowerInvariant();
            objects = objects.Where(one => one.Title.ToLower().Contains(lower) || one.Id.Contains(lower) || ((string)(object)one.Creators).ToLower().Contains(lower));
#pragma warning restore CA1304, CA1311, CA1862
        }

        var total = await objects.CountAsync(cancellationToken);
        var page = await objects.OrderByDescending(one => one.CreatedAt).ThenBy(one => one.Id).Skip(skip).Take(take)
            .Select(one => new { one.Id, one.Title, one.Date, one.Creators, Media = one.Media.Count, one.CreatedAt, IsWithdrawn = one.WithdrawnAt != null })
            .ToListAsync(cancellationToken);
        var ids = page.Select(one => one.Id).ToList();
        var exhibits = (await context.Exhibits.AsNoTracking().Where(exhibit => ids.Contains(exhibit.ObjectId)).OrderBy(exhibit => exhibit.Title)
            .Include(exhibit => exhibit.Groups).Include(exhibit => exhibit.Rooms).AsSplitQuery()
            .ToListAsync(cancellationToken)).ToLookup(exhibit => exhibit.ObjectId, Row);
        return ([.. page.Select(one => new CollectionRow(one.Id, one.Title, one.Date, one.Creators, one.Media, [.. exhibits[one.Id]], one.CreatedAt, one.IsWithdrawn))], total);
    }

    // By ids: a list of fifty needs no titles of groups.
    private static CollectionExhibit Row(Exhibit exhibit)
    {
        var rule = AccessRule.Of(exhibit);
        return new CollectionExhibit(exhibit.Slug, exhibit.Title, exhibit.IsPublished, rule, AccessWords.Of(rule, id => id, id => id));
    }
}
