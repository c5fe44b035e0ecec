using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Exhibits;
using Preserve.Catalog.Identifiers;
using Preserve.Catalog.Objects;
using Preserve.Catalog.Rights;

namespace Preserve.Catalog.Descriptions;

/// <summary>Describes an object from its rows, those that a context tracks and has not saved yet included.</summary>
public static class DescriptionOfRows
{
    /// <exception cref="InvalidOperationException">There is no such object.</exception>
    public static async Task<ObjectDescription> DescribeAsync(CatalogContext context, string objectId, CancellationToken cancellationToken)
    {
        await LoadAsync(context, objectId, cancellationToken);
        var row = context.Objects.Local.Single(one => one.Id == objectId);
        var environments = context.Environments.Local.Where(one => one.ObjectId == objectId).OrderBy(one => one.Id, StringComparer.Ordinal).ToList();
        return new ObjectDescription
        {
            Id = row.Id,
            Title = row.Title,
            Date = row.Date,
            Creators = row.Creators,
            Description = row.Description,
            Rights = row.Rights,
            Source = row.Source,
            RightsStatements = [.. context.RightsStatements.Local.Where(one => one.ObjectId == objectId).OrderBy(one => one.Order).Select(RightsToState.Of)],
            Identifiers =
            [
                .. context.Identifiers.Local.Where(one => one.ObjectId == objectId).OrderBy(one => one.Scheme, StringComparer.Ordinal).ThenBy(one => one.Value, StringComparer.Ordinal)
                    .Select(one => new NamedIdentifier(one.Scheme, one.Value)),
            ],
            ResearchUse = row.ResearchUse,
            Software =
            [
                .. context.SoftwareFormats.Local.Where(one => one.ObjectId == objectId).OrderBy(one => one.Use).ThenBy(one => one.Puid, StringComparer.Ordinal)
                    .Select(one => new SoftwareFormatDescription(one.Puid, one.Use)),
            ],
            ManifestSha256 = row.ManifestSha256,
            WithdrawnAt = row.WithdrawnAt,
            WithdrawalReason = row.WithdrawalReason,
            PurgedAt = row.PurgedAt,
            CreatedAt = row.CreatedAt,
            Media = Describe(row.Media),
            Environments = [.. environments.Select(one => Describe(context, one))],
            Exhibits = [.. context.Exhibits.Local.Where(one => one.ObjectId == objectId).OrderBy(one => one.Slug, StringComparer.Ordinal).Select(one => Describe(context, one))],
            Licences = [.. context.Licences.Local.Where(one => one.ObjectId == objectId).Select(one => new LicenceDescription(one.Title, one.Seats))],
            Events =
            [
                .. context.Events.Local.Where(one => one.ObjectId == objectId && !one.IsRoutine)
                    .OrderBy(one => one.OccurredAt).ThenBy(one => one.Id <= 0).ThenBy(one => one.Id)
                    .Select(one => new EventDescription(one.Identifier, one.Type, one.OccurredAt, one.Agent, one.Outcome, one.Detail)),
            ],
            Profiles = await ProfilesAsync(context, environments, cancellationToken),
        };
    }

    private static async Task LoadAsync(CatalogContext context, string objectId, CancellationToken cancellationToken)
    {
        await context.Objects.Where(one => one.Id == objectId)
            .Include(one => one.Media).ThenInclude(medium => medium.Representations).ThenInclude(one => one.Files).ThenInclude(file => file.Identifications)
            .AsSplitQuery().LoadAsync(cancellationToken);
        await context.Environments.Where(one => one.ObjectId == objectId).Include(one => one.Drives).ThenInclude(drive => drive.Medium).LoadAsync(cancellationToken);
        await context.Exhibits.Where(one => one.ObjectId == objectId).Include(one => one.Environments).Include(one => one.Groups).Include(one => one.Rooms)
            .AsSplitQuery().LoadAsync(cancellationToken);
        await context.AccessGroups.Where(group => context.Exhibits.Any(one => one.ObjectId == objectId && one.Groups.Any(link => link.GroupId == group.Id))).LoadAsync(cancellationToken);
        await context.ReadingRooms.Where(room => context.Exhibits.Any(one => one.ObjectId == objectId && one.Rooms.Any(link => link.RoomId == room.Id))).LoadAsync(cancellationToken);
        await context.RightsStatements.Where(one => one.ObjectId == objectId).LoadAsync(cancellationToken);
        await context.Identifiers.Where(one => one.ObjectId == objectId).LoadAsync(cancellationToken);
        await context.SoftwareFormats.Where(one => one.ObjectId == objectId).LoadAsync(cancellationToken);
        await context.Licences.Where(one => one.ObjectId == objectId).LoadAsync(cancellationToken);
        await context.Events.Where(one => one.ObjectId == objectId && !one.IsRoutine).LoadAsync(cancellationToken);
    }

