using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Characterisation;
using Preserve.Catalog.Objects;

namespace Preserve.Catalog.Suggestions;

/// <summary>Suggestions for what the catalog holds, from what its examinations found.</summary>
public sealed class ObjectSuggestions(IDbContextFactory<CatalogContext> contexts)
{
    /// <summary>Machines for all media of an object; empty where nothing boots, is examined yet, or is known.</summary>
    public async Task<IReadOnlyList<Suggestion>> OfObjectAsync(string objectId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var ids = await context.Media
            .Where(medium => medium.ObjectId == objectId && medium.Representations.All(form => form.BackingSha256 == null)).OrderBy(medium => medium.Order).ThenBy(medium => medium.Id)
            .Select(medium => medium.Id).ToListAsync(cancellationToken);
        return await OfMediaAsync(context, ids, cancellationToken);
    }

    /// <summary>Machines for some media, in this order.</summary>
    public async Task<IReadOnlyList<Suggestion>> OfMediaAsync(IReadOnlyList<long> mediumIds, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await OfMediaAsync(context, mediumIds, cancellationToken);
    }

    private static async Task<IReadOnlyList<Suggestion>> OfMediaAsync(
        CatalogContext context, IReadOnlyList<long> mediumIds, CancellationToken cancellationToken)
    {
        var media = await context.Media.AsNoTracking().Where(medium => mediumIds.Contains(medium.Id))
            .Include(medium => medium.Representations).ThenInclude(representation => representation.Files)
            .AsSplitQuery().ToDictionaryAsync(medium => medium.Id, cancellationToken);
        var profiles = await context.Profiles.AsNoTracking().ToListAsync(cancellationToken);
        var newest = profiles.GroupBy(profile => profile.Id).Select(versions => versions.MaxBy(profile => profile.Version)!);
        return Suggester.Suggest([.. mediumIds.Where(media.ContainsKey).Select(id => ToRun(media[id]))], newest);
    }

    // The first file of what machines boot from says what the medium is; before its examination it says nothing.
    private static MediumToRun ToRun(Medium medium)
    {
        var file = medium.Representations.OrderByDescending(representation => representation.IsAccessCopy).FirstOrDefault()
            ?.Files.OrderBy(stored => stored.Order).FirstOrDefault();
        var found = CharacterisationDocument.Read(file?.Characterisation);
        return new MediumToRun(
            medium.Name, medium.Kind, found?.Container?.DiskLengthInBytes ?? file?.LengthInBytes ?? 0, found?.Facts ?? new MediumFacts());
    }
}
