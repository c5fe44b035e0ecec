using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Descriptions;
using Preserve.Catalog.Digests;
using Preserve.Catalog.Events;
using Preserve.Catalog.Fixity;
using Preserve.Catalog.Ocfl.Inventories;
using Preserve.Catalog.Storage;

namespace Preserve.Catalog.SecondRoots;

/// <summary>Compares files of the second storage root with their recorded digests, and puts damaged ones right from the first, after approval.</summary>
public sealed class SecondRootChecks(SecondRoot second, ObjectStorage storage, IDbContextFactory<CatalogContext> contexts, TimeProvider time)
{
    private static readonly string[] s_algorithms = [DigestNames.Sha256, DigestNames.Sha512];

    /// <summary>Files to check, in order of their paths. Of objects that are not copied yet there are none.</summary>
    /// <param name="objectId">One object; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<ContentLocation>> FindAsync(string? objectId, CancellationToken cancellationToken)
    {
        if (second.Folder is null)
        {
            return [];
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var all = await context.ContentLocations.AsNoTracking().Where(one => objectId == null || one.ObjectId == objectId).OrderBy(one => one.Path).ToListAsync(cancellationToken);
        var copied = all.Select(one => one.ObjectId).Distinct().ToDictionary(id => id, Versions);
        return [.. all.Where(one => copied[one.ObjectId].Any(version => one.Path.StartsWith(version, StringComparison.Ordinal)))];
    }

    /// <summary>What is wrong with the second copy of a file, in words; null when nothing is. Damage is an event.</summary>
    /// <param name="content">From <see cref="FindAsync"/>.</param>
    /// <param name="bytesPerSecond">Reads no faster; null for as fast as it goes.</param>
    /// <param name="cancellationToken">Records nothing.</param>
    public async Task<string?> CheckAsync(ContentLocation content, long? bytesPerSecond, CancellationToken cancellationToken)
    {
        var problem = await FindProblemAsync(Path.Combine(second.Folder!, content.Path), content, bytesPerSecond, cancellationToken);
        if (problem is not null)
        {
            await RecordAsync(content, "fixity check", ObjectVersions.Agent("fixity"), "failure", $"{content.Path} in the second storage root: {problem}", cancellationToken);
        }

        return problem;
    }

    /// <summary>Puts the second copy right from the first.</summary>
    /// <param name="content">A file whose second copy is damaged.</param>
    /// <param name="approvedBy">Who approved it; becomes the event's agent.</param>
    /// <param name="cancellationToken">Leaves the file as it is.</param>
    /// <returns>Null when it is repaired; otherwise why not, in words.</returns>
    public async Task<string?> RepairAsync(ContentLocation content, string approvedBy, CancellationToken cancellationToken)
    {
        var target = Path.Combine(second.Folder!, content.Path);
        var part = Path.Combine(second.Work, $"repair-{Guid.NewGuid():N}");
        DurableFile.CreateFolder(Path.GetDirectoryName(part)!);
        try
        {
            var source = Path.Combine(storage.Ocfl.Root, content.Path);
            await using (var copy = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                if (await FindProblemAsync(source, content, null, cancellationToken, copy) is { } problem)
                {
                    return $"the first storage root has no good copy either: {problem}";
                }

                File.SetUnixFileMode(copy.SafeFileHandle, DurableFile.ReadOnlyMode);
                copy.Flush(flushToDisk: true);
            }

            // A purge commits in storage's turn: it is either seen here, or finds the file in its place and deletes it.
            await using (await storage.Ocfl.TakeTurnAsync(cancellationToken))
            {
                if (!await contexts.IsStillThereAsync(content, cancellationToken))
                {
                    return RepairTurn.Gone;
                }

                DurableFile.CreateFolder(Path.GetDirectoryName(target)!);
                DurableFile.Move(part, target);
            }
        }
        finally
        {
            File.Delete(part);
        }

        await RecordAsync(content, "recovery", approvedBy, "success", $"{content.Path}: the second storage root's copy was put right from the first", cancellationToken);
        return null;
    }

    // Versions that the second root has, as prefixes of paths.
    private List<string> Versions(string objectId)
    {
        var path = Ocfl.Storage.OcflStorage.PathOf(ObjectStorage.OcflId(objectId));
        var folder = Path.Combine(second.Folder!, path);
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateDirectories(folder).Where(version => File.Exists(Path.Combine(version, OcflInventory.FileName))).Select(version => $"{path}/{Path.GetFileName(version)}/")]
            : [];
    }

    private async Task<string?> FindProblemAsync(string path, ContentLocation content, long? bytesPerSecond, CancellationToken cancellationToken, Stream? copy = null)
    {
        try
        {
            await using var file = new FileStream(PosixFile.OpenRegular(path), FileAccess.Read, bufferSize: 0);
            await using Stream source = bytesPerSecond is { } pace ? new PacedStream(file, pace, time) : file;
            var read = await StreamDigests.ReadAsync(source, s_algorithms, copy, long.MaxValue, cancellationToken);
            return read.Digests[DigestNames.Sha256] == content.Sha256 && read.Digests[DigestNames.Sha512] == content.Sha512
                ? null
                : $"SHA-256 is {read.Digests[DigestNames.Sha256]}, recorded is {content.Sha256}";
        }
        catch (FileNotFoundException)
        {
            return "the file is missing";
        }
        catch (IOException problem)
        {
            return $"the file cannot be read: {problem.Message}";
        }
    }

    private async Task RecordAsync(ContentLocation content, string type, string agent, string outcome, string detail, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.Events.Add(new PreservationEvent
        {
            Type = type, ObjectId = content.ObjectId, OccurredAt = time.GetUtcNow().ToUnixTimeMilliseconds(), Agent = agent, Outcome = outcome, Detail = detail,
            // Told each time it is looked at: kept in rows, not in a version each.
            IsRoutine = type != "recovery",
        });
        await context.SaveChangesAsync(cancellationToken);
    }
}
