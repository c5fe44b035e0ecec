using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Descriptions;
using Preserve.Catalog.Digests;
using Preserve.Catalog.Events;
using Preserve.Catalog.Storage;

namespace Preserve.Catalog.Fixity;

/// <summary>
/// Reads stored files and compares them with the digests recorded when they came in. Every check is an event. A file that is not as it
/// was is taken out of use at once: no session, no export, no page gets it, until it is repaired.
/// </summary>
public sealed class FixityChecks(ObjectStorage storage, FixityClaims claims, IDbContextFactory<CatalogContext> contexts, TimeProvider time)
{
    private static readonly string[] Algorithms = [DigestNames.Sha256, DigestNames.Sha512];
    private static readonly string Agent = ObjectVersions.Agent("fixity");

    /// <summary>Checks the file that was checked longest ago.</summary>
    /// <param name="scope">Which files.</param>
    /// <param name="worker">Who checks.</param>
    /// <param name="bytesPerSecond">Reads no faster; null for as fast as it goes.</param>
    /// <param name="cancellationToken">Puts the file back unchecked.</param>
    /// <returns>What was found; null when no file is due.</returns>
    public async Task<FixityResult?> CheckNextAsync(FixityScope scope, string worker, long? bytesPerSecond, CancellationToken cancellationToken)
    {
        if (await claims.ClaimAsync(scope, worker, cancellationToken) is not { } content)
        {
            return null;
        }

        try
        {
            var result = await ReadAsync(content, bytesPerSecond, cancellationToken);
            await RecordAsync(content, result, worker, cancellationToken);
            return result;
        }
        catch (OperationCanceledException)
        {
            await claims.PutBackAsync(content.Id, worker, CancellationToken.None);
            throw;
        }
    }

    private async Task<FixityResult> ReadAsync(ContentLocation content, long? bytesPerSecond, CancellationToken cancellationToken)
    {
        FixityResult Result(FixityOutcome outcome, long length, string text) => new(outcome, content.ObjectId, content.Path, length, text);
        try
        {
            await using var file = new FileStream(PosixFile.OpenRegular(Path.Combine(storage.Ocfl.Root, content.Path)), FileAccess.Read, bufferSize: 0);
            await using Stream source = bytesPerSecond is { } pace ? new PacedStream(file, pace, time) : file;
            var read = await StreamDigests.ReadAsync(source, Algorithms, null, long.MaxValue, cancellationToken);
            return read.Digests[DigestNames.Sha512] == content.Sha512 && read.Digests[DigestNames.Sha256] == content.Sha256
                ? Result(FixityOutcome.Sound, read.LengthInBytes, $"{content.Path}: SHA-256 and SHA-512 as recorded")
                : Result(FixityOutcome.Differs, read.LengthInBytes, string.Create(CultureInfo.InvariantCulture,
                    $"{content.Path}: SHA-256 is {read.Digests[DigestNames.Sha256]} ({read.LengthInBytes} bytes), recorded is {content.Sha256} ({content.LengthInBytes} bytes)"));
        }
        catch (FileNotFoundException)
        {
            return Result(FixityOutcome.Missing, 0, $"{content.Path}: the file is missing");
        }
        catch (IOException problem)
        {
            return Result(FixityOutcome.Unreadable, 0, $"{content.Path}: the file cannot be read: {problem.Message}");
        }
    }

    private async Task RecordAsync(ContentLocation content, FixityResult result, string worker, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var isSound = result.Outcome == FixityOutcome.Sound;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var isOurs = await context.ContentLocations.Where(one => one.Id == content.Id && one.CheckWorker == worker).ExecuteUpdateAsync(set => set
            .SetProperty(one => one.CheckedAt, now)
            .SetProperty(one => one.CheckWorker, (string?)null)
            .SetProperty(one => one.CheckClaimedAt, (long?)null)
            .SetProperty(one => one.State, isSound ? ContentState.Sound : ContentState.Damaged)
            .SetProperty(one => one.Problem, isSound ? "" : result.Text), cancellationToken) == 1;
        if (isOurs)
        {
            context.Events.Add(new PreservationEvent
            {
                Type = "fixity check",
                ObjectId = content.ObjectId,
                OccurredAt = now,
                Agent = Agent,
                Outcome = isSound ? "success" : "failure",
                Detail = result.Text,
                IsRoutine = isSound == (content.State == ContentState.Sound),
            });
            await context.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }
}
