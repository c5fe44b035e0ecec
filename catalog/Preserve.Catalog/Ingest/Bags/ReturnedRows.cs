using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Access;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Bags;
using Preserve.Catalog.Database;
using Preserve.Catalog.Descriptions;
using Preserve.Catalog.Events;
using Preserve.Catalog.Exhibits;
using Preserve.Catalog.Import;
using Preserve.Catalog.Ingest.Viruses;
using Preserve.Catalog.Objects;

namespace Preserve.Catalog.Ingest.Bags;

/// <summary>
/// Makes the rows of objects that come back. Anybody can write such a bag, so it opens nothing: exhibits are unpublished, what was not open to
/// everybody is for curators until one says otherwise, new reading rooms have no networks, and no machine profile becomes the newest of its id.
/// </summary>
public sealed class ReturnedRows(AuditTrail audit, TimeProvider time)
{
    private static readonly string Agent = ObjectVersions.Agent("ingest");

    /// <summary>Adds them to a context, unsaved, or says what is wrong.</summary>
    internal async Task AddAsync(
        CatalogContext context, QuarantinedBag bag, BagAnswer answer, List<ObjectDescription> due, Actor actor, ProblemList problems, CancellationToken cancellationToken)
    {
        await AddProfilesAsync(context, due, problems, cancellationToken);
        await AddGroupsAndRoomsAsync(context, due, actor, problems, cancellationToken);
        foreach (var one in due)
        {
            var row = RebuiltRows.Object(one);
            row.ResearchUse = one.Exhibits.Any(IsNarrow) ? ResearchUse.Curators : one.ResearchUse;
            context.Objects.Add(row);
            context.AddRange(RebuiltRows.Others(one));
            context.Events.AddRange(Events(one, bag, answer, actor));
            context.AuditEntries.Add(audit.Entry(actor, AuditAction.ObjectAccepted, one.Id, $"{one.Title}: came back in a bag"));
        }

        var media = await MediaAsync(context, due, cancellationToken);
        var environments = due.SelectMany(one => one.Environments).Select(one => one.Id).ToList();
        foreach (var taken in await context.Environments.Where(one => EF.Parameter(environments).Contains(one.Id)).Select(one => one.Id).ToListAsync(cancellationToken))
        {
            problems.Add($"environment \"{taken}\"", "is in the collection already, with another object");
        }

        var slugs = due.SelectMany(one => one.Exhibits).Select(one => one.Slug).ToList();
        foreach (var taken in await context.Exhibits.Where(one => EF.Parameter(slugs).Contains(one.Slug)).Select(one => one.Slug).ToListAsync(cancellationToken))
        {
            problems.Add($"exhibit \"{taken}\"", "is in the collection already, with another object");
        }

        if (problems.IsEmpty)
        {
            AddEnvironments(context, due, media, problems);
            ReturnCheck.CheckLengths(context, problems);
        }
    }

    // Exhibits come back unpublished, and what is in no published exhibit is open to every researcher unless the object says otherwise.
    private bool IsNarrow(ExhibitDescription one) =>
        one.Audience != Audience.Public || one.RoomRule != RoomRule.Anywhere || one.EmbargoUntil > time.GetUtcNow().ToUnixTimeMilliseconds();

    // Suggestions offer the newest version of each id: a machine is only ever installed by whoever runs the house.
    private static async Task AddProfilesAsync(CatalogContext context, List<ObjectDescription> due, ProblemList problems, CancellationToken cancellationToken)
    {
        var known = (await context.Profiles.Select(profile => new { profile.Id, profile.Version }).ToListAsync(cancellationToken)).ToLookup(profile => profile.Id, profile => profile.Version);
        foreach (var profile in due.SelectMany(one => one.Profiles).DistinctBy(profile => (profile.Id, profile.Version)).Where(profile => !known[profile.Id].Contains(profile.Version)))
        {
            if (!known.Contains(profile.Id) || profile.Version > known[profile.Id].Max() || profile.Version < 1)
            {
                problems.Add(
                    $"machine profile \"{ManifestEntry.Shorten(profile.Id)}\"",
                    known.Contains(profile.Id) ? $"version {profile.Version} is none up to {known[profile.Id].Max()}, which is installed here: install it, then take the bag again" : "is not installed here: install it, then take the bag again");
            }
            else
            {
                context.Profiles.Add(profile);
            }
        }

        var brought = due.SelectMany(one => one.Profiles).Select(profile => (profile.Id, profile.Version)).ToHashSet();
        foreach (var one in due.SelectMany(one => one.Environments).Where(one => !brought.Contains((one.ProfileId, one.ProfileVersion)) && !known[one.ProfileId].Contains(one.ProfileVersion)))
        {
            problems.Add($"environment \"{ManifestEntry.Shorten(one.Id)}\"", $"is of version {one.ProfileVersion} of the machine profile \"{ManifestEntry.Shorten(one.ProfileId)}\", which is neither here nor in the bag");
        }
    }

