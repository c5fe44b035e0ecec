using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Catalog.Sessions;
using Preserve.Workers.Background;
using Preserve.Workers.Hosting;
using Preserve.Workers.Sessions;
using Preserve.Workers.Watching;

namespace Preserve.Web.Access;

/// <summary>
/// Ends the sessions of this worker whose exhibit, or object, is not open any more to whoever started them: the rule was changed, an account closed, a
/// group left, the exhibit taken down. Rows say so, whoever changed them.
/// </summary>
public sealed class AccessWatch(
    IDbContextFactory<CatalogContext> contexts, SessionDoor door, ISessionService sessions, WatchLinks links, WorkerOptions worker, ILogger<AccessWatch> logger)
{
    /// <summary>Looks at every session that runs here. Returns when those to be ended have ended.</summary>
    /// <returns>How many were ended.</returns>
    public async Task<int> LookAsync(CancellationToken cancellationToken)
    {
        var ended = 0;
        foreach (var session in await RunningAsync(cancellationToken))
        {
            var use = session.ObjectId is { } objectId ? new ObjectUse(objectId, session.Machines[0].EnvironmentId, null) : null;
            if (await door.IsOpenToStarterAsync(session.ExhibitSlug, use, new SessionStarter(session.StartedBy, [.. session.StartedIn]), cancellationToken))
            {
                continue;
            }

            logger.LogInformation("Session {Session} is ended: {Shown} is not open any more to whoever started it", session.Id, session.ExhibitSlug ?? session.ObjectId);
            await links.EndAllAsync(session.Id, cancellationToken);
            await sessions.EndAsync(session.Id, SessionEndReason.Closed, cancellationToken);
            ended++;
        }

        return ended;
    }

    /// <summary>After a rule was changed: who came by a link is sent away, since nobody knows who they are; who may can be given a new one.</summary>
    public async Task RuleChangedAsync(string slug, CancellationToken cancellationToken)
    {
        foreach (var session in (await RunningAsync(cancellationToken)).Where(session => session.ExhibitSlug == slug))
        {
            await links.EndAllAsync(session.Id, cancellationToken);
        }

        await LookAsync(cancellationToken);
    }

    private async Task<List<SessionRecord>> RunningAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Sessions.AsNoTracking().Include(session => session.Machines.OrderBy(machine => machine.Channel))
            .Where(session => session.Worker == worker.Name && session.State != SessionState.Ended && (session.ExhibitSlug != null || session.ObjectId != null))
            .ToListAsync(cancellationToken);
    }
}

/// <summary>Looks every ten seconds.</summary>
public sealed class AccessWatchTimer(AccessWatch watch, TimeProvider time, ILogger<AccessWatchTimer> logger)
    : LookingService(LookInterval, "Running sessions could not be held against the access rules", time, logger)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(10);

    protected override bool LooksAtOnce => false;

    protected override Task LookAsync(CancellationToken cancellationToken) => watch.LookAsync(cancellationToken);
}
