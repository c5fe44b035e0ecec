using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Catalog.Bags;
using Preserve.Catalog.Descriptions;
using Preserve.Catalog.Events;
using Preserve.Catalog.Storage;
using Preserve.Workers.Machines;

namespace Preserve.Workers.Export;

/// <summary>
/// Writes an object, or all of them, as a bag (RFC 8493): the newest version's files from storage, with PREMIS and descriptions, and for each
/// environment a script that puts its media together and boots it with the emulator alone.
/// </summary>
/// <remarks>
/// <code>
/// data/objects/ID/media/...  description.json  premis.xml  dc.xml
/// data/boot/ENVIRONMENT.sh           gathers the media under their digests, then runs
/// data/boot/ENVIRONMENT.machine.sh   the machine on plain QEMU
/// </code>
/// </remarks>
public sealed class ArchiveExporter(
    ObjectStorage storage, EnvironmentBuilder builder, IDbContextFactory<CatalogContext> contexts, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(4);

    /// <param name="objectId">One object, with those whose media its environments need; null for all.</param>
    /// <param name="folder">Must not exist yet.</param>
    /// <param name="cancellationToken">Leaves a folder that is no bag.</param>
    /// <returns>What was written; null when there is no such object.</returns>
    /// <exception cref="IOException">The folder exists, or cannot be written.</exception>
    /// <exception cref="InvalidDataException">A file in storage is not what was stored.</exception>
    public async Task<ExportResult?> ExportAsync(string? objectId, string folder, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var ids = objectId is null
            ? await context.Objects.OrderBy(one => one.Id).Select(one => one.Id).ToListAsync(cancellationToken)
            : await NeededAsync(context, objectId, cancellationToken);
        if (objectId is not null && ids.Count == 0)
        {
            return null;
        }

        var bag = new BagWriter(folder);
        var descriptions = new List<ObjectDescription>();
        foreach (var id in ids)
        {
            await AddObjectAsync(bag, id, cancellationToken);
            descriptions.Add(await DescriptionOfRows.DescribeAsync(context, id, cancellationToken));
        }

        var problems = await AddScriptsAsync(bag, descriptions, cancellationToken);
        await bag.AddAsync("README.txt", ExportTexts.ReadMe(descriptions, problems), cancellationToken);
        await bag.FinishAsync(ExportTexts.BagInfo(objectId, descriptions, time.GetUtcNow()), cancellationToken);
        await RecordAsync(context, ids, cancellationToken);
        return new ExportResult(ids.Count, problems);
    }

    // The object, and by drives and parents those that its environments cannot boot without.
    private static async Task<List<string>> NeededAsync(CatalogContext context, string objectId, CancellationToken cancellationToken)
    {
        var needed = new SortedSet<string>(StringComparer.Ordinal);
        var next = await context.Objects.Where(one => one.Id == objectId).Select(one => one.Id).ToListAsync(cancellationToken);
        while (next.Count > 0)
        {
            needed.UnionWith(next);
            var ofMedia = await context.Environments.Where(one => next.Contains(one.ObjectId))
                .SelectMany(one => one.Drives.Select(drive => drive.Medium!.ObjectId)).Distinct().ToListAsync(cancellationToken);
            var parents = context.Environments.Where(one => next.Contains(one.ObjectId) && one.ParentId != null).Select(one => one.ParentId);
            var ofParents = await context.Environments.Where(one => parents.Contains(one.Id)).Select(one => one.ObjectId).Distinct().ToListAsync(cancellationToken);
            next = [.. ofMedia.Concat(ofParents).Distinct().Where(one => !needed.Contains(one))];
        }

        return [.. needed];
    }

    private async Task AddObjectAsync(BagWriter bag, string id, CancellationToken cancellationToken)
    {
        var inventory = storage.Ocfl.FindInventory(ObjectStorage.OcflId(id))
            ?? throw new InvalidDataException($"The object {id} is not in storage yet; its first version is written in the background.");
        var root = Path.Combine(storage.Ocfl.Root, Catalog.Ocfl.Storage.OcflStorage.PathOf(inventory.Id));
        foreach (var (digest, paths) in inventory.Versions[inventory.Head].State)
        {
            foreach (var path in paths)
            {
                await using var file = new FileStream(Path.Combine(root, inventory.Manifest[digest][0]), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
                var written = await bag.AddAsync($"objects/{id}/{path}", file, cancellationToken);
                if (written.Digests[inventory.DigestAlgorithm] != digest)
                {
                    throw new InvalidDataException($"'{path}' of {id} is damaged in storage. Nothing damaged is exported; run 'preserve fixity --object {id}'.");
                }
            }
        }
    }

    private async Task<List<string>> AddScriptsAsync(BagWriter bag, List<ObjectDescription> descriptions, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var files = ExportTexts.FilesByDigest(descriptions);
        foreach (var environment in descriptions.SelectMany(one => one.Environments))
        {
            var built = await builder.BuildAsync(environment.Id, null, Lifetime, cancellationToken);
            if (built.Machine is not { } machine)
            {
                problems.Add($"No script for {environment.Id}: {string.Join(' ', built.Problems)}");
                continue;
            }

            // What may lie on the shelf only while a machine runs is not needed to boot it.
            var definition = machine.Definition with { Shelf = [] };
            await AddScriptAsync(bag, $"boot/{environment.Id}.machine.sh", machine.Engine.WriteScript(definition, machine.Build), cancellationToken);
            await AddScriptAsync(bag, $"boot/{environment.Id}.sh", ExportTexts.Gather(environment, definition.Drives.SelectMany(drive => drive.Medium.Chain).Select(image => image.Sha256), files), cancellationToken);
        }

        return problems;
    }

    private static async Task AddScriptAsync(BagWriter bag, string path, string text, CancellationToken cancellationToken)
    {
        await bag.AddAsync(path, System.Text.Encoding.UTF8.GetBytes(text), cancellationToken);
        bag.MakeExecutable(path);
    }

    private async Task RecordAsync(CatalogContext context, List<string> ids, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        context.Events.AddRange(ids.Select(id => new PreservationEvent
        {
            Type = "dissemination",
            ObjectId = id,
            OccurredAt = now,
            Agent = ObjectVersions.Agent("export"),
            Outcome = "success",
            Detail = string.Create(CultureInfo.InvariantCulture, $"exported as a bag with {ids.Count} objects"),
            IsRoutine = true,
        }));
        await context.SaveChangesAsync(cancellationToken);
    }
}

/// <summary>What was exported.</summary>
/// <param name="Objects">How many objects are in the bag.</param>
/// <param name="Problems">Environments that have no script, and why.</param>
public sealed record ExportResult(int Objects, IReadOnlyList<string> Problems);