    private async Task AddGroupsAndRoomsAsync(CatalogContext context, List<ObjectDescription> due, Actor actor, ProblemList problems, CancellationToken cancellationToken)
    {
        var groups = await context.AccessGroups.Select(group => group.Id).ToListAsync(cancellationToken);
        var rooms = await context.ReadingRooms.Select(room => room.Id).ToListAsync(cancellationToken);
        foreach (var group in RebuiltRows.Groups(due).Where(group => !groups.Contains(group.Id)))
        {
            Add(group, group.Id, group.Title, AuditAction.GroupChanged, "came in a bag, with nobody in it");
        }

        // What its networks were elsewhere says nothing about here.
        foreach (var room in RebuiltRows.Rooms(due).Where(room => !rooms.Contains(room.Id)))
        {
            room.Networks = [];
            Add(room, room.Id, room.Title, AuditAction.ReadingRoomChanged, "came in a bag, without networks");
        }

        void Add(object row, string id, string title, AuditAction action, string words)
        {
            foreach (var problem in AccessCheck.Problems(id, title))
            {
                problems.Add($"group or reading room \"{ManifestEntry.Shorten(id)}\"", problem);
            }

            context.Add(row);
            context.AuditEntries.Add(audit.Entry(actor, action, id, words));
        }
    }

    private static void AddEnvironments(
        CatalogContext context, List<ObjectDescription> due, Dictionary<(string ObjectId, string Name), Medium> media, ProblemList problems)
    {
        try
        {
            foreach (var one in due)
            {
                context.Environments.AddRange(one.Environments.Select(environment => RebuiltRows.Environment(one.Id, environment, media)));
                context.Exhibits.AddRange(one.Exhibits.Select(exhibit => RebuiltRows.Exhibit(one.Id, exhibit with { IsPublished = false })));
            }
        }
        catch (InvalidDataException missing)
        {
            problems.Add("", missing.Message);
        }
    }

    // Of the objects that come, and of those in the collection that their environments use.
    private static async Task<Dictionary<(string ObjectId, string Name), Medium>> MediaAsync(CatalogContext context, List<ObjectDescription> due, CancellationToken cancellationToken)
    {
        var used = due.SelectMany(one => one.Environments).SelectMany(one => one.Drives).Select(drive => drive.ObjectId).Distinct().Where(id => due.All(one => one.Id != id)).ToList();
        await context.Media.Where(medium => EF.Parameter(used).Contains(medium.ObjectId)).LoadAsync(cancellationToken);
        return context.Media.Local.ToDictionary(medium => (medium.ObjectId, medium.Name));
    }

    private IEnumerable<PreservationEvent> Events(ObjectDescription one, QuarantinedBag bag, BagAnswer answer, Actor actor)
    {
        PreservationEvent Event(string type, string agent, string detail, string outcome = "success") => new()
        {
            Type = type, ObjectId = one.Id, OccurredAt = time.GetUtcNow().ToUnixTimeMilliseconds(), Agent = ColumnLengths.Fit(agent, ColumnLengths.Title), Outcome = outcome,
            Detail = ColumnLengths.Fit(detail, ColumnLengths.Text),
        };

        yield return Event("validation", Agent, $"the bag {bag.Name} it came in is valid by BagIt {answer.Version}; every file of its description has the digest that it says");
        foreach (var file in one.Media.SelectMany(medium => medium.Representations).SelectMany(form => form.Files).DistinctBy(file => file.Path).Where(_ => one.PurgedAt is null))
        {
            if (bag.Files[ReturnCheck.PathOf(one, file)] is { ScanState: not ScanState.None } upload)
            {
                yield return Event("virus check", "clamd", $"{file.Path}: {AcceptedEvents.Words(upload)}", upload.ScanState == ScanState.Clean ? "success" : "failure");
            }
        }

        yield return Event("ingestion", actor.Shown, "came back in a bag that Preserve had exported");
    }
}
