using Preserve.Catalog.Access;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Events;
using Preserve.Catalog.Exhibits;
using Preserve.Catalog.Licences;
using Preserve.Catalog.Identifiers;
using Preserve.Catalog.Objects;
using Preserve.Catalog.Rights;
using Preserve.Catalog.Software;

namespace Preserve.Catalog.Descriptions;

/// <summary>Turns descriptions back into rows. What is made from them (posters) is due again.</summary>
internal static class RebuiltRows
{
    public static PreservedObject Object(ObjectDescription one)
    {
        var row = new PreservedObject
        {
            Id = one.Id,
            Title = one.Title,
            Date = one.Date,
            Creators = [.. one.Creators],
            Description = one.Description,
            Rights = one.Rights,
            Source = one.Source,
            ResearchUse = one.ResearchUse,
            ManifestSha256 = one.ManifestSha256,
            WithdrawnAt = one.WithdrawnAt,
            WithdrawalReason = one.WithdrawalReason,
            PurgedAt = one.PurgedAt,
            CreatedAt = one.CreatedAt,
            DescribedEvents = one.Events.Count,
        };
        row.Media.AddRange(one.Media.Select(medium => Medium(one.Id, medium)));
        return row;
    }

    public static IEnumerable<object> Others(ObjectDescription one) =>
    [
        .. one.Licences.Select(licence => new Licence { ObjectId = one.Id, Title = licence.Title, Seats = licence.Seats }),
        .. one.RightsStatements.Select((rights, index) => RightsDesk.Row(one.Id, rights, index + 1)),
        .. one.Identifiers.Select(identifier => IdentifierDesk.Row(one.Id, identifier)),
        .. one.Software.Select(format => new SoftwareFormat { ObjectId = one.Id, Puid = format.Puid, Use = format.Use }),
        .. one.Events.Select(e => new PreservationEvent
        {
            ObjectId = one.Id,
            Identifier = e.Identifier,
            Type = e.Type,
            OccurredAt = e.OccurredAt,
            Agent = e.Agent,
            Outcome = e.Outcome,
            Detail = e.Detail,
        }),
    ];

    /// <param name="objectId">Whose environment it is.</param>
    /// <param name="one">Its description.</param>
    /// <param name="media">Rows of media by object and name.</param>
    /// <exception cref="InvalidDataException">A drive holds a medium that no object has.</exception>
    public static PreservedEnvironment Environment(
        string objectId, EnvironmentDescription one, IReadOnlyDictionary<(string ObjectId, string Name), Medium> media)
    {
        var row = new PreservedEnvironment
        {
            Id = one.Id,
            ObjectId = objectId,
            Title = one.Title,
            ParentId = one.ParentId,
            Note = one.Note,
            ProfileId = one.ProfileId,
            ProfileVersion = one.ProfileVersion,
            MemoryMiB = one.MemoryMiB,
            Boot = one.Boot,
            SettlesAfterSeconds = one.SettlesAfterSeconds,
            SettledScreen = one.SettledScreen,
            Volatile = one.Volatile,
            Sound = one.Sound,
        };
        foreach (var drive in one.Drives)
        {
            var medium = media.GetValueOrDefault((drive.ObjectId, drive.Medium))
                ?? throw new InvalidDataException($"The environment {one.Id} has the medium '{drive.Medium}' of {drive.ObjectId} in {drive.Bay}, which is not there.");
            row.Drives.Add(new EnvironmentDrive { EnvironmentId = one.Id, Bay = drive.Bay, MediumId = medium.Id, Medium = medium });
        }

        return row;
    }

    public static Exhibit Exhibit(string objectId, ExhibitDescription one)
    {
        var row = new Exhibit
        {
            Slug = one.Slug,
            Title = one.Title,
            ObjectId = objectId,
            LabelText = one.LabelText,
            TryThis = [.. one.TryThis],
            TimeLimitInSeconds = one.TimeLimitInSeconds,
            RightsBasis = one.RightsBasis,
            IsPublished = one.IsPublished,
            Audience = one.Audience,
            RoomRule = one.RoomRule,
            EmbargoUntil = one.EmbargoUntil,
            Flashes = one.Flashes,
            Input = one.Input,
            CreatedAt = one.CreatedAt,
        };
        row.Environments.AddRange(one.Environments.Select((id, index) => new ExhibitEnvironment { EnvironmentId = id, Order = index + 1 }));
        row.Groups.AddRange(one.Groups.Select(group => new ExhibitGroup { GroupId = group.Id }));
        row.Rooms.AddRange(one.Rooms.Select(room => new ExhibitRoom { RoomId = room.Id }));
        return row;
    }

    /// <summary>The groups that rules name, each once; nobody is in them.</summary>
    public static IEnumerable<AccessGroup> Groups(IEnumerable<ObjectDescription> objects) =>
        objects.SelectMany(one => one.Exhibits).SelectMany(one => one.Groups).DistinctBy(group => group.Id)
            .Select(group => new AccessGroup { Id = group.Id, Title = group.Title });

    /// <summary>The reading rooms that rules name, each once.</summary>
    public static IEnumerable<ReadingRoom> Rooms(IEnumerable<ObjectDescription> objects) =>
        objects.SelectMany(one => one.Exhibits).SelectMany(one => one.Rooms).DistinctBy(room => room.Id)
            .Select(room => new ReadingRoom { Id = room.Id, Title = room.Title, Networks = [.. room.Networks] });

    private static Medium Medium(string objectId, MediumDescription one)
    {
        var row = new Medium { ObjectId = objectId, Name = one.Name, Kind = one.Kind, Order = one.Order, Label = one.Label, MadeOf = one.MadeOf };
        row.Representations.AddRange(one.Representations.Select(Representation));
        return row;
    }

    private static Representation Representation(RepresentationDescription one)
    {
        var row = new Representation { Format = one.Format, IsAccessCopy = one.IsAccessCopy, BackingSha256 = one.BackingSha256 };
        row.Files.AddRange(one.Files.Select(file =>
        {
            var stored = new StoredFile { Name = file.Name, OriginalName = file.OriginalName, Order = file.Order, LengthInBytes = file.LengthInBytes, Sha256 = file.Sha256 };
            stored.Identifications.AddRange(file.Identifications.Select(known => new Identification
            {
                Tool = known.Tool,
                SignatureVersion = known.SignatureVersion,
                Method = known.Method,
                Puid = known.Puid,
            }));
            return stored;
        }));
        return row;
    }
}
