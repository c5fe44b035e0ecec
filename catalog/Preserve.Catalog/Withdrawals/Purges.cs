using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Carriers;
using Preserve.Catalog.Database;
using Preserve.Catalog.Descriptions;
using Preserve.Catalog.Events;
using Preserve.Catalog.Objects;
using Preserve.Catalog.Storage;

namespace Preserve.Catalog.Withdrawals;

/// <summary>
/// Deletes the bytes of a withdrawn object, for good, once two people want it: one asks, another approves. What stays is a tombstone: the
/// object's OCFL object begins anew with its description alone, which has the digests of what was there.
/// </summary>
public sealed class Purges(
    CatalogOptions options, ObjectStorage storage, ObjectVersions versions, FileContentStore derived, CarrierFolder carriers, IDbContextFactory<CatalogContext> contexts,
    AuditTrail audit, TimeProvider time)
{
    /// <summary>The request that waits; null when there is none.</summary>
    public async Task<PurgeRequest?> FindAsync(string objectId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.PurgeRequests.AsNoTracking().SingleOrDefaultAsync(request => request.ObjectId == objectId, cancellationToken);
    }

    /// <summary>The first person asks.</summary>
    /// <returns>Why not; empty when the request waits for a second one.</returns>
    public async Task<IReadOnlyList<string>> RequestAsync(Actor actor, string objectId, string reason, CancellationToken cancellationToken)
    {
        if (actor.AccountId is not { } account)
        {
            return ["Only a person with an account can ask for it."];
        }

        if (WithdrawalWords.Problem(reason) is { } problem)
        {
            return [problem];
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await WhyNotAsync(context, objectId, cancellationToken) is { } why)
        {
            return [why];
        }

        if (await context.PurgeRequests.AnyAsync(request => request.ObjectId == objectId, cancellationToken))
        {
            return ["Somebody has asked for it already; a second person has to approve."];
        }

        context.PurgeRequests.Add(new PurgeRequest
        {
            ObjectId = objectId, RequestedBy = account, RequestedByName = ColumnLengths.Fit(actor.Name, ColumnLengths.Title),
            RequestedAt = time.GetUtcNow().ToUnixTimeMilliseconds(), Reason = reason.Trim(),
        });
        context.AuditEntries.Add(audit.Entry(actor, AuditAction.PurgeRequested, objectId, reason.Trim()));
        await context.SaveChangesAsync(cancellationToken);
        return [];
    }

    /// <summary>Takes a request back, or refuses it.</summary>
    /// <returns>Why not; empty when there is none any more.</returns>
    public async Task<IReadOnlyList<string>> RefuseAsync(Actor actor, string objectId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.PurgeRequests.SingleOrDefaultAsync(request => request.ObjectId == objectId, cancellationToken) is not { } request)
        {
            return ["Nobody has asked for it."];
        }

        context.PurgeRequests.Remove(request);
        context.AuditEntries.Add(audit.Entry(actor, AuditAction.PurgeRefused, objectId, $"asked for by {request.RequestedByName}"));
        await context.SaveChangesAsync(cancellationToken);
        return [];
    }

    /// <summary>The second person approves, and the bytes are deleted. Storage and catalog change together, as for any version.</summary>
    /// <returns>Why not; empty when they are gone. A copy that could not be reached is told in the audit trail.</returns>
    public async Task<IReadOnlyList<string>> ApproveAsync(Actor actor, string objectId, CancellationToken cancellationToken)
    {
        await using var transaction = await storage.Ocfl.BeginAsync(cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.PurgeRequests.SingleOrDefaultAsync(request => request.ObjectId == objectId, cancellationToken) is not { } request)
        {
            return ["Nobody has asked for it."];
        }

        if (actor.AccountId is not { } approver || approver == request.RequestedBy)
        {
            context.AuditEntries.Add(audit.Entry(actor, AuditAction.PurgeApproved, objectId, "by the person who asked", AuditOutcome.Refused));
            await context.SaveChangesAsync(cancellationToken);
            return ["Whoever asked for it cannot approve it. A second person has to."];
        }

        if (await WhyNotAsync(context, objectId, cancellationToken) is { } why)
        {
            return [why];
        }

        var digests = await DigestsAsync(context, objectId, cancellationToken);
        await RecordAsync(context, actor, request, digests, cancellationToken);
        await versions.AddDraftAsync(
            context, transaction, objectId, new Dictionary<string, Ocfl.Storage.OcflStagedFile>(), "tombstone: bytes purged on the approval of two persons",
            ObjectVersions.Agent("purge"), cancellationToken, replacesObject: true);
        context.ContentLocations.RemoveRange(context.ContentLocations.Where(one => one.ObjectId == objectId));
        context.PurgeRequests.Remove(request);
        await storage.CommitAsync(context, transaction, cancellationToken);
        await DropCopiesAsync(context, actor, objectId, digests, CancellationToken.None);
        return [];
    }

    private static async Task<string?> WhyNotAsync(CatalogContext context, string objectId, CancellationToken cancellationToken)
    {
        var row = await context.Objects.AsNoTracking().SingleOrDefaultAsync(one => one.Id == objectId, cancellationToken);
        return row is null ? "There is no such object."
            : row.WithdrawnAt is null ? "Only a withdrawn object can be purged."
            : row.PurgedAt is not null ? "Its bytes have been purged already."
            : null;
    }

    private static Task<List<string>> DigestsAsync(CatalogContext context, string objectId, CancellationToken cancellationToken) =>
        FilesOf(context, objectId).Select(file => file.Sha256).Distinct().ToListAsync(cancellationToken);

    private static IQueryable<StoredFile> FilesOf(CatalogContext context, string objectId) =>
        context.Media.Where(medium => medium.ObjectId == objectId).SelectMany(medium => medium.Representations).SelectMany(one => one.Files);

    // What was read off the bytes goes with them: volume labels and listings can hold what the law wants gone.
    private async Task RecordAsync(CatalogContext context, Actor actor, PurgeRequest request, List<string> digests, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var row = await context.Objects.SingleAsync(one => one.Id == request.ObjectId, cancellationToken);
        row.PurgedAt = now;
        foreach (var file in await FilesOf(context, request.ObjectId).ToListAsync(cancellationToken))
        {
            file.Characterisation = null;
        }

        context.AuditEntries.Add(audit.Entry(
            actor, AuditAction.PurgeApproved, request.ObjectId, $"asked for by {request.RequestedByName}: {request.Reason}; {digests.Count} files"));
        context.Events.Add(new PreservationEvent
        {
            Type = "deletion", ObjectId = request.ObjectId, OccurredAt = now, Agent = ColumnLengths.Fit(actor.Shown, ColumnLengths.Title), Outcome = "success",
            Detail = $"bytes of {digests.Count} files purged on the approval of two persons: {request.Reason}",
        });
    }

    // Copies outside the storage root: carriers that its loose files were put on, kept by digest by an earlier release, and the second root.
    private async Task DropCopiesAsync(CatalogContext context, Actor actor, string objectId, List<string> digests, CancellationToken cancellationToken)
    {
        foreach (var sha256 in digests)
        {
            var isAnothers = await context.Media.AnyAsync(
                medium => medium.ObjectId != objectId && medium.Representations.Any(one => one.Files.Any(file => file.Sha256 == sha256)), cancellationToken);
            if (!isAnothers)
            {
                derived.Remove(sha256);
            }
        }

        try
        {
            // Which of them holds what is not written down, and all can be made again.
            await carriers.EmptyAsync(cancellationToken);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            await audit.RecordAsync(
                actor, AuditAction.PurgeApproved, objectId, $"carriers made of loose files are still in {carriers.Path}: {problem.Message}", AuditOutcome.Refused, cancellationToken);
        }

        if (options.SecondStorageFolder is not { } second)
        {
            return;
        }

        var copy = Path.Combine(second, Ocfl.Storage.OcflStorage.PathOf(ObjectStorage.OcflId(objectId)));
        try
        {
            if (Directory.Exists(copy))
            {
                Directory.Delete(copy, recursive: true);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            await audit.RecordAsync(
                actor, AuditAction.PurgeApproved, objectId, $"the copy in the second storage root is still there: {problem.Message}", AuditOutcome.Refused, cancellationToken);
        }
    }
}
