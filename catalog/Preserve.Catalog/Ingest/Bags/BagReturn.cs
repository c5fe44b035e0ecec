using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Bags;
using Preserve.Catalog.Database;
using Preserve.Catalog.Descriptions;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Events;
using Preserve.Catalog.Import;
using Preserve.Catalog.Objects;
using Preserve.Catalog.Ocfl.Storage;
using Preserve.Catalog.Storage;

namespace Preserve.Catalog.Ingest.Bags;

/// <summary>
/// Brings back the objects of a bag that was exported here: media, description, rights, environments, exhibits, licences and events, all of them or
/// none. Objects that the collection has are left as they are. Exhibits come back unpublished: a curator opens them again.
/// </summary>
public sealed partial class BagReturn(
    IDbContextFactory<CatalogContext> contexts, ObjectStorage storage, ObjectVersions versions, ProfileRegister register, QuarantineFolder quarantine, ImportTurn turn,
    AuditTrail audit, TimeProvider time)
{
    private const int LongestDescriptionInBytes = 16 * 1024 * 1024;

    private static readonly string Agent = ObjectVersions.Agent("ingest");

    /// <summary>Whether it has a description of ours.</summary>
    internal static bool IsOurs(QuarantinedBag bag) => bag.Files.Keys.Any(path => Description().IsMatch(path));

    internal async Task<BagResult> ReturnAsync(QuarantinedBag bag, BagAnswer answer, Actor actor, CancellationToken cancellationToken)
    {
        var problems = new ProblemList();
        var described = Read(bag, problems);
        await using (await turn.TakeAsync(cancellationToken))
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            var ids = described.Select(one => one.Id).ToList();
            var known = await context.Objects.Where(one => EF.Parameter(ids).Contains(one.Id)).Select(one => one.Id).OrderBy(id => id).ToListAsync(cancellationToken);
            var due = described.Where(one => !known.Contains(one.Id)).ToList();
            if (problems.IsEmpty && due.Count > 0)
            {
                await RegisterProfilesAsync(due, cancellationToken);
                await AddRowsAsync(context, bag, answer, due, actor, problems, cancellationToken);
                if (problems.IsEmpty)
                {
                    await CommitAsync(context, bag, due, problems, cancellationToken);
                }
            }

            return problems.IsEmpty ? new BagResult([], [.. due.Select(one => one.Id)], known, null) : new BagResult(problems.Texts, [], known, null);
        }
    }

    private List<ObjectDescription> Read(QuarantinedBag bag, ProblemList problems)
    {
        var found = new List<ObjectDescription>();
        foreach (var (path, upload) in bag.Files.Where(file => Description().IsMatch(file.Key)).OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            try
            {
                found.Add(upload.LengthInBytes <= LongestDescriptionInBytes
                    ? ObjectDescription.FromJson(ReadBytes(upload))
                    : throw new InvalidDataException($"it is longer than {LongestDescriptionInBytes} bytes"));
                ReturnCheck.Check(found[^1], path, bag, problems);
            }
            catch (InvalidDataException broken)
            {
                problems.Add(path, broken.Message);
            }
        }

        return found;
    }

    private byte[] ReadBytes(Upload upload)
    {
        using var file = quarantine.OpenForReading(upload.Id);
        var bytes = new byte[upload.LengthInBytes];
        file.ReadExactly(bytes);
        return bytes;
    }

    private async Task RegisterProfilesAsync(List<ObjectDescription> due, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var known = (await context.Profiles.Select(profile => new { profile.Id, profile.Version }).ToListAsync(cancellationToken)).Select(profile => (profile.Id, profile.Version)).ToHashSet();
        await register.UpsertAsync(
            [.. due.SelectMany(one => one.Profiles).DistinctBy(profile => (profile.Id, profile.Version)).Where(profile => !known.Contains((profile.Id, profile.Version)))], cancellationToken);
    }

    private async Task AddRowsAsync(
        CatalogContext context, QuarantinedBag bag, BagAnswer answer, List<ObjectDescription> due, Actor actor, ProblemList problems, CancellationToken cancellationToken)
    {
        var groups = await context.AccessGroups.Select(group => group.Id).ToListAsync(cancellationToken);
        var rooms = await context.ReadingRooms.Select(room => room.Id).ToListAsync(cancellationToken);
        context.AddRange(RebuiltRows.Groups(due).Where(group => !groups.Contains(group.Id)));
        context.AddRange(RebuiltRows.Rooms(due).Where(room => !rooms.Contains(room.Id)));
        foreach (var one in due)
        {
            context.Objects.Add(RebuiltRows.Object(one));
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
        PreservationEvent Event(string type, string agent, string detail) => new()
        {
            Type = type, ObjectId = one.Id, OccurredAt = time.GetUtcNow().ToUnixTimeMilliseconds(), Agent = ColumnLengths.Fit(agent, ColumnLengths.Title), Outcome = "success", Detail = detail,
        };

        yield return Event("validation", Agent, $"the bag {bag.Name} it came in is valid by BagIt {answer.Version}; every file of its description has the digest that it says");
        yield return Event("ingestion", actor.Shown, "came back in a bag that Preserve had exported");
    }

    private async Task CommitAsync(CatalogContext context, QuarantinedBag bag, List<ObjectDescription> due, ProblemList problems, CancellationToken cancellationToken)
    {
        await using var transaction = await storage.Ocfl.BeginAsync(cancellationToken);
        foreach (var one in due)
        {
            var staged = new Dictionary<string, OcflStagedFile>(StringComparer.Ordinal);
            foreach (var file in one.Media.SelectMany(medium => medium.Representations).SelectMany(form => form.Files).DistinctBy(file => file.Sha256).Where(_ => one.PurgedAt is null))
            {
                await using var content = quarantine.OpenForReading(bag.Files[ReturnCheck.PathOf(one, file)].Id);
                staged[file.Sha256] = await transaction.StageAsync(content, file.LengthInBytes, cancellationToken);
                if (staged[file.Sha256].Sha256 != file.Sha256)
                {
                    problems.Add(file.Path, "is not what it was when it came in: its bytes in quarantine are damaged");
                    return;
                }
            }

            await versions.AddDraftAsync(context, transaction, one.Id, staged, "came back in a bag", Agent, cancellationToken);
        }

        try
        {
            await storage.CommitAsync(context, transaction, cancellationToken);
        }
        catch (DbUpdateException taken)
        {
            problems.Add("", $"Something in it that is unique, such as an identifier, belongs to another object here already: {taken.InnerException?.Message ?? taken.Message}");
        }
    }

    [GeneratedRegex("^data/objects/[a-z0-9-]{1,64}/description\\.json\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Description();
}
