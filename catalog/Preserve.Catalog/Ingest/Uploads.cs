using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Preserve.Catalog.Ingest;

/// <summary>The rows of uploads: begun, looked at, given up. <see cref="UploadReceiver"/> adds the bytes.</summary>
public sealed class Uploads(
    IDbContextFactory<CatalogContext> contexts, QuarantineFolder quarantine, IngestOptions options, TimeProvider time)
{
    /// <summary>Begins an upload after checking name, length, quota and free space.</summary>
    /// <param name="ownerId">Account; null for the command line.</param>
    /// <param name="relativePath">Name of the file, with its folders if it came in some.</param>
    /// <param name="lengthInBytes">0 or more.</param>
    /// <param name="unpackedFromId">The packed upload it comes out of, or null.</param>
    /// <param name="cancellationToken">Leaves no upload.</param>
    public async Task<UploadResult> BeginAsync(
        Guid? ownerId, string relativePath, long lengthInBytes, Guid? unpackedFromId, CancellationToken cancellationToken)
    {
        if (UploadName.Problem(relativePath) is { } problem)
        {
            return UploadResult.Refused(UploadOutcome.BadName, problem);
        }

        if (lengthInBytes < 0 || lengthInBytes > options.MaximumUploadLengthInBytes)
        {
            return UploadResult.Refused(UploadOutcome.TooLong, $"A file has at most {Size(options.MaximumUploadLengthInBytes)} here; this one has {Size(lengthInBytes)}.");
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindSpaceProblemAsync(context, ownerId, lengthInBytes, cancellationToken) is { } full)
        {
            return full;
        }

        var now = time.GetUtcNow().ToUnixTimeMilliseconds();

        // Version 4: an id cannot be guessed from another.
        var upload = new Upload
        {
            Id = Guid.NewGuid(), OwnerId = ownerId, RelativePath = relativePath, LengthInBytes = lengthInBytes, CreatedAt = now, ChangedAt = now,
            UnpackedFromId = unpackedFromId,
        };
        await using (quarantine.OpenForWriting(upload.Id))
        {
            quarantine.Sync();
        }

        context.Uploads.Add(upload);
        await context.SaveChangesAsync(cancellationToken);
        return UploadResult.Done(upload);
    }

    /// <summary>Not tracked. Null when there is none by this id that is this owner's.</summary>
    public async Task<Upload?> FindAsync(Guid id, Guid? ownerId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Uploads.AsNoTracking().SingleOrDefaultAsync(upload => upload.Id == id && upload.OwnerId == ownerId, cancellationToken);
    }

    /// <summary>Forgets an upload that nobody has decided about yet, with its bytes. False when there is none.</summary>
    public async Task<bool> TerminateAsync(Guid id, Guid? ownerId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var removed = await context.Uploads
            .Where(upload => upload.Id == id && upload.OwnerId == ownerId
                && (upload.State == UploadState.Receiving || upload.State == UploadState.Checking || upload.State == UploadState.Quarantined)
                && !context.Uploads.Any(other => other.UnpackedFromId == id))
            .ExecuteDeleteAsync(cancellationToken);
        if (removed == 1)
        {
            quarantine.Delete(id);
        }

        return removed == 1;
    }

    /// <summary>When an unfinished upload is given up.</summary>
    public DateTimeOffset ExpiryOf(Upload upload) => DateTimeOffset.FromUnixTimeMilliseconds(upload.ChangedAt) + options.UnfinishedLife;

    private async Task<UploadResult?> FindSpaceProblemAsync(CatalogContext context, Guid? ownerId, long lengthInBytes, CancellationToken cancellationToken)
    {
        var open = context.Uploads.Where(upload =>
            upload.State == UploadState.Receiving || upload.State == UploadState.Checking || upload.State == UploadState.Quarantined);
        if (options.QuotaInBytes > 0)
        {
            var used = await open.Where(upload => upload.OwnerId == ownerId).SumAsync(upload => upload.LengthInBytes, cancellationToken);
            if (used + lengthInBytes > options.QuotaInBytes)
            {
                return UploadResult.Refused(UploadOutcome.OverQuota,
                    $"You have {Size(used)} of {Size(options.QuotaInBytes)} in quarantine, and this file has {Size(lengthInBytes)}. Accept or reject something first.");
            }
        }

        // What others have announced and not yet sent is spoken for.
        var announced = await open.Where(upload => upload.State == UploadState.Receiving).SumAsync(upload => upload.LengthInBytes - upload.OffsetInBytes, cancellationToken);
        var free = quarantine.FreeLengthInBytes - options.FreeSpaceReserveInBytes - announced;
        return lengthInBytes > Math.Max(0, free)
            ? UploadResult.Refused(UploadOutcome.NoSpace,
                $"There is room for {Size(Math.Max(0, free))} more, and this file has {Size(lengthInBytes)}. Free space on the disk of the data folder, or accept and reject what waits.")
            : null;
    }

    /// <summary>In powers of 1000, as disks are sold.</summary>
    public static string Size(long lengthInBytes) => lengthInBytes switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{lengthInBytes} bytes"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{lengthInBytes / 1e3:0.#} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{lengthInBytes / 1e6:0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{lengthInBytes / 1e9:0.##} GB"),
    };
}
