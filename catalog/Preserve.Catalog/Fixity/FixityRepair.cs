using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Database;
using Preserve.Catalog.Digests;
using Preserve.Catalog.Events;
using Preserve.Catalog.Storage;

namespace Preserve.Catalog.Fixity;

/// <summary>
/// Puts damaged files right from a second storage root, a copy of the first. Only what a person approved, and only with bytes whose digests
/// are those recorded; the damaged file is kept beside storage.
/// </summary>
public sealed class FixityRepair(CatalogOptions options, ObjectStorage storage, IDbContextFactory<CatalogContext> contexts, TimeProvider time)
{
    private static readonly string[] Algorithms = [DigestNames.Sha256, DigestNames.Sha512];

    /// <summary>Damaged files in order of their paths.</summary>
    public async Task<IReadOnlyList<ContentLocation>> FindDamagedAsync(string? objectId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ContentLocations.AsNoTracking()
            .Where(one => one.State == ContentState.Damaged && (objectId == null || one.ObjectId == objectId))
            .OrderBy(one => one.Path).ToListAsync(cancellationToken);
    }

    /// <summary>Repairs one file.</summary>
    /// <param name="content">A damaged one.</param>
    /// <param name="approvedBy">Who approved it; becomes the event's agent.</param>
    /// <param name="cancellationToken">Leaves the file as it is.</param>
    /// <returns>Null when it is repaired; otherwise why not, in words.</returns>
    public async Task<string?> RepairAsync(ContentLocation content, string approvedBy, CancellationToken cancellationToken)
    {
        if (options.SecondStorageFolder is not { } second)
        {
            return "there is no second storage root: name one in Preserve:Catalog:SecondStorageFolder";
        }

        var copy = Path.Combine(storage.Ocfl.WorkFolder, $"repair-{Guid.NewGuid():N}");
        try
        {
            if (await CopyAsync(Path.Combine(second, content.Path), copy, content, cancellationToken) is { } problem)
            {
                return problem;
            }

            // A purge commits in storage's turn: it is either seen here, or finds the file in its place and deletes it.
            await using (await storage.Ocfl.TakeTurnAsync(cancellationToken))
            {
                if (!await contexts.IsStillThereAsync(content, cancellationToken))
                {
                    return RepairTurn.Gone;
                }

                Replace(Path.Combine(storage.Ocfl.Root, content.Path), copy);
            }
        }
        finally
        {
            File.Delete(copy);
        }

        await RecordAsync(content, approvedBy, cancellationToken);
        return null;
    }

    private static async Task<string?> CopyAsync(string from, string to, ContentLocation content, CancellationToken cancellationToken)
    {
        try
        {
            await using var source = new FileStream(PosixFile.OpenRegular(from), FileAccess.Read, bufferSize: 0);
            await using var target = new FileStream(to, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            var read = await StreamDigests.ReadAsync(source, Algorithms, target, content.LengthInBytes, cancellationToken);
            File.SetUnixFileMode(target.SafeFileHandle, DurableFile.ReadOnlyMode);
            target.Flush(flushToDisk: true);
            return read.Digests[DigestNames.Sha512] == content.Sha512 && read.Digests[DigestNames.Sha256] == content.Sha256
                ? null
                : "the copy in the second storage root is damaged too";
        }
        catch (FileNotFoundException)
        {
            return "the second storage root does not have it";
        }
    }

    // The damaged bytes are evidence: they are set aside, not overwritten.
    private void Replace(string file, string copy)
    {
        if (File.Exists(file))
        {
            var aside = Path.Combine(storage.Ocfl.WorkFolder, "damaged");
            DurableFile.CreateFolder(aside);
            File.Copy(file, Path.Combine(aside, $"{Path.GetFileName(copy)}-{Path.GetFileName(file)}"));
        }

        DurableFile.CreateFolder(Path.GetDirectoryName(file)!);
        DurableFile.Move(copy, file);
    }

    private async Task RecordAsync(ContentLocation content, string approvedBy, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.ContentLocations.Where(one => one.Id == content.Id).ExecuteUpdateAsync(set => set
            .SetProperty(one => one.State, ContentState.Sound)
            .SetProperty(one => one.Problem, "")
            .SetProperty(one => one.CheckedAt, now), cancellationToken);
        context.Events.Add(new PreservationEvent
        {
            Type = "recovery",
            ObjectId = content.ObjectId,
            OccurredAt = now,
            Agent = ColumnLengths.Fit(approvedBy, ColumnLengths.Title),
            Outcome = "success",
            Detail = $"{content.Path}: repaired from the second storage root; was: {content.Problem}",
        });
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
