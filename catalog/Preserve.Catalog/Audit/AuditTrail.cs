using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Database;

namespace Preserve.Catalog.Audit;

/// <summary>Which entries to read. Everything that is null lets all through.</summary>
public sealed record AuditFilter
{
    public AuditAction? Action { get; init; }

    /// <summary>Part of the name at that time, of the subject, or of the detail; any case.</summary>
    public string Text { get; init; } = "";

    /// <summary>UTC milliseconds, inclusive.</summary>
    public long? From { get; init; }

    /// <summary>UTC milliseconds, exclusive.</summary>
    public long? Until { get; init; }
}

/// <summary>The record of privileged acts.</summary>
public sealed class AuditTrail(IDbContextFactory<CatalogContext> contexts, TimeProvider time)
{
    /// <summary>An entry to be saved together with what it tells of.</summary>
    public AuditEntry Entry(Actor actor, AuditAction action, string subject, string detail, AuditOutcome outcome = AuditOutcome.Done) => new()
    {
        OccurredAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
        ActorId = actor.AccountId,
        ActorName = ColumnLengths.Fit(actor.Name, ColumnLengths.Title),
        ActorShown = ColumnLengths.Fit(actor.Shown, ColumnLengths.Title),
        Action = action,
        Subject = ColumnLengths.Fit(subject, ColumnLengths.FileName),
        Outcome = outcome,
        Detail = ColumnLengths.Fit(detail, ColumnLengths.Line),
    };

    /// <summary>For acts that change no row of ours.</summary>
    public async Task RecordAsync(
        Actor actor, AuditAction action, string subject, string detail, AuditOutcome outcome, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.AuditEntries.Add(Entry(actor, action, subject, detail, outcome));
        await context.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Newest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="skip">From 0.</param>
    /// <param name="take">At least 1.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<(IReadOnlyList<AuditEntry> Entries, int Total)> ListAsync(
        AuditFilter filter, int skip, int take, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var matching = Matching(context, filter);
        var total = await matching.CountAsync(cancellationToken);
        return (await matching.OrderByDescending(entry => entry.Id).Skip(skip).Take(take).ToListAsync(cancellationToken), total);
    }

    /// <summary>Oldest first, as they come from the database; memory does not grow with their number.</summary>
    public async IAsyncEnumerable<AuditEntry> ReadAsync(
        AuditFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await foreach (var entry in Matching(context, filter).OrderBy(entry => entry.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return entry;
        }
    }

    private static IQueryable<AuditEntry> Matching(CatalogContext context, AuditFilter filter)
    {
        var entries = context.AuditEntries.AsNoTracking();
        entries = filter.Action is { } action ? entries.Where(entry => entry.Action == action) : entries;
        entries = filter.From is { } from ? entries.Where(entry => entry.OccurredAt >= from) : entries;
        entries = filter.Until is { } until ? entries.Where(entry => entry.OccurredAt < until) : entries;
        if (filter.Text.Trim() is not { Length: > 0 } text)
        {
            return entries;
        }

#pragma warning disable CA1304, CA1311, CA1862 // Translated to the engine's lower(), which has no culture.
        var lower = text.ToLowerInvariant();
        return entries.Where(entry =>
            entry.ActorName.ToLower().Contains(lower) || entry.Subject.ToLower().Contains(lower) || entry.Detail.ToLower().Contains(lower));
#pragma warning restore CA1304, CA1311, CA1862
    }
}
