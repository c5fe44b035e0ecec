using System.Buffers;
using System.Security.Cryptography;

namespace Preserve.Catalog.Ingest;

/// <summary>One request's worth of bytes on its way into quarantine.</summary>
/// <param name="upload">Its offset is moved as bytes are kept.</param>
/// <param name="quarantine">Where the bytes go.</param>
/// <param name="digests">Of all bytes before this piece, or null where they are unknown. Owned from here on.</param>
/// <param name="checksum">Of this piece, or null.</param>
/// <param name="save">Writes the upload's offset to its row.</param>
internal sealed class UploadPiece(
    Upload upload, QuarantineFolder quarantine, FourDigests? digests, UploadChecksum? checksum, Func<Upload, CancellationToken, Task> save)
{
    private const int BufferLength = 1024 * 1024;
    private const long KeepEveryInBytes = 32L * 1024 * 1024;

    private FourDigests? _digests = digests;
    private long _written = upload.OffsetInBytes;

    /// <summary>The digests as far as they go with what is kept; null when there are none. The caller owns them.</summary>
    public FourDigests? TakeDigests()
    {
        var taken = _digests?.LengthInBytes == upload.OffsetInBytes ? _digests : null;
        if (taken is null)
        {
            _digests?.Dispose();
        }

        _digests = null;
        return taken;
    }

    /// <summary>Done also where the client went away: what came is kept, and the upload says how much.</summary>
    public async Task<UploadOutcome> ReceiveAsync(Stream content, CancellationToken cancellationToken)
    {
        await using var file = quarantine.OpenForWriting(upload.Id);
        // What an earlier piece wrote and did not keep.
        file.SetLength(upload.OffsetInBytes);
        file.Position = upload.OffsetInBytes;
        using var check = checksum is null ? null : IncrementalHash.CreateHash(checksum.Algorithm);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            var outcome = await PumpAsync(content, file, buffer, check, cancellationToken);
            if (check is not null && (outcome != UploadOutcome.Done || cancellationToken.IsCancellationRequested || !check.GetHashAndReset().AsSpan().SequenceEqual(checksum!.Value)))
            {
                file.SetLength(upload.OffsetInBytes);
                return outcome == UploadOutcome.Done ? UploadOutcome.WrongChecksum : outcome;
            }

            await KeepAsync(file);
            return outcome;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<UploadOutcome> PumpAsync(
        Stream content, FileStream file, byte[] buffer, IncrementalHash? check, CancellationToken cancellationToken)
    {
        try
        {
            int count;
            while ((count = await FillAsync(content, buffer, cancellationToken)) > 0)
            {
                var fitting = (int)Math.Min(count, upload.LengthInBytes - _written);
                check?.AppendData(buffer, 0, count);
                await TakeInAsync(file, buffer.AsMemory(0, fitting));
                if (fitting < count)
                {
                    return UploadOutcome.TooLong;
                }

                if (check is null && _written - upload.OffsetInBytes >= KeepEveryInBytes)
                {
                    await KeepAsync(file);
                }
            }

            return UploadOutcome.Done;
        }
        catch (IOException problem) when (DiskFull.Is(problem))
        {
            // Back to what is surely there; the digests are further on and are dropped.
            _written = upload.OffsetInBytes;
            return UploadOutcome.NoSpace;
        }
        catch (Exception problem) when (problem is IOException or OperationCanceledException)
        {
            // The client went away or somebody took over: an upload is there to be resumed.
            return check is null ? UploadOutcome.Done : UploadOutcome.WrongChecksum;
        }
    }

    private async Task TakeInAsync(FileStream file, ReadOnlyMemory<byte> piece)
    {
        // The disk writes while the processors digest.
        var writing = file.WriteAsync(piece, CancellationToken.None).AsTask();
        if (_digests is not null)
        {
            await _digests.AppendAsync(piece);
        }

        await writing;
        _written += piece.Length;
    }

    // A full buffer or the end: network reads are small, and a piece for each would cost more than the digests.
    private static async Task<int> FillAsync(Stream content, byte[] buffer, CancellationToken cancellationToken)
    {
        var filled = 0;
        try
        {
            int count;
            while (filled < buffer.Length && (count = await content.ReadAsync(buffer.AsMemory(filled), cancellationToken)) > 0)
            {
                filled += count;
            }
        }
        catch (Exception problem) when (filled > 0 && problem is IOException or OperationCanceledException)
        {
            // What came before the line broke counts; the next read says so again.
        }

        return filled;
    }

    private async Task KeepAsync(FileStream file)
    {
        if (_written == upload.OffsetInBytes)
        {
            return;
        }

        RandomAccess.FlushToDisk(file.SafeFileHandle);
        upload.OffsetInBytes = _written;
        await save(upload, CancellationToken.None);
    }
}

/// <summary>Tells a full disk from other failures.</summary>
internal static class DiskFull
{
    // .NET on Linux keeps the error number in the low half: ENOSPC 28, EDQUOT 122, EFBIG 27.
    public static bool Is(IOException problem) => (problem.HResult & 0xFFFF) is 28 or 122 or 27;
}
