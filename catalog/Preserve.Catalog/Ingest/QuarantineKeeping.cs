using System.Buffers;
using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Ingest.Viruses;

namespace Preserve.Catalog.Ingest;

/// <summary>
/// Keeps the quarantine in order. Everything here is due because a row says so, and doing it twice does no harm: several processes may,
/// and one that was killed is made up for by the next.
/// </summary>
public sealed class QuarantineKeeping(
    IDbContextFactory<CatalogContext> contexts, QuarantineFolder quarantine, UploadScans scans, IngestOptions options, TimeProvider time)
{
    private const int BufferLength = 1024 * 1024;

    // A file is there a moment before its row: one that is younger may have one coming.
    private static readonly TimeSpan _strayAge = TimeSpan.FromHours(1);

    /// <summary>Makes digests that are due, gives up what is too old, deletes bytes that are decided about, has scanned what is due.</summary>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        await GiveUpAsync(cancellationToken);
        await DeleteDecidedAsync(cancellationToken);
        while (await MakeDigestsAsync(cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        await scans.ScanDueAsync(cancellationToken);
    }

    /// <summary>False when none was due.</summary>
    private async Task<bool> MakeDigestsAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var due = await context.Uploads.AsNoTracking().Where(upload => upload.State == UploadState.Checking)
            .OrderBy(upload => upload.ChangedAt).FirstOrDefaultAsync(cancellationToken);
        if (due is null)
        {
            return false;
        }

        var made = await ReadAsync(due, cancellationToken);
        await context.Uploads.Where(upload => upload.Id == due.Id && upload.State == UploadState.Checking)
            .ExecuteUpdateAsync(set => set
                .SetProperty(upload => upload.State, UploadState.Quarantined)
                .SetProperty(upload => upload.Sha256, made.Sha256)
                .SetProperty(upload => upload.Sha512, made.Sha512)
                .SetProperty(upload => upload.Sha1, made.Sha1)
                .SetProperty(upload => upload.Md5, made.Md5), cancellationToken);
        return true;
    }

    private async Task<FileDigests> ReadAsync(Upload upload, CancellationToken cancellationToken)
    {
        using var digests = new FourDigests();
        await using var file = quarantine.OpenForReading(upload.Id);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            int count;
            while ((count = await file.ReadAsync(buffer, cancellationToken)) > 0)
            {
                await digests.AppendAsync(buffer.AsMemory(0, count));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return digests.LengthInBytes == upload.LengthInBytes
            ? digests.Finish()
            : throw new IOException($"The upload {upload.Id} has {digests.LengthInBytes} bytes on disk instead of {upload.LengthInBytes}.");
    }

    private async Task GiveUpAsync(CancellationToken cancellationToken)
    {
        var oldest = (time.GetUtcNow() - options.UnfinishedLife).ToUnixTimeMilliseconds();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Uploads.Where(upload => upload.State == UploadState.Receiving && upload.ChangedAt < oldest)
            .ExecuteUpdateAsync(set => set.SetProperty(upload => upload.State, UploadState.Expired), cancellationToken);
    }

    private async Task DeleteDecidedAsync(CancellationToken cancellationToken)
    {
        var lying = quarantine.List();
        if (lying.Count == 0)
        {
            return;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var states = await context.Uploads.Where(upload => EF.Parameter(lying).Contains(upload.Id))
            .Select(upload => new { upload.Id, upload.State }).ToDictionaryAsync(upload => upload.Id, upload => upload.State, cancellationToken);
        foreach (var id in lying)
        {
            if (states.TryGetValue(id, out var state)
                ? state is UploadState.Accepted or UploadState.Rejected or UploadState.Expired
                : quarantine.AgeOf(id, time) > _strayAge)
            {
                quarantine.Delete(id);
            }
        }
    }
}
