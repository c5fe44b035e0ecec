using Preserve.Catalog.Audit;
using Preserve.Catalog.Sessions;
using Preserve.Catalog.Withdrawals;
using Preserve.Workers.Sessions;
using Preserve.Workers.Watching;

namespace Preserve.Web.Access;

/// <summary>Withdraws an object where it may be in use: afterwards no session shows it and no watch link leads to it.</summary>
public sealed class Withdrawing(Withdrawals withdrawals, ISessionService sessions, WatchLinks links, ILogger<Withdrawing> logger)
{
    /// <summary>Returns when the sessions that used it have ended.</summary>
    /// <returns>Why not; empty when it is done.</returns>
    public async Task<IReadOnlyList<string>> WithdrawAsync(Actor actor, string objectId, string reason, CancellationToken cancellationToken)
    {
        var result = await withdrawals.WithdrawAsync(actor, objectId, reason, cancellationToken);

        // Not to be cancelled: it is withdrawn, whoever still waits for the answer.
        await Task.WhenAll(result.Sessions.Select(EndAsync));
        return result.Problems;
    }

    private async Task EndAsync(Guid session)
    {
        logger.LogInformation("Session {Session} is ended: what it shows was withdrawn", session);
        await links.EndAllAsync(session, CancellationToken.None);
        await sessions.EndAsync(session, SessionEndReason.Closed, CancellationToken.None);
    }
}
