using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Database;

namespace Preserve.Catalog.Ingest;

/// <summary>Turns uploads away. Their bytes go, the record of what came, its digests and the reason stay.</summary>
public sealed class Rejection(IDbContextFactory<CatalogContext> contexts, QuarantineFolder quarantine, AuditTrail audit, TimeProvider time)
{
    /// <summary>What went wrong in words; null when all are rejected.</summary>
    /// <param name="ids">Whole uploads that nobody has decided about.</param>
    /// <param name="reason">1 to 2000 characters.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="cancellationToken">Leaves all as they were.</param>
    public async Task<string?> RejectAsync(IReadOnlyCollection<Guid> ids, string reason, Actor actor, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > ColumnLengths.Line)
        {
            return $"Say why, in 1 to {ColumnLengths.Line} characters: the reason is all that stays.";
        }

        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var open = await context.Uploads.AsNoTracking()
            .Where(upload => EF.Parameter(ids).Contains(upload.Id) && (upload.State == UploadState.Quarantined || upload.State == UploadState.Checking))
            .ToListAsync(cancellationToken);
        var changed = await context.Uploads
            .Where(upload => EF.Parameter(ids).Contains(upload.Id) && (upload.State == UploadState.Quarantined || upload.State == UploadState.Checking))
            .ExecuteUpdateAsync(set => set
                .SetProperty(upload => upload.State, UploadState.Rejected)
                .SetProperty(upload => upload.Reason, ColumnLengths.Fit(reason.Trim(), ColumnLengths.Line))
                .SetProperty(upload => upload.ChangedAt, now), cancellationToken);
        if (changed != ids.Count || open.Count != ids.Count)
        {
            return "One of these is not whole yet, or somebody else has just decided about it. Nothing was rejected.";
        }

        if (await context.Uploads.AnyAsync(upload => upload.UnpackedFromId != null && EF.Parameter(ids).Contains(upload.UnpackedFromId.Value)
            && upload.State == UploadState.Quarantined, cancellationToken))
        {
            return "Files that came out of one of these still wait. Decide about them first, or reject them with it.";
        }

        context.AuditEntries.AddRange(open.Select(upload => audit.Entry(actor, AuditAction.UploadRejected, upload.Id.ToString(), $"{upload.RelativePath}: {reason.Trim()}")));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        foreach (var id in ids)
        {
            quarantine.Delete(id);
        }

        return null;
    }
}
