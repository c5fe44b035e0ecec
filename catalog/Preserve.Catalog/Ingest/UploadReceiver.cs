using Microsoft.EntityFrameworkCore;

namespace Preserve.Catalog.Ingest;

/// <summary>Adds bytes to an upload, digesting them as they come.</summary>
/// <remarks>
/// 1. One writer at a time; the one before is asked to stop.
/// 2. Bytes go to the file behind those that are kept. They are kept once they are synced and the row says so: after every 32 MiB, and
///    at the end of the request however it ends. A piece with a checksum is kept as a whole or not at all.
/// 3. With the last byte the digests are finished, if every byte passed through this process; otherwise the upload is left in
///    <see cref="UploadState.Checking"/>, and <see cref="QuarantineKeeping"/> reads it again.
/// </remarks>
public sealed class UploadReceiver(
    IDbContextFactory<CatalogContext> contexts, QuarantineFolder quarantine, TimeProvider time)
{
    private readonly UploadTurns _turns = new();
    private readonly DigestsUnderWay _underWay = new();

    /// <param name="upload">As found; its offset may be behind by now.</param>
    /// <param name="offsetInBytes">Where the client thinks the upload ends.</param>
    /// <param name="content">Read to its end, or to one byte past the announced length.</param>
    /// <param name="checksum">Of the whole piece, or null.</param>
    /// <param name="cancellationToken">Stops reading; what came until then is kept, unless there is a checksum.</param>
    /// <returns>The upload as it stands, also where the piece was refused.</returns>
    public async Task<UploadResult> AppendAsync(
        Upload upload, long offsetInBytes, Stream content, UploadChecksum? checksum, CancellationToken cancellationToken)
    {
        using var turn = await _turns.TakeAsync(upload.Id, time, cancellationToken);
        if (turn is null)
        {
            return UploadResult.Refused(UploadOutcome.Busy, "Another request is writing to this upload.");
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Uploads.AsNoTracking().SingleOrDefaultAsync(row => row.Id == upload.Id, cancellationToken) is not { } now)
        {
            return UploadResult.Refused(UploadOutcome.Unknown, "There is no such upload.");
        }

        // A disk that lost power may have fewer bytes than it once said.
        now.OffsetInBytes = Math.Min(now.OffsetInBytes, quarantine.LengthOf(now.Id));
        if (now.OffsetInBytes != offsetInBytes)
        {
            return UploadResult.Refused(UploadOutcome.WrongOffset, $"The upload stands at {now.OffsetInBytes}, not at {offsetInBytes}.", now);
        }

        if (now.State != UploadState.Receiving)
        {
            return now.State == UploadState.Expired
                ? UploadResult.Refused(UploadOutcome.Gone, "The upload was not finished in time and has been given up.", now)
                : UploadResult.Done(now);
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, turn.Asked);
        var piece = new UploadPiece(now, quarantine, _underWay.Take(now.Id, offsetInBytes), checksum, (row, token) => SaveAsync(context, row, token));
        var outcome = await piece.ReceiveAsync(content, stop.Token);
        return await SettleAsync(context, now, piece, outcome);
    }

    /// <summary>For an upload without a byte, which no request ever adds to.</summary>
    public Task<UploadResult> FinishEmptyAsync(Upload upload, CancellationToken cancellationToken) =>
        AppendAsync(upload, 0, Stream.Null, checksum: null, cancellationToken);

    private async Task<UploadResult> SettleAsync(CatalogContext context, Upload upload, UploadPiece piece, UploadOutcome outcome)
    {
        var digests = piece.TakeDigests();
        if (upload.OffsetInBytes == upload.LengthInBytes)
        {
            // Not given up for a client that has gone: the bytes are all here.
            await FinishAsync(context, upload, digests);
            digests?.Dispose();
        }
        else if (digests is not null)
        {
            _underWay.Keep(upload.Id, digests);
        }

        return outcome switch
        {
            UploadOutcome.Done => UploadResult.Done(upload),
            UploadOutcome.TooLong => UploadResult.Refused(outcome, $"There is more than the {upload.LengthInBytes} bytes that were announced.", upload),
            UploadOutcome.WrongChecksum => UploadResult.Refused(outcome, "The piece does not have the checksum that came with it. Nothing of it was kept; send it again.", upload),
            _ => UploadResult.Refused(outcome, "The disk of the data folder is full. What came until then is kept; free space and go on.", upload),
        };
    }

    private static async Task FinishAsync(CatalogContext context, Upload upload, FourDigests? digests)
    {
        var made = digests?.LengthInBytes == upload.LengthInBytes ? digests.Finish() : null;
        upload.State = made is null ? UploadState.Checking : UploadState.Quarantined;
        (upload.Sha256, upload.Sha512, upload.Sha1, upload.Md5) = (made?.Sha256, made?.Sha512, made?.Sha1, made?.Md5);
        await context.Uploads.Where(row => row.Id == upload.Id && row.State == UploadState.Receiving)
            .ExecuteUpdateAsync(set => set
                .SetProperty(row => row.State, upload.State)
                .SetProperty(row => row.Sha256, upload.Sha256)
                .SetProperty(row => row.Sha512, upload.Sha512)
                .SetProperty(row => row.Sha1, upload.Sha1)
                .SetProperty(row => row.Md5, upload.Md5), CancellationToken.None);
    }

    private async Task SaveAsync(CatalogContext context, Upload upload, CancellationToken cancellationToken)
    {
        upload.ChangedAt = time.GetUtcNow().ToUnixTimeMilliseconds();
        await context.Uploads.Where(row => row.Id == upload.Id)
            .ExecuteUpdateAsync(set => set
                .SetProperty(row => row.OffsetInBytes, upload.OffsetInBytes)
                .SetProperty(row => row.ChangedAt, upload.ChangedAt), cancellationToken);
    }
}
