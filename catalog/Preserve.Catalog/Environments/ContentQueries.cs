using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Carriers;
using Preserve.Catalog.Database;
using Preserve.Catalog.Ingest.Bags;
using Preserve.Catalog.Objects;

namespace Preserve.Catalog.Environments;

/// <summary>Environments with content attached, for whoever boots them. What comes back is not tracked.</summary>
public static class ContentQueries
{
    /// <summary>What an environment is with an object's media in its free bays: a child of it that is made for that object. Null when there is no such environment.</summary>
    /// <param name="context">Where to look.</param>
    /// <param name="wanted">What is attached to what.</param>
    /// <param name="id">What the environment is to be called.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidDataException">A bay is taken or of another kind, or a medium is gone or has no file that a machine can use; in words.</exception>
    public static async Task<BootableEnvironment?> FindBootableWithContentAsync(
        this CatalogContext context, ContentAttachment wanted, string id, CancellationToken cancellationToken)
    {
        if (await context.FindBootableEnvironmentAsync(wanted.EnvironmentId, cancellationToken) is not { } below)
        {
            return null;
        }

        var shelf = await EnvironmentQueries.ShelfOfAsync(context, wanted.ObjectId, cancellationToken);
        var content = new List<BootableDrive>();
        foreach (var (bay, name) in wanted.Drives.OrderBy(drive => drive.Key, StringComparer.Ordinal))
        {
            RequireFree(below, bay);
            var medium = shelf.FirstOrDefault(one => one.Name == name) ?? await CarrierAsync(context, wanted.ObjectId, below.Profile.Bays[bay], name, cancellationToken);
            content.Add(new BootableDrive(bay, medium));
        }

        return below with { Environment = Child(below.Environment, wanted, id), Drives = [.. below.Drives, .. content], Shelf = shelf };
    }

    /// <summary>The carrier that an object's loose files are put on; null where there are none, or they have no room on it.</summary>
    internal static async Task<CarrierPlan?> FindCarrierAsync(
        this CatalogContext context, string objectId, string kind, CancellationToken cancellationToken)
    {
        var media = await context.Media.AsNoTracking().Where(medium => medium.ObjectId == objectId && medium.Kind == "files")
            .OrderBy(medium => medium.Order).ThenBy(medium => medium.Id)
            .Include(medium => medium.Representations).ThenInclude(form => form.Files)
            .AsSplitQuery().ToListAsync(cancellationToken);
        return CarrierPlan.Of(kind, [.. media.SelectMany(LooseFilesOf)]);
    }

    /// <summary>
    /// Files of the form that is for use; where none is, as of what no machine boots from, those of the first. None of what came with a bag:
    /// manifests are no content.
    /// </summary>
    internal static IEnumerable<CarrierFile> LooseFilesOf(Medium medium) => medium is { Name: BagDescription.Beside, Label: BagDescription.BesideLabel }
        ? []
        : (medium.Representations.OrderByDescending(form => form.IsAccessCopy).ThenBy(form => form.Id).FirstOrDefault()?.Files ?? [])
        .OrderBy(file => file.Order).Select(file => new CarrierFile(file.Name, file.Sha256, file.LengthInBytes));

    private static void RequireFree(BootableEnvironment environment, string bay)
    {
        if (!environment.Profile.Bays.ContainsKey(bay))
        {
            throw new InvalidDataException($"'{environment.Profile.Title}' has no bay '{bay}'.");
        }

        if (environment.Drives.Any(drive => drive.Bay == bay))
        {
            throw new InvalidDataException($"{bay} of {environment.Environment.Id} holds a medium already.");
        }
    }

    private static async Task<BootableMedium> CarrierAsync(
        CatalogContext context, string objectId, string bayKind, string name, CancellationToken cancellationToken)
    {
        var kind = bayKind == "floppy" ? CarrierPlan.Floppy : CarrierPlan.Disc;
        return name == CarrierPlan.NameOf(kind) && bayKind is "floppy" or "optical" && await context.FindCarrierAsync(objectId, kind, cancellationToken) is { } plan
            ? new BootableMedium(0, name, LabelOf(plan), kind, "raw", "", 0) { Carrier = plan }
            : throw new InvalidDataException($"The object has no medium '{name}' any more.");
    }

    internal static string LabelOf(CarrierPlan plan) => ColumnLengths.Fit(string.Join(", ", plan.Files.Select(file => file.Name)), ColumnLengths.Title);

    private static PreservedEnvironment Child(PreservedEnvironment below, ContentAttachment wanted, string id)
    {
        var row = new PreservedEnvironment
        {
            Id = id, ObjectId = wanted.ObjectId, Title = below.Title, ParentId = below.Id, ProfileId = below.ProfileId, ProfileVersion = below.ProfileVersion,
            MemoryMiB = below.MemoryMiB, Boot = below.Boot, Profile = below.Profile,
        };
        row.Drives.AddRange(below.Drives);
        return row;
    }
}
