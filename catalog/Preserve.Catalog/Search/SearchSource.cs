using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Exhibits;
using Preserve.Catalog.Objects;
using Preserve.Catalog.Rights;

namespace Preserve.Catalog.Search;

/// <summary>The rows that entries are derived from, for some objects. Descriptions of media and machines' documents are left where they are.</summary>
internal sealed class SearchSource
{
    /// <summary>Most files of an object whose names are indexed.</summary>
    private const int MostFiles = 5_000;

    public required IReadOnlyList<PreservedObject> Objects { get; init; }

    /// <summary>Identifiers that each object has elsewhere.</summary>
    public required ILookup<string, string> Identifiers { get; init; }

    public required ILookup<string, RightsBasis> Rights { get; init; }

    public required ILookup<string, SourceMedium> Media { get; init; }

    public required ILookup<string, SourceFormat> Formats { get; init; }

    public required ILookup<string, string> FileNames { get; init; }

    /// <summary>Machines of each object's own environments.</summary>
    public required ILookup<string, SourceMachine> Machines { get; init; }

    public required ILookup<string, Exhibit> Exhibits { get; init; }

    /// <summary>Machines of each exhibit.</summary>
    public required ILookup<long, SourceMachine> Shown { get; init; }

    public static async Task<SearchSource> ReadAsync(CatalogContext context, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var files =
            from medium in context.Media
            where ids.Contains(medium.ObjectId)
            from representation in medium.Representations
            from file in representation.Files
            select new { medium.ObjectId, file.Identifications };
        var exhibits = context.Exhibits.AsNoTracking().Where(exhibit => ids.Contains(exhibit.ObjectId));
        return new SearchSource
        {
            Objects = await context.Objects.AsNoTracking().Where(one => ids.Contains(one.Id)).ToListAsync(cancellationToken),
            Identifiers = (await context.Identifiers.AsNoTracking().Where(one => ids.Contains(one.ObjectId)).ToListAsync(cancellationToken))
                .ToLookup(one => one.ObjectId, one => $"{one.Scheme} {one.Value}"),
            Rights = (await context.RightsStatements.Where(one => ids.Contains(one.ObjectId)).OrderBy(one => one.Order)
                .Select(one => new { one.ObjectId, one.Basis }).ToListAsync(cancellationToken)).ToLookup(one => one.ObjectId, one => one.Basis),
            Media = (await context.Media.Where(medium => ids.Contains(medium.ObjectId)).OrderBy(medium => medium.Order)
                .Select(medium => new SourceMedium(medium.ObjectId, medium.Kind, medium.Label)).ToListAsync(cancellationToken)).ToLookup(medium => medium.ObjectId),
            Formats = (await files.SelectMany(file => file.Identifications, (file, format) => new SourceFormat(file.ObjectId, format.Puid, format.FormatName))
                .Distinct().ToListAsync(cancellationToken)).ToLookup(format => format.ObjectId),
            FileNames = await FileNamesAsync(context, ids, cancellationToken),
            Machines = (await MachinesAsync(context.Environments.Where(one => ids.Contains(one.ObjectId)), cancellationToken)).ToLookup(machine => machine.ObjectId),
            Exhibits = (await exhibits.ToListAsync(cancellationToken)).ToLookup(exhibit => exhibit.ObjectId),
            Shown = (await exhibits.SelectMany(exhibit => exhibit.Environments.OrderBy(link => link.Order), (exhibit, link) => new
                {
                    exhibit.Id,
                    Machine = new SourceMachine(exhibit.ObjectId, link.Environment!.Profile!.Title, link.Environment.Profile.Architecture),
                }).ToListAsync(cancellationToken)).ToLookup(shown => shown.Id, shown => shown.Machine),
        };
    }

    // Objects with more files than are indexed are read one by one, so that each has its own share.
    private static async Task<ILookup<string, string>> FileNamesAsync(CatalogContext context, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var files =
            from medium in context.Media
            where ids.Contains(medium.ObjectId)
            from representation in medium.Representations
            from file in representation.Files
            select new { medium.ObjectId, file.Id, file.Name };
        var large = await files.GroupBy(file => file.ObjectId).Where(some => some.Count() > MostFiles).Select(some => some.Key).ToListAsync(cancellationToken);
        var names = await files.Where(file => !large.Contains(file.ObjectId)).OrderBy(file => file.Id).ToListAsync(cancellationToken);
        foreach (var id in large)
        {
            names.AddRange(await files.Where(file => file.ObjectId == id).OrderBy(file => file.Id).Take(MostFiles).ToListAsync(cancellationToken));
        }

        return names.ToLookup(file => file.ObjectId, file => file.Name);
    }

    private static Task<List<SourceMachine>> MachinesAsync(IQueryable<PreservedEnvironment> environments, CancellationToken cancellationToken) =>
        environments.Select(one => new SourceMachine(one.ObjectId, one.Profile!.Title, one.Profile.Architecture)).Distinct().ToListAsync(cancellationToken);
}

internal sealed record SourceMedium(string ObjectId, string Kind, string Label);

internal sealed record SourceFormat(string ObjectId, string Puid, string Name);

internal sealed record SourceMachine(string ObjectId, string Title, string Architecture);
