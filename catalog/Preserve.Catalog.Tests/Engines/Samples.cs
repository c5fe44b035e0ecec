using Preserve.Catalog.Environments;
using Preserve.Catalog.Events;
using Preserve.Catalog.Exhibits;
using Preserve.Catalog.Objects;
using Preserve.Catalog.Sessions;
using Preserve.Catalog.Storage;

namespace Preserve.Catalog.Tests.Engines;

/// <summary>Rows that tests start from.</summary>
public static class Samples
{
    public static readonly string Digest = new('a', 64);

    public static CatalogProfile Profile(string id = "pc-486", int version = 1) => new()
    {
        Id = id,
        Version = version,
        Title = "PC with 486 processor",
        Engine = "qemu",
        Architecture = "i386",
        MachineType = "pc-i440fx-7.2",
        DefaultMemoryMiB = 16,
        MinimumMemoryMiB = 4,
        MaximumMemoryMiB = 512,
        Bays = new() { ["floppy0"] = "floppy", ["disk0"] = "harddisk", ["disk1"] = "harddisk", ["optical0"] = "optical" },
        Boot = ["floppy", "disk", "optical"],
        Document = "{}",
    };

    public static PreservedObject Object(string id) => new() { Id = id, Title = $"Object {id}", Creators = ["Ada \"A\" Løve", "B"], CreatedAt = 1 };

    /// <summary>One floppy with one file.</summary>
    public static PreservedObject Object(string id, StoredContent content)
    {
        var row = Object(id);
        var representation = new Representation { Format = "raw" };
        representation.Files.Add(new StoredFile { Name = "disk.img", LengthInBytes = content.LengthInBytes, Sha256 = content.Sha256 });
        var medium = new Medium { ObjectId = id, Name = "disk.img", Kind = "floppy-1440K" };
        medium.Representations.Add(representation);
        row.Media.Add(medium);
        return row;
    }

    public static PreservationEvent Event(string objectId, string type) => new()
    {
        Type = type,
        ObjectId = objectId,
        OccurredAt = 5,
        Agent = "a test",
        Outcome = "success",
    };

    public static PreservedEnvironment Environment(string id, string objectId, string? parentId = null) => new()
    {
        Id = id,
        ObjectId = objectId,
        Title = $"Environment {id}",
        ParentId = parentId,
        ProfileId = "pc-486",
        ProfileVersion = 1,
        MemoryMiB = 16,
        Boot = "floppy",
    };

    public static Exhibit Exhibit(string slug, string objectId, bool isPublished = true, params string[] environmentIds)
    {
        var exhibit = new Exhibit
        {
            Slug = slug,
            Title = $"Exhibit {slug}",
            ObjectId = objectId,
            RightsBasis = isPublished ? "MIT" : null,
            IsPublished = isPublished,
            TryThis = ["dir<enter>", "ver<enter>"],
            CreatedAt = 1,
        };
        exhibit.Environments.AddRange(environmentIds.Select((id, index) => new ExhibitEnvironment { EnvironmentId = id, Order = index + 1 }));
        return exhibit;
    }

    public static Medium Medium(string objectId, string name, int order, string sha256)
    {
        var file = new StoredFile { Name = name, LengthInBytes = 512, Sha256 = sha256 };
        var representation = new Representation { Format = "raw" };
        representation.Files.Add(file);
        var medium = new Medium { ObjectId = objectId, Name = name, Kind = "floppy-1440K", Order = order, Label = $"Disk {order}" };
        medium.Representations.Add(representation);
        return medium;
    }

    public static SessionRecord Session(string worker = "here", params string[] environmentIds)
    {
        var session = new SessionRecord
        {
            Id = Guid.NewGuid(),
            Purpose = SessionPurpose.Visit,
            State = SessionState.Queued,
            Worker = worker,
            KeySha256 = Digest,
            CreatedAt = 1,
        };
        session.Machines.AddRange(environmentIds.Select((id, index) => new SessionMachine
        {
            SessionId = session.Id,
            Channel = index,
            EnvironmentId = id,
            EmulatorBuild = "QEMU 7.2.22",
            EmulatorSha256 = Digest,
        }));
        return session;
    }

    /// <summary>One object "a" with profile and environments of these ids.</summary>
    public static async Task AddEnvironmentsAsync(this TestCatalog catalog, params string[] ids)
    {
        await using var context = await catalog.Contexts.CreateDbContextAsync();
        context.Add(Profile());
        context.Add(Object("a"));
        context.AddRange(ids.Select(id => Environment(id, "a")));
        await context.SaveChangesAsync();
    }
}
