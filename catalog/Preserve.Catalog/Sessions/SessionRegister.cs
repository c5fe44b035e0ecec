using System.Data;
using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Database;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Licences;

namespace Preserve.Catalog.Sessions;

/// <summary>
/// The rows of sessions and the seats they hold. A state only moves forward, and Ended is for ever: each change is one conditional
/// UPDATE, so a late message of a worker never brings a session back.
/// </summary>
public sealed class SessionRegister(IDbContextFactory<CatalogContext> contexts, TimeProvider time)
{
    /// <summary>Records a new session and takes its seats (one of every licensed object in its machines' ancestry), or does neither.</summary>
    /// <param name="session">With its machines; their environments decide which seats are needed.</param>
    /// <param name="cancellationToken">Leaves no row and no seat.</param>
    public async Task<Admission> AdmitAsync(SessionRecord session, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        context.Sessions.Add(session);
        var environments = session.Machines.Select(machine => machine.EnvironmentId).ToList();
        var objects = (await context.ObjectsInAsync(environments, cancellationToken)).ToHashSet();
        if (session.ObjectId is { } attached)
        {
            objects.Add(attached);
        }

        if (await context.FindWithdrawnAsync(objects, cancellationToken) is { } withdrawn)
        {
            return new Admission(false, null, withdrawn);
        }

        var full = await context.TakeSeatsAsync(session.Id, objects, cancellationToken);
        if (full is not null)
        {
            return new Admission(false, full);
        }

        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Admission(true, null);
    }

    /// <summary>The record with its machines, not tracked; null for an unknown session.</summary>
    public async Task<SessionRecord?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Sessions.AsNoTracking()
            .Include(session => session.Machines.OrderBy(machine => machine.Channel))
            .SingleOrDefaultAsync(session => session.Id == id, cancellationToken);
    }

    /// <summary>Its machines are being started. False when it was not queued any more.</summary>
    public async Task<bool> StartingAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Sessions
            .Where(session => session.Id == id && session.State == SessionState.Queued)
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.State, SessionState.Starting), cancellationToken) == 1;
    }

    /// <summary>Its machines run. False when it had ended, or was running already.</summary>
    public async Task<bool> RunningAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Sessions
            .Where(session => session.Id == id && (session.State == SessionState.Queued || session.State == SessionState.Starting))
            .ExecuteUpdateAsync(
                set => set.SetProperty(session => session.State, SessionState.Running).SetProperty(session => session.StartedAt, now),
                cancellationToken) == 1;
    }

    /// <summary>Records the end and gives the seats back. False when it had ended before: the first reason stays.</summary>
    public async Task<bool> EndAsync(Guid id, SessionEndReason reason, string message, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await EndWhereAsync(context, context.Sessions.Where(session => session.Id == id), reason, message, cancellationToken) == 1;
    }

    /// <summary>At a worker's start: what its last life did not end has ended with it, and its seats are free. Returns how many.</summary>
    public async Task<int> EndOrphanedSessionsAsync(string worker, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await EndWhereAsync(
            context,
            context.Sessions.Where(session => session.Worker == worker),
            SessionEndReason.ServiceStopped,
            "The service was stopped or restarted.",
            cancellationToken);
    }

    private async Task<int> EndWhereAsync(
        CatalogContext context,
        IQueryable<SessionRecord> sessions,
        SessionEndReason reason,
        string message,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var words = ColumnLengths.Fit(message, ColumnLengths.Text);
        var nowhere = new List<string>();
        await using var transaction = await context.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        var ended = await sessions.Where(session => session.State != SessionState.Ended).ExecuteUpdateAsync(
            set => set
                .SetProperty(session => session.State, SessionState.Ended)
                .SetProperty(session => session.Reason, reason)
                .SetProperty(session => session.Message, words)
                .SetProperty(session => session.EndedAt, now)
                .SetProperty(session => session.StartedBy, (Guid?)null)
                .SetProperty(session => session.StartedIn, nowhere),
            cancellationToken);
        await context.Seats.Where(seat => sessions.Any(session => session.Id == seat.SessionId && session.State == SessionState.Ended))
            .ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return ended;
    }
}

/// <summary>Whether a session was recorded.</summary>
/// <param name="IsAdmitted">False when a licence has no seat left, or something was withdrawn.</param>
/// <param name="FullLicence">Title of that licence; null when admitted.</param>
/// <param name="Withdrawn">Title of an object that is not to be used any more; null when admitted.</param>
public sealed record Admission(bool IsAdmitted, string? FullLicence, string? Withdrawn = null);
