using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Storage;

namespace Preserve.Catalog.Fixity;

/// <summary>How storage stands, for pages and health.</summary>
public static class FixityOverview
{
    /// <summary>Counts, and the window between checks as it really is.</summary>
    public static async Task<FixityStatus> FixityStatusAsync(this CatalogContext context, CancellationToken cancellationToken) => new(
        await context.ContentLocations.CountAsync(cancellationToken),
        await context.ContentLocations.CountAsync(one => one.State == ContentState.Damaged, cancellationToken),
        await context.ContentLocations.MinAsync(one => (long?)one.CheckedAt, cancellationToken),
        await context.ContentLocations.Where(one => one.State == ContentState.Damaged).Select(one => one.ObjectId).Distinct().OrderBy(id => id).Take(20).ToListAsync(cancellationToken));

    /// <summary>Which of these environments have a damaged medium in a bay.</summary>
    public static Task<List<string>> FindDamagedEnvironmentsAsync(
        this CatalogContext context, IReadOnlyCollection<string> environmentIds, CancellationToken cancellationToken) =>
        context.Environments
            .Where(environment => environmentIds.Contains(environment.Id) && environment.Drives.Any(drive => drive.Medium!.Representations
                .Any(part => part.IsAccessCopy && part.Files.Any(file => context.ContentLocations.Any(one => one.Sha256 == file.Sha256 && one.State == ContentState.Damaged)
                    && !context.ContentLocations.Any(one => one.Sha256 == file.Sha256 && one.State == ContentState.Sound)))))
            .Select(environment => environment.Id).ToListAsync(cancellationToken);
}

/// <summary>How storage stands.</summary>
/// <param name="Files">How many there are.</param>
/// <param name="Damaged">How many of them may not be used.</param>
/// <param name="OldestCheckAt">UTC milliseconds of the check that is longest ago; null when there is no file.</param>
/// <param name="DamagedObjects">Ids of the first objects with damaged files.</param>
public sealed record FixityStatus(int Files, int Damaged, long? OldestCheckAt, IReadOnlyList<string> DamagedObjects);
