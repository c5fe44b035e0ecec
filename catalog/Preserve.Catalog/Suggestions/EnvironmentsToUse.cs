using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Characterisation;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Software;

namespace Preserve.Catalog.Suggestions;

/// <summary>Finds the environments that content may be attached to: those with software that takes one of its formats, else some of all.</summary>
internal static class EnvironmentsToUse
{
    /// <summary>Most that are looked at: more would not make the choice better.</summary>
    private const int Most = 200;

    /// <param name="context">Where to look.</param>
    /// <param name="puids">Formats of the content.</param>
    /// <param name="objectId">The content's object, whose own environments are left out; null for content from elsewhere.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyList<EnvironmentToUse>> EnvironmentsToUseAsync(
        this CatalogContext context, IReadOnlyCollection<string> puids, string? objectId, CancellationToken cancellationToken)
    {
        var able = await context.SoftwareFormats.Where(one => puids.Contains(one.Puid) && one.Use != FormatUse.Exports)
            .Select(one => one.ObjectId).Distinct().OrderBy(id => id).Take(Most).ToListAsync(cancellationToken);
        var found = new HashSet<string>();
        foreach (var id in able)
        {
            found.UnionWith(await context.EnvironmentsWithAsync(id, cancellationToken));
        }

        var wanted = found.Count > 0 ? found.Order(StringComparer.Ordinal).Take(Most).ToList() : await AnyAsync(context, cancellationToken);
        var lines = await LinesAsync(context, wanted, cancellationToken);
        var withdrawn = (await context.Objects.Where(one => one.WithdrawnAt != null).Select(one => one.Id).ToListAsync(cancellationToken)).ToHashSet();
        var objects = lines.Values.SelectMany(ObjectsOf).Distinct().ToList();
        var software = (await context.SoftwareFormats.AsNoTracking().Where(one => objects.Contains(one.ObjectId) && puids.Contains(one.Puid)).ToListAsync(cancellationToken))
            .ToLookup(one => one.ObjectId);
        var titles = await context.Objects.Where(one => objects.Contains(one.Id)).ToDictionaryAsync(one => one.Id, one => one.Title, cancellationToken);
        return [.. wanted.Select(id => lines[id])
            .Where(line => line[0].Profile is not null && !ObjectsOf(line).Any(id => id == objectId || withdrawn.Contains(id)))
            .Select(line => new EnvironmentToUse(
                line[0], line[0].Profile!, line[0].Drives.Select(drive => drive.Bay).ToHashSet(),
                [.. ObjectsOf(line).Distinct().SelectMany(id => software[id].Select(one => new InstalledSoftware(titles[id], one.Puid, one.Use)))],
                [.. line.SelectMany(one => one.Drives).SelectMany(drive => FileSystemsOf(drive)).Distinct()]))];
    }

    private static Task<List<string>> AnyAsync(CatalogContext context, CancellationToken cancellationToken) =>
        context.Environments.Where(one => one.WithdrawnWith == null).OrderBy(one => one.Id).Take(Most).Select(one => one.Id).ToListAsync(cancellationToken);

    // Each with its parents up to the root, itself first.
    private static async Task<Dictionary<string, List<PreservedEnvironment>>> LinesAsync(CatalogContext context, List<string> ids, CancellationToken cancellationToken)
    {
        var rows = new Dictionary<string, PreservedEnvironment>();
        for (var next = ids; next.Count > 0; next = [.. rows.Values.Select(row => row.ParentId).OfType<string>().Where(id => !rows.ContainsKey(id)).Distinct()])
        {
            var level = next;
            var read = await context.Environments.AsNoTracking().Where(one => level.Contains(one.Id)).Include(one => one.Profile)
                .Include(one => one.Drives).ThenInclude(drive => drive.Medium).ThenInclude(medium => medium!.Representations).ThenInclude(form => form.Files)
                .AsSplitQuery().ToListAsync(cancellationToken);
            if (read.Count == 0)
            {
                break;
            }

            read.ForEach(row => rows[row.Id] = row);
        }

        return ids.ToDictionary(id => id, id => Line(rows, id));
    }

    private static List<PreservedEnvironment> Line(Dictionary<string, PreservedEnvironment> rows, string id)
    {
        var line = new List<PreservedEnvironment>();
        for (var next = rows.GetValueOrDefault(id); next is not null && !line.Contains(next); next = next.ParentId is { } parent ? rows.GetValueOrDefault(parent) : null)
        {
            line.Add(next);
        }

        return line;
    }

    private static IEnumerable<string> ObjectsOf(List<PreservedEnvironment> line) =>
        line.Select(one => one.ObjectId).Concat(line.SelectMany(one => one.Drives).Select(drive => drive.Medium!.ObjectId));

    private static IEnumerable<string> FileSystemsOf(EnvironmentDrive drive) =>
        drive.Medium!.Representations.SelectMany(form => form.Files)
            .SelectMany(file => CharacterisationDocument.Read(file.Characterisation)?.Volumes ?? []).Select(volume => volume.FileSystem);
}
