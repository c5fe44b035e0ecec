using Microsoft.EntityFrameworkCore;

namespace Preserve.Catalog.Software;

/// <summary>Names of formats, as files of this archive were identified.</summary>
internal static class FormatNames
{
    /// <summary>By PUID; without those of which no file was ever found.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> FormatNamesAsync(
        this CatalogContext context, IEnumerable<string> puids, CancellationToken cancellationToken)
    {
        var wanted = puids.Distinct().ToList();
        var known = await context.Identifications.AsNoTracking().Where(one => wanted.Contains(one.Puid) && one.FormatName != "")
            .GroupBy(one => one.Puid).Select(one => new { Puid = one.Key, Name = one.Max(found => found.FormatName) }).ToListAsync(cancellationToken);
        return known.ToDictionary(one => one.Puid, one => one.Name!);
    }
}
