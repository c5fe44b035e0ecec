using System.Data;
using Microsoft.EntityFrameworkCore;

namespace Preserve.Catalog.Sessions;

/// <summary>The rows of watch links. A link is live while neither it nor its session has ended.</summary>
public sealed class WatchLinkRegister(IDbContextFactory<CatalogContext> contexts, TimeProvider time)
{
    /// <summary>Most links of one session that are live at one time.</summary>
    public const int MostLinks = 10;

    /// <summary>Records a link, unless its session has ended or has enough of them.</summary>
    public async Task<WatchLinkOutcome> AddAsync(WatchLink link, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);

        // Holds the session's row, so that links are counted one after the other and never added to a session that is being ended.
        var held = await context.Sessions
            .Where(session => session.Id == link.SessionId && session.State != SessionState.Ended)
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.State, session => session.State), cancellationToken);
        if (held == 0)
        {
            return WatchLinkOutcome.SessionEnded;
        }

        var kinds = await context.WatchLinks
            .Where(other => other.SessionId == link.SessionId && other.EndedAt == null)
            .Select(other => other.Kind).ToListAsync(cancellationToken);
        if (link.Kind == WatchLinkKind.Tour && kinds.Contains(WatchLinkKind.Tour))
        {
            return WatchLinkOutcome.TourUnderWay;
        }

        if (kinds.Count >= MostLinks)
        {
            return WatchLinkOutcome.TooMany;
        }

        context.WatchLinks.Add(link);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return WatchLinkOutcome.Added;
    }

    /// <summary>Links of a session that have not been ended, oldest first; not tracked.</summary>
    public async Task<IReadOnlyList<WatchLink>> ListAsync(Guid sessionId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.WatchLinks.AsNoTracking()
            .Where(link => link.SessionId == sessionId && link.EndedAt == null)
            .OrderBy(link => link.CreatedAt).ThenBy(link => link.Id)
            .ToListAsync(cancellationToken);
    }

    /// <summary>A link, live or ended, with what its session says; null when there never was one.</summary>
    public async Task<FoundWatchLink?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.WatchLinks.AsNoTracking()
            .Where(link => link.Id == id)
            .Join(context.Sessions, link => link.SessionId, session => session.Id, (link, session) => new FoundWatchLink(link, session.ExhibitSlug, session.State))
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Ends one link of a session. False when that session has no such link, or it had been ended.</summary>
    public async Task<bool> EndAsync(Guid sessionId, Guid id, CancellationToken cancellationToken) =>
        await EndWhereAsync(sessionId, id, cancellationToken) == 1;

    /// <summary>Ends every link of a session. Returns how many were live.</summary>
    public Task<int> EndAllAsync(Guid sessionId, CancellationToken cancellationToken) => EndWhereAsync(sessionId, null, cancellationToken);

    private async Task<int> EndWhereAsync(Guid sessionId, Guid? id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.WatchLinks
            .Where(link => link.SessionId == sessionId && link.EndedAt == null && (id == null || link.Id == id))
            .ExecuteUpdateAsync(set => set.SetProperty(link => link.EndedAt, now), cancellationToken);
    }
}

/// <summary>A link as it was found.</summary>
/// <param name="Link">The link.</param>
/// <param name="ExhibitSlug">Exhibit of its session; null when the session was not started from one.</param>
/// <param name="SessionState">Where its session stands.</param>
public sealed record FoundWatchLink(WatchLink Link, string? ExhibitSlug, SessionState SessionState)
{
    public bool IsLive => Link.EndedAt is null && SessionState != SessionState.Ended;
}

/// <summary>Whether a link was recorded.</summary>
public enum WatchLinkOutcome
{
    Added,

    /// <summary>There is nothing to watch any more.</summary>
    SessionEnded,

    /// <summary>The session has <see cref="WatchLinkRegister.MostLinks"/> live links.</summary>
    TooMany,

    /// <summary>The session has a tour already.</summary>
    TourUnderWay,
}
