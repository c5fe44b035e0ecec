using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Descriptions;
using Preserve.Catalog.Identifiers;
using Preserve.Catalog.Import;
using Preserve.Catalog.Objects;
using Preserve.Catalog.Rights;

namespace Preserve.Catalog.Ingest.Bags;

/// <summary>Checks descriptions that come back from outside as whatever comes from outside: anybody can write such a bag.</summary>
internal static class ReturnCheck
{
    private const int MaximumDepth = 64;

    /// <summary>Where a file of an object lies in an exported bag.</summary>
    public static string PathOf(ObjectDescription one, FileDescription file) => $"data/objects/{one.Id}/{file.Path}";

    public static void Check(ObjectDescription one, string path, QuarantinedBag bag, ProblemList problems)
    {
        if (path != $"data/objects/{one.Id}/{ObjectDescription.FileName}")
        {
            problems.Add(path, $"describes the object \"{ManifestEntry.Shorten(one.Id)}\", which is not the one of its folder");
        }

        foreach (var id in one.Environments.Select(environment => environment.Id).Concat(one.Exhibits.Select(exhibit => exhibit.Slug)).Where(id => PlainId.Problem(id) is not null))
        {
            problems.Add(path, PlainId.Problem(id)!);
        }

        foreach (var medium in one.Media)
        {
            Check(one, medium, path, bag, problems);
        }

        foreach (var problem in RightsCheck.Problems(one.RightsStatements).Concat(one.Identifiers.Select(IdentifierDesk.Problem).OfType<string>()))
        {
            problems.Add(path, problem);
        }

        CheckTwice(path, "medium", one.Media.Select(medium => medium.Name), problems);
        CheckTwice(path, "identifier", one.Identifiers.Select(known => $"{known.Scheme}:{known.Value}"), problems);
        CheckTwice(path, "format of software", one.Software.Select(format => $"{format.Puid} {format.Use}"), problems);
        foreach (var environment in one.Environments)
        {
            CheckTwice($"{path} environment \"{ManifestEntry.Shorten(environment.Id)}\"", "bay", environment.Drives.Select(drive => drive.Bay), problems);
        }

        foreach (var exhibit in one.Exhibits)
        {
            var entry = $"{path} exhibit \"{ManifestEntry.Shorten(exhibit.Slug)}\"";
            CheckTwice(entry, "environment", exhibit.Environments, problems);
            CheckTwice(entry, "group", exhibit.Groups.Select(group => group.Id), problems);
            CheckTwice(entry, "reading room", exhibit.Rooms.Select(room => room.Id), problems);
        }
    }

    /// <summary>What can only be seen of all the objects that come.</summary>
    public static void CheckTogether(IReadOnlyCollection<ObjectDescription> due, ProblemList problems)
    {
        var environments = due.SelectMany(one => one.Environments).ToList();
        CheckTwice("", "environment", environments.Select(one => one.Id), problems);
        CheckTwice("", "exhibit", due.SelectMany(one => one.Exhibits).Select(one => one.Slug), problems);
        var parents = environments.DistinctBy(one => one.Id).ToDictionary(one => one.Id, one => one.ParentId);
        foreach (var id in parents.Keys.Where(id => Depth(id, parents) > MaximumDepth))
        {
            problems.Add($"environment \"{ManifestEntry.Shorten(id)}\"", $"has itself, or more than {MaximumDepth} others, for parents");
        }
    }

    private static void CheckTwice(string entry, string what, IEnumerable<string> names, ProblemList problems)
    {
        foreach (var name in names.GroupBy(name => name, StringComparer.Ordinal).Where(same => same.Skip(1).Any()).Select(same => same.Key))
        {
            problems.Add(entry, $"the {what} \"{ManifestEntry.Shorten(name)}\" is there more than once");
        }
    }

    private static void Check(ObjectDescription one, MediumDescription medium, string path, QuarantinedBag bag, ProblemList problems)
    {
        var entry = $"{path} medium \"{ManifestEntry.Shorten(medium.Name)}\"";
        if (UploadName.Problem(medium.Name) is not null || medium.Name.Contains('/', StringComparison.Ordinal))
        {
            problems.Add(entry, "is not called by a plain file name");
        }

        foreach (var file in medium.Representations.SelectMany(form => form.Files).Where(_ => one.PurgedAt is null))
        {
            if (UploadName.Problem(file.Name) is not null || file.Name.Contains('/', StringComparison.Ordinal))
            {
                problems.Add(entry, $"the file \"{ManifestEntry.Shorten(file.Name)}\" is not called by a plain file name");
            }

            if (!bag.Files.TryGetValue(PathOf(one, file), out var upload))
            {
                problems.Add(entry, $"{ManifestEntry.Shorten(file.Path)} is not in the bag");
            }
            else if (upload.Sha256 != file.Sha256 || upload.LengthInBytes != file.LengthInBytes)
            {
                problems.Add(entry, $"{ManifestEntry.Shorten(file.Path)} has the SHA-256 {upload.Sha256}, the description says {ManifestEntry.Shorten(file.Sha256)}");
            }
        }
    }

    private static int Depth(string id, Dictionary<string, string?> parents)
    {
        var depth = 0;
        for (string? at = id; at is not null && depth <= MaximumDepth; depth++)
        {
            at = parents.GetValueOrDefault(at);
        }

        return depth;
    }

    /// <summary>No text is longer than its column: SQLite would take it, PostgreSQL would fail half-way.</summary>
    public static void CheckLengths(CatalogContext context, ProblemList problems)
    {
        foreach (var entry in context.ChangeTracker.Entries().Where(entry => entry.State == EntityState.Added))
        {
            foreach (var property in entry.Properties.Where(property => property.CurrentValue is string text && text.Length > property.Metadata.GetMaxLength()))
            {
                problems.Add($"{entry.Metadata.ClrType.Name} {property.Metadata.Name}", $"is longer than {property.Metadata.GetMaxLength()} characters");
            }

            foreach (var property in entry.Properties.Where(property => property.CurrentValue is string text && text.Contains('\0', StringComparison.Ordinal)))
            {
                problems.Add($"{entry.Metadata.ClrType.Name} {property.Metadata.Name}", "holds a NUL character");
            }
        }
    }
}
