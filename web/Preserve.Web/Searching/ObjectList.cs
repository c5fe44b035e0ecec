using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Catalog.Search;
using Preserve.Web.Access;
using Preserve.Web.Api;

namespace Preserve.Web.Searching;

/// <summary>Lists objects for the API: for curators all, for others what is open to them by itself or by an exhibit.</summary>
public sealed class ObjectList(IDbContextFactory<CatalogContext> contexts, CatalogSearch search)
{
    /// <summary>By date where nothing is searched for, oldest first.</summary>
    public async Task<(IReadOnlyList<ObjectSummary> Objects, SearchPage Page)> ListAsync(SearchAddress asked, Viewer viewer, CancellationToken cancellationToken)
    {
        var open = AccessDecision.OpenTo(viewer);
        var request = asked.ToRequest(SearchSubject.Objects, viewer.IsCurator ? null : open, SearchOrder.Year) with
        {
            OpenObjects = ObjectDoor.MayRunObjects(viewer) ? catalog => ObjectDoor.OpenTo(catalog, viewer) : null,
        };
        var page = await search.FindAsync(request, cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var names = page.Names;
        var objects = await context.Objects.AsNoTracking().Where(one => names.Contains(one.Id))
            .Select(one => new { one.Id, one.Title, one.Date, one.Creators, Media = one.Media.Count, one.WithdrawnAt }).ToDictionaryAsync(one => one.Id, cancellationToken);
        var exhibits = (await context.Exhibits.Where(open).Where(exhibit => names.Contains(exhibit.ObjectId)).OrderBy(exhibit => exhibit.Slug)
            .Select(exhibit => new { exhibit.ObjectId, exhibit.Slug }).ToListAsync(cancellationToken)).ToLookup(exhibit => exhibit.ObjectId, exhibit => exhibit.Slug);
        // The decision once more, as far as this page goes.
        var openByThemselves = !viewer.IsCurator && request.OpenObjects is not null
            ? (await ObjectDoor.OpenTo(context, viewer).Where(id => names.Contains(id)).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal) : [];
        return ([.. names.Where(name => objects.ContainsKey(name) && (viewer.IsCurator || exhibits.Contains(name) || openByThemselves.Contains(name))).Select(name => objects[name])
            .Select(one => new ObjectSummary(one.Id, one.Title, one.Date, one.Creators, one.Media, [.. exhibits[one.Id]],
                one.WithdrawnAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null))], page);
    }
}
