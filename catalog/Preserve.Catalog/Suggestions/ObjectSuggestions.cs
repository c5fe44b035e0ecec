using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Characterisation;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Objects;

namespace Preserve.Catalog.Suggestions;

/// <summary>Suggestions for what the catalog holds, from what its examinations found: machines for what boots, environments for what is content.</summary>
public sealed class ObjectSuggestions(IDbContextFactory<CatalogContext> contexts)
{
    /// <summary>Machines for all media of an object, then environments in which they are content; empty where nothing is examined yet, or is known.</summary>
    public async Task<IReadOnlyList<Suggestion>> OfObjectAsync(string objectId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);

        // Neither overlays nor what was made of loose files is anything that came.
        var media = await LoadAsync(context.Media.Where(
            medium => medium.ObjectId == objectId && medium.MadeOf == "" && medium.Representations.All(form => form.BackingSha256 == null)), cancellationToken);
        return await OfMediaAsync(context, [.. media.OrderBy(medium => medium.Order).ThenBy(medium => medium.Id).Select(ToRun)], objectId, cancellationToken);
    }

    /// <summary>The same for some media, in this order.</summary>
    public async Task<IReadOnlyList<Suggestion>> OfMediaAsync(IReadOnlyList<long> mediumIds, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var media = (await LoadAsync(context.Media.Where(medium => mediumIds.Contains(medium.Id)), cancellationToken)).ToDictionary(medium => medium.Id);
        return await OfMediaAsync(context, [.. mediumIds.Where(media.ContainsKey).Select(id => ToRun(media[id]))], null, cancellationToken);
    }

    /// <summary>The same for media that the catalog does not hold.</summary>
    public async Task<IReadOnlyList<Suggestion>> OfMediaAsync(IReadOnlyList<MediumToRun> media, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await OfMediaAsync(context, media, null, cancellationToken);
    }

    private static async Task<IReadOnlyList<Suggestion>> OfMediaAsync(
        CatalogContext context, IReadOnlyList<MediumToRun> media, string? objectId, CancellationToken cancellationToken)
    {
        var profiles = await context.Profiles.AsNoTracking().ToListAsync(cancellationToken);
        var newest = profiles.GroupBy(profile => profile.Id).Select(versions => versions.MaxBy(profile => profile.Version)!);
        var machines = Suggester.Suggest(media, newest);
        if (media.Count == 0)
        {
            return machines;
        }

        var puids = media.SelectMany(medium => medium.Formats).Select(format => format.Puid).Distinct().ToList();
        var environments = await context.EnvironmentsToUseAsync(puids, objectId, cancellationToken);
        return [.. machines, .. ContentSuggester.Suggest(media, environments, needsFormat: machines.Count > 0)];
    }

    private static Task<List<Medium>> LoadAsync(IQueryable<Medium> media, CancellationToken cancellationToken) =>
        media.AsNoTracking().Include(medium => medium.Representations).ThenInclude(form => form.Files).ThenInclude(file => file.Identifications)
            .AsSplitQuery().ToListAsync(cancellationToken);

    // The first file of what machines boot from says what the medium is; before its examination it says nothing.
    private static MediumToRun ToRun(Medium medium)
    {
        var form = medium.Representations.OrderByDescending(representation => representation.IsAccessCopy).ThenBy(representation => representation.Id).FirstOrDefault();
        var files = form?.Files.OrderBy(stored => stored.Order).ToList() ?? [];
        var found = files.Select(file => CharacterisationDocument.Read(file.Characterisation)).ToList();
        var first = found.FirstOrDefault();
        return new MediumToRun(
            medium.Name, medium.Kind, first?.Container?.DiskLengthInBytes ?? files.FirstOrDefault()?.LengthInBytes ?? 0, first?.Facts ?? new MediumFacts())
        {
            Formats = [.. found.Zip(files, (one, file) => one is null ? [] : MediumToRun.FormatsOf(one, file.Name)).SelectMany(formats => formats).Concat(files.SelectMany(FormatsOf)).DistinctBy(format => format.Puid)],
            FileSystems = [.. found.OfType<MediumCharacterisation>().SelectMany(MediumToRun.FileSystemsOf).Distinct()],
            LooseFiles = medium.Kind == MediumToRun.LooseKind ? [.. ContentQueries.LooseFilesOf(medium)] : [],
        };
    }

    private static IEnumerable<ContentFormat> FormatsOf(StoredFile file) =>
        file.Identifications.Where(one => one.Puid.Length > 0).Select(one => new ContentFormat(one.Puid, one.FormatName, file.Name));
}
