using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Database;
using Preserve.Catalog.Import;

namespace Preserve.Catalog.Ingest.Viruses;

/// <summary>Has uploads in quarantine scanned, where a scanner is configured. Which are due is said by rows; scanning twice does no harm.</summary>
public sealed class UploadScans(IDbContextFactory<CatalogContext> contexts, QuarantineFolder quarantine, Clamd clamd, AuditTrail audit, TimeProvider time)
{
    /// <summary>Scans what is due, oldest first; stops at the first that the scanner is away for.</summary>
    public async Task ScanDueAsync(CancellationToken cancellationToken)
    {
        while (clamd.IsConfigured && await FindDueAsync(cancellationToken) is { } due)
        {
            if ((await ScanAsync(due, cancellationToken)).State == ScanState.NotScanned)
            {
                return;
            }
        }
    }

    /// <summary>Scans one upload now, unless a verdict is known or no scanner is configured, and writes what was found into it and its row.</summary>
    /// <param name="upload">A whole one; need not be tracked.</param>
    /// <param name="cancellationToken">Leaves it as it was.</param>
    public async Task EnsureAsync(Upload upload, CancellationToken cancellationToken)
    {
        if (clamd.IsConfigured && upload.ScanState is ScanState.None or ScanState.NotScanned)
        {
            var verdict = await ScanAsync(upload, cancellationToken);
            (upload.ScanState, upload.ScanDetail) = (verdict.State, verdict.Words);
        }
    }

    /// <summary>Scans whole uploads that have no verdict yet, and tells those that are infected and that nobody let in.</summary>
    internal async Task RefuseInfectedAsync(IEnumerable<Upload> uploads, ProblemList problems, CancellationToken cancellationToken)
    {
        foreach (var upload in uploads)
        {
            await EnsureAsync(upload, cancellationToken);
            if (upload is { ScanState: ScanState.Infected, ScanOverride: "" })
            {
                problems.Add(ManifestEntry.Shorten(upload.RelativePath), $"is infected, as clamd says: {upload.ScanDetail}. Reject it, or have an administrator let it in with a reason");
            }
        }
    }

    /// <summary>An administrator lets an infected upload be accepted.</summary>
    /// <param name="id">The upload.</param>
    /// <param name="reason">1 to 2000 characters; recorded.</param>
    /// <param name="actor">An administrator.</param>
    /// <param name="cancellationToken">Leaves it as it was.</param>
    /// <returns>Why not, in words; null when it is done.</returns>
    public async Task<string?> OverrideAsync(Guid id, string reason, Actor actor, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > ColumnLengths.Line)
        {
            return $"Say why, in 1 to {ColumnLengths.Line} characters: it is recorded with the object.";
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var words = $"{actor.Shown}: {reason.Trim()}";
        if (await context.Uploads.Where(upload => upload.Id == id && upload.State == UploadState.Quarantined && upload.ScanState == ScanState.Infected)
            .ExecuteUpdateAsync(set => set.SetProperty(upload => upload.ScanOverride, ColumnLengths.Fit(words, ColumnLengths.Line)), cancellationToken) == 0)
        {
            return "There is no such upload in quarantine that is infected.";
        }

        context.AuditEntries.Add(audit.Entry(actor, AuditAction.InfectionOverridden, id.ToString(), reason.Trim()));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    private async Task<Upload?> FindDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Uploads.AsNoTracking()
            .Where(upload => upload.State == UploadState.Quarantined
                && (upload.ScanState == ScanState.None || (upload.ScanState == ScanState.NotScanned && upload.ScanDueAt <= now)))
            .OrderBy(upload => upload.ChangedAt).FirstOrDefaultAsync(cancellationToken);
    }

    private async Task<ScanVerdict> ScanAsync(Upload upload, CancellationToken cancellationToken)
    {
        ScanVerdict verdict;
        try
        {
            await using var file = quarantine.OpenForReading(upload.Id);
            verdict = await clamd.ScanAsync(file, cancellationToken);
        }
        catch (FileNotFoundException)
        {
            verdict = new ScanVerdict(ScanState.NotScanned, "its bytes are not in quarantine any more", TimeSpan.FromHours(12));
        }

        var due = (time.GetUtcNow() + verdict.Retry).ToUnixTimeMilliseconds();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Uploads.Where(row => row.Id == upload.Id).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.ScanState, verdict.State)
            .SetProperty(row => row.ScanDetail, ColumnLengths.Fit(verdict.Words, ColumnLengths.Line))
            .SetProperty(row => row.ScanDueAt, due), cancellationToken);
        return verdict;
    }
}