    private static List<MediumDescription> Describe(List<Medium> media)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return
        [
            .. media.OrderBy(one => one.Order).ThenBy(one => one.Name, StringComparer.Ordinal).Select(medium => new MediumDescription(
                medium.Name, medium.Kind, medium.Order, medium.Label,
                [.. medium.Representations.Select((one, number) => Describe(medium, one, number, taken))], medium.MadeOf)),
        ];
    }

    private static RepresentationDescription Describe(Medium medium, Representation representation, int number, HashSet<string> taken) => new(
        representation.Format,
        representation.IsAccessCopy,
        [
            .. representation.Files.OrderBy(file => file.Order).Select(file => new FileDescription(
                file.Name, PathOf(medium, file, number, taken), file.Order, file.LengthInBytes, file.Sha256,
                [.. file.Identifications.Select(one => new IdentificationDescription(one.Tool, one.SignatureVersion, one.Method, one.Puid))],
                file.OriginalName)),
        ],
        representation.BackingSha256);

    // Media are unique by name within an object; files of two representations need not be.
    private static string PathOf(Medium medium, StoredFile file, int representation, HashSet<string> taken)
    {
        var path = $"media/{medium.Name}/{file.Name}";
        return taken.Add(path) ? path : $"media/{medium.Name}/{representation + 1}-{file.Order}/{file.Name}";
    }

    private static EnvironmentDescription Describe(CatalogContext context, PreservedEnvironment row) => new()
    {
        Id = row.Id,
        Title = row.Title,
        ParentId = row.ParentId,
        Note = row.Note,
        ProfileId = row.ProfileId,
        ProfileVersion = row.ProfileVersion,
        MemoryMiB = row.MemoryMiB,
        Boot = row.Boot,
        SettlesAfterSeconds = row.SettlesAfterSeconds,
        SettledScreen = row.SettledScreen,
        Volatile = row.Volatile,
        Sound = row.Sound,
        Drives = [.. row.Drives.OrderBy(drive => drive.Bay, StringComparer.Ordinal).Select(drive => Describe(context, drive))],
    };

    private static DriveDescription Describe(CatalogContext context, EnvironmentDrive drive)
    {
        var medium = drive.Medium ?? context.Media.Local.Single(one => one.Id == drive.MediumId);
        return new DriveDescription(drive.Bay, medium.ObjectId, medium.Name);
    }

    private static ExhibitDescription Describe(CatalogContext context, Exhibit row) => new()
    {
        Slug = row.Slug,
        Title = row.Title,
        LabelText = row.LabelText,
        TryThis = row.TryThis,
        Environments = [.. row.Environments.OrderBy(one => one.Order).Select(one => one.EnvironmentId)],
        TimeLimitInSeconds = row.TimeLimitInSeconds,
        RightsBasis = row.RightsBasis,
        IsPublished = row.IsPublished,
        Audience = row.Audience,
        Groups =
        [
            .. row.Groups.OrderBy(one => one.GroupId, StringComparer.Ordinal)
                .Select(one => new GroupDescription(one.GroupId, context.AccessGroups.Local.Single(group => group.Id == one.GroupId).Title)),
        ],
        RoomRule = row.RoomRule,
        Rooms =
        [
            .. row.Rooms.OrderBy(one => one.RoomId, StringComparer.Ordinal).Select(one => context.ReadingRooms.Local.Single(room => room.Id == one.RoomId))
                .Select(room => new RoomDescription(room.Id, room.Title, room.Networks)),
        ],
        EmbargoUntil = row.EmbargoUntil,
        Flashes = row.Flashes,
        Input = row.Input,
        CreatedAt = row.CreatedAt,
    };

    private static async Task<List<CatalogProfile>> ProfilesAsync(
        CatalogContext context, List<PreservedEnvironment> environments, CancellationToken cancellationToken)
    {
        var ids = environments.Select(one => one.ProfileId).Distinct().ToList();
        await context.Profiles.Where(one => ids.Contains(one.Id)).LoadAsync(cancellationToken);
        var known = context.Profiles.Local.Where(one => ids.Contains(one.Id)).ToList();
        var wanted = environments.Select(one => (one.ProfileId, one.ProfileVersion)).ToHashSet();
        return [.. known.Where(one => wanted.Contains((one.Id, one.Version))).OrderBy(one => one.Id, StringComparer.Ordinal).ThenBy(one => one.Version)];
    }
}
