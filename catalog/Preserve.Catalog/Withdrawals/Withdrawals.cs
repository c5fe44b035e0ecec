using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Database;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Events;
using Preserve.Catalog.Objects;
using Preserve.Catalog.Sessions;
using Preserve.Catalog.Storage;

namespace Preserve.Catalog.Withdrawals;

/// <summary>
/// Takes an object out of use, and back. Its bytes stay. Everything that contains it is closed with it: environments made of it, exhibits of
/// these, their posters. Each act is one transaction with its preservation event and its entry in the audit trail.
/// </summary>
public sealed class Withdrawals(IDbContextFactory<CatalogContext> contexts, FileContentStore derived, AuditTrail audit, TimeProvider time)
{
    /// <summary>Withdraws an object. Ending the sessions that use it is for whoever calls: see <see cref="WithdrawalResult.Sessions"/>.</summary>
    /// <param name="actor">Who does it.</param>
    /// <param name="objectId">The object.</param>
    /// <param name="reason">Shown on its tombstone.</param>
    /// <param name="cancellationToken">Leaves everything as it was.</param>
    public async Task<WithdrawalResult> WithdrawAsync(Actor actor, string objectId, string reason, CancellationToken cancellationToken)
    {
        if (WithdrawalWords.Problem(reason) is { } problem)
        {
            return WithdrawalResult.Refused(problem);
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await context.Objects.SingleOrDefaultAsync(one => one.Id == objectId, cancellationToken) is not { } row)
        {
            return WithdrawalResult.Refused("There is no such object.");
        }

        if (row.WithdrawnAt is not null)
        {
            return WithdrawalResult.Refused("The object has been withdrawn already.");
        }

        (row.WithdrawnAt, row.WithdrawalReason) = (Now, reason.Trim());
        Record(context, actor, row, AuditAction.ObjectWithdrawn, "deaccession", $"withdrawn from use: {row.WithdrawalReason}");
        var environments = await context.EnvironmentsWithAsync(objectId, cancellationToken);
        var posters = await CloseAsync(context, objectId, environments, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        var sessions = await context.Sessions
            .Where(session => session.State != SessionState.Ended
                && (session.ObjectId == objectId || session.Machines.Any(machine => environments.Contains(machine.EnvironmentId))))
            .Select(session => session.Id).ToListAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await DropAsync(context, posters, cancellationToken);
        return new WithdrawalResult([], sessions);
    }

    /// <summary>Opens an object again whose bytes are still there. Its exhibits are as they were; posters are made anew.</summary>
    public async Task<WithdrawalResult> ReinstateAsync(Actor actor, string objectId, string reason, CancellationToken cancellationToken)
    {
        if (WithdrawalWords.Problem(reason) is { } problem)
        {
            return WithdrawalResult.Refused(problem);
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var row = await context.Objects.SingleOrDefaultAsync(one => one.Id == objectId && one.WithdrawnAt != null, cancellationToken);
        if (row is null || row.PurgedAt is not null)
        {
            return WithdrawalResult.Refused(row is null ? "There is no such object that has been withdrawn." : "The bytes of the object have been purged: there is nothing to open.");
        }

        (row.WithdrawnAt, row.WithdrawalReason) = (null, "");
        Record(context, actor, row, AuditAction.ObjectReinstated, "accession", $"in use again: {reason.Trim()}");
        await context.PurgeRequests.Where(request => request.ObjectId == objectId).ExecuteDeleteAsync(cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await context.Environments.Where(one => one.WithdrawnWith == objectId).ExecuteUpdateAsync(
            set => set.SetProperty(one => one.WithdrawnWith, (string?)null).SetProperty(one => one.PosterState, PosterState.Due).SetProperty(one => one.PosterAttempts, 0),
            cancellationToken);
        await CloseWhatIsWithdrawnAsync(context, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new WithdrawalResult([], []);
    }

    /// <summary>Closes every environment that contains a withdrawn object: after a rebuild, and where one of several was opened again.</summary>
    internal static async Task CloseWhatIsWithdrawnAsync(CatalogContext context, CancellationToken cancellationToken)
    {
        foreach (var id in await context.Objects.Where(one => one.WithdrawnAt != null).OrderBy(one => one.WithdrawnAt).Select(one => one.Id).ToListAsync(cancellationToken))
        {
            await CloseAsync(context, id, await context.EnvironmentsWithAsync(id, cancellationToken), cancellationToken);
        }
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static async Task<List<string>> CloseAsync(
        CatalogContext context, string objectId, IReadOnlyCollection<string> environments, CancellationToken cancellationToken)
    {
        var closed = context.Environments.Where(one => environments.Contains(one.Id) && one.WithdrawnWith == null);
        var posters = await closed.Where(one => one.PosterSha256 != null).Select(one => one.PosterSha256!).Distinct().ToListAsync(cancellationToken);
        await closed.ExecuteUpdateAsync(set => set
            .SetProperty(one => one.WithdrawnWith, objectId)
            .SetProperty(one => one.PosterState, PosterState.Failed)
            .SetProperty(one => one.PosterProblem, "Withdrawn.")
            .SetProperty(one => one.PosterWorker, (string?)null)
            .SetProperty(one => one.PosterClaimedAt, (long?)null)
            .SetProperty(one => one.PosterSha256, (string?)null), cancellationToken);
        return posters;
    }

    // After the commit: a picture too many does no harm, one too few would be a hole in the gallery.
    private async Task DropAsync(CatalogContext context, List<string> posters, CancellationToken cancellationToken)
    {
        foreach (var sha256 in posters)
        {
            if (!await context.Environments.AnyAsync(one => one.PosterSha256 == sha256, cancellationToken))
            {
                derived.Remove(sha256);
            }
        }
    }

    private void Record(CatalogContext context, Actor actor, PreservedObject row, AuditAction action, string eventType, string detail)
    {
        context.AuditEntries.Add(audit.Entry(actor, action, row.Id, detail));
        context.Events.Add(new PreservationEvent
        {
            Type = eventType, ObjectId = row.Id, OccurredAt = Now, Agent = ColumnLengths.Fit(actor.Shown, ColumnLengths.Title), Outcome = "success", Detail = detail,
        });
    }
}

/// <summary>What became of an act.</summary>
/// <param name="Problems">Why it was not done; empty when it was.</param>
/// <param name="Sessions">Sessions that use the object and are to be ended.</param>
public sealed record WithdrawalResult(IReadOnlyList<string> Problems, IReadOnlyList<Guid> Sessions)
{
    public static WithdrawalResult Refused(string why) => new([why], []);
}
