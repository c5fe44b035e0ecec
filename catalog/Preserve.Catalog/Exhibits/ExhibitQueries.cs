using Microsoft.EntityFrameworkCore;

namespace Preserve.Catalog.Exhibits;

/// <summary>Exhibits for pages and API. What comes back is not tracked.</summary>
public static class ExhibitQueries
{
    /// <summary>Most exhibits in one answer.</summary>
    public const int MaximumTake = 500;

    /// <summary>Published exhibits by title, each with its object and its environments in order (poster state and digest are theirs).</summary>
    /// <param name="context">Where to look.</param>
    /// <param name="skip">From 0.</param>
    /// <param name="take">1 to <see cref="MaximumTake"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<List<Exhibit>> ListPublishedExhibitsAsync(
        this CatalogContext context, int skip, int take, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        ArgumentOutOfRangeException.ThrowIfNotEqual(Math.Clamp(take, 1, MaximumTake), take);
        return await context.Exhibits.AsNoTracking()
            .Where(exhibit => exhibit.IsPublished)
            .OrderBy(exhibit => exhibit.Title).ThenBy(exhibit => exhibit.Slug)
            .Skip(skip).Take(take)
            .Include(exhibit => exhibit.Object)
            .Include(exhibit => exhibit.Environments.OrderBy(machine => machine.Order)).ThenInclude(machine => machine.Environment)
            .AsSplitQuery()
            .ToListAsync(cancellationToken);
    }

    public static Task<int> CountPublishedExhibitsAsync(this CatalogContext context, CancellationToken cancellationToken) =>
        context.Exhibits.CountAsync(exhibit => exhibit.IsPublished, cancellationToken);

    /// <summary>
    /// An exhibit with its object and its environments in order, each with its profile; null when there is none. Published or
    /// not: whoever shows it to a visitor looks at <see cref="Exhibit.IsPublished"/>.
    /// </summary>
    public static Task<Exhibit?> FindExhibitAsync(this CatalogContext context, string slug, CancellationToken cancellationToken) =>
        context.Exhibits.AsNoTracking()
            .Where(exhibit => exhibit.Slug == slug)
            .Include(exhibit => exhibit.Object)
            .Include(exhibit => exhibit.Environments.OrderBy(machine => machine.Order))
                .ThenInclude(machine => machine.Environment).ThenInclude(environment => environment!.Profile)
            .AsSplitQuery()
            .SingleOrDefaultAsync(cancellationToken);
}
