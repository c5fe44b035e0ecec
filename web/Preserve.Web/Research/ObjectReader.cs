using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Catalog.Identifiers;
using Preserve.Catalog.Objects;
using Preserve.Catalog.Rights;
using Preserve.Web.Access;
using Preserve.Web.Exhibits;

namespace Preserve.Web.Research;

/// <summary>An object as far as somebody may see it: the object, what is left of it, or neither.</summary>
/// <param name="Object">With media, files and identifications; null where there is none for this viewer.</param>
/// <param name="Tombstone">What is left of one that was withdrawn.</param>
/// <param name="Exhibits">Slug and title of those of its exhibits that are open to the viewer.</param>
public sealed record SeenObject(PreservedObject? Object, Tombstone? Tombstone, IReadOnlyList<(string Slug, string Title)> Exhibits)
{
    /// <summary>By their basis, in order.</summary>
    public IReadOnlyList<RightsStatement> Rights { get; init; } = [];

    /// <summary>What it is called elsewhere.</summary>
    public IReadOnlyList<NamedIdentifier> Identifiers { get; init; } = [];

    public static readonly SeenObject Nothing = new(null, null, []);
}

/// <summary>Reads objects for page and API: for curators, for researchers whom they are open to, and for whoever an exhibit of them is open to.</summary>
public sealed class ObjectReader(IDbContextFactory<CatalogContext> contexts, ObjectDoor door, RightsDesk rights, IdentifierDesk identifiers)
{
    /// <summary>
    /// Ids of the objects that <see cref="FindAsync"/> gives this viewer, in a form that queries can carry to the database; null for all there are.
    /// </summary>
    public static Func<CatalogContext, IQueryable<string>>? OpenTo(Viewer viewer) => viewer.IsCurator ? null : context =>
    {
        var shown = context.Exhibits.Where(AccessDecision.OpenTo(viewer)).Select(exhibit => exhibit.ObjectId);
        var byThemselves = ObjectDoor.OpenTo(context, viewer);
        return context.Objects.Where(one => shown.Contains(one.Id) || byThemselves.Contains(one.Id)).Select(one => one.Id);
    };

    public async Task<SeenObject> FindAsync(string id, Viewer viewer, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var ofObject = context.Exhibits.Where(exhibit => exhibit.ObjectId == id);
        var exhibits = await ofObject.Where(AccessDecision.OpenTo(viewer)).OrderBy(exhibit => exhibit.Title)
            .Select(exhibit => new { exhibit.Slug, exhibit.Title }).ToListAsync(cancellationToken);
        if (viewer.IsCurator || exhibits.Count > 0 || await door.IsOpenAsync(id, viewer, cancellationToken))
        {
            var found = await context.Objects.AsNoTracking().Include(one => one.Media).ThenInclude(medium => medium.Representations)
                .ThenInclude(form => form.Files).ThenInclude(file => file.Identifications)
                .AsSplitQuery().SingleOrDefaultAsync(one => one.Id == id, cancellationToken);
            return new SeenObject(found, null, [.. exhibits.Select(exhibit => (exhibit.Slug, exhibit.Title))])
            {
                Rights = await rights.ListAsync(id, cancellationToken), Identifiers = await identifiers.ListAsync(id, cancellationToken),
            };
        }

        if (!await ofObject.Where(AccessDecision.WithdrawnFrom(viewer)).AnyAsync(cancellationToken))
        {
            return SeenObject.Nothing;
        }

        var withdrawn = await context.Objects.AsNoTracking().SingleAsync(one => one.Id == id, cancellationToken);
        return withdrawn.WithdrawnAt is null ? SeenObject.Nothing : new SeenObject(null, Tombstone.Of(withdrawn.Title, withdrawn), []);
    }
}
