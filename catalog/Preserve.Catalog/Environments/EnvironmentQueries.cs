using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Objects;

namespace Preserve.Catalog.Environments;

/// <summary>Environments for whoever boots them. What comes back is not tracked.</summary>
public static class EnvironmentQueries
{
    /// <summary>Most overlays on one medium: the depth of the tree.</summary>
    public const int MostOverlays = 15;

    /// <summary>The environment with profile, drives and shelf; null when there is none.</summary>
    /// <exception cref="InvalidDataException">A medium in one of its bays has no access representation with a file.</exception>
    public static async Task<BootableEnvironment?> FindBootableEnvironmentAsync(
        this CatalogContext context, string id, CancellationToken cancellationToken)
    {
        var environment = await context.Environments.AsNoTracking()
            .Include(e => e.Profile)
            .Include(e => e.Drives.OrderBy(drive => drive.Bay))
            .SingleOrDefaultAsync(e => e.Id == id, cancellationToken);
        if (environment is null)
        {
            return null;
        }

        return await BootableAsync(context, environment, cancellationToken);
    }

    /// <summary>What a proof boot would be as an environment; null when there is no such boot.</summary>
    /// <exception cref="InvalidDataException">A medium in one of its bays is gone, or has no access representation with a file.</exception>
    public static async Task<BootableEnvironment?> FindBootableProofAsync(
        this CatalogContext context, long proofId, CancellationToken cancellationToken)
    {
        var proof = await context.ProofBoots.AsNoTracking().SingleOrDefaultAsync(one => one.Id == proofId, cancellationToken);
        if (proof is null)
        {
            return null;
        }

        var id = string.Create(CultureInfo.InvariantCulture, $"proof-{proofId}");
        if (proof.BaseEnvironmentId is { } below)
        {
            var bootable = await context.FindBootableWithContentAsync(new ContentAttachment(below, proof.ObjectId, proof.Drives), id, cancellationToken)
                ?? throw new InvalidDataException($"There is no environment '{below}' any more.");
            bootable.Environment.MemoryMiB = proof.MemoryMiB;
            return bootable;
        }

        var profile = await context.Profiles.AsNoTracking()
            .SingleAsync(one => one.Id == proof.ProfileId && one.Version == proof.ProfileVersion, cancellationToken);
        var media = await context.Media.Where(medium => medium.ObjectId == proof.ObjectId)
            .ToDictionaryAsync(medium => medium.Name, medium => medium.Id, cancellationToken);
        var environment = new PreservedEnvironment
        {
            Id = id, ObjectId = proof.ObjectId, Title = profile.Title, ProfileId = profile.Id, ProfileVersion = profile.Version, Profile = profile,
            MemoryMiB = proof.MemoryMiB, Boot = proof.Boot,
        };
        environment.Drives.AddRange(proof.Drives.Select(drive => new EnvironmentDrive
        {
            EnvironmentId = id, Bay = drive.Key, MediumId = media.TryGetValue(drive.Value, out var medium)
                ? medium
                : throw new InvalidDataException($"The object has no medium '{drive.Value}' any more."),
        }));
        return await BootableAsync(context, environment, cancellationToken);
    }

    private static async Task<BootableEnvironment> BootableAsync(
        CatalogContext context, PreservedEnvironment environment, CancellationToken cancellationToken)
    {
        var inBays = environment.Drives.Select(drive => drive.MediumId).ToList();
        var media = await Bootable(context.Media.Where(m => m.ObjectId == environment.ObjectId || inBays.Contains(m.Id)))
            .ToListAsync(cancellationToken);
        var drives = new List<BootableDrive>();
        foreach (var drive in environment.Drives)
        {
            var row = InBay(media, drive);
            drives.Add(new BootableDrive(drive.Bay, await WithBackingAsync(context, row.Medium, row.BackingSha256, 1, cancellationToken)));
        }

        return new BootableEnvironment(environment, environment.Profile!, drives, Shelf(media, environment.ObjectId));
    }

    /// <summary>Every medium of an object that can be put into a drive, in order.</summary>
    internal static async Task<IReadOnlyList<BootableMedium>> ShelfOfAsync(CatalogContext context, string objectId, CancellationToken cancellationToken) =>
        Shelf(await Bootable(context.Media.Where(medium => medium.ObjectId == objectId)).ToListAsync(cancellationToken), objectId);

    // An overlay is of use in the environment that it was made for, and in no other.
    private static List<BootableMedium> Shelf(List<MediumRow> media, string objectId) =>
        [.. media.Where(row => row.ObjectId == objectId && row.BackingSha256 is null).Select(row => row.Medium)];

    private static MediumRow InBay(List<MediumRow> media, EnvironmentDrive drive) =>
        media.Find(row => row.Medium.Id == drive.MediumId)
        ?? throw new InvalidDataException($"The medium in {drive.Bay} of {drive.EnvironmentId} has no file that a machine can use.");

    private static async Task<BootableMedium> WithBackingAsync(
        CatalogContext context, BootableMedium medium, string? backingSha256, int depth, CancellationToken cancellationToken)
    {
        if (backingSha256 is null)
        {
            return medium;
        }

        if (depth > MostOverlays)
        {
            throw new InvalidDataException($"'{medium.Name}' lies on more than {MostOverlays} others.");
        }

        var below = await (
            from representation in context.Representations
            from file in representation.Files
            where file.Sha256 == backingSha256
            orderby representation.Id
            select new { representation.Format, representation.BackingSha256, file.LengthInBytes }).FirstOrDefaultAsync(cancellationToken)
            ?? throw new InvalidDataException($"'{medium.Name}' lies on {backingSha256}, which the archive does not have.");
        var backing = medium with { Sha256 = backingSha256, Format = below.Format, LengthInBytes = below.LengthInBytes };
        return medium with { Backing = await WithBackingAsync(context, backing, below.BackingSha256, depth + 1, cancellationToken) };
    }

    // The first file of the first access representation.
    private static IQueryable<MediumRow> Bootable(IQueryable<Medium> media) =>
        from medium in media.AsNoTracking()
        let representation = medium.Representations
            .Where(r => r.IsAccessCopy && r.Files.Count != 0).OrderBy(r => r.Id).First()
        let file = representation.Files.OrderBy(f => f.Order).First()
        where medium.Representations.Any(r => r.IsAccessCopy && r.Files.Count != 0)
        orderby medium.Order, medium.Name
        select new MediumRow(
            medium.ObjectId,
            representation.BackingSha256,
            new BootableMedium(medium.Id, medium.Name, medium.Label, medium.Kind, representation.Format, file.Sha256, file.LengthInBytes));

    private sealed record MediumRow(string ObjectId, string? BackingSha256, BootableMedium Medium);
}
