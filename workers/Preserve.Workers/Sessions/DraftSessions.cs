using Preserve.Catalog.Audit;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Sessions;

namespace Preserve.Workers.Sessions;

/// <summary>A curator's session at a draft, or why there is none.</summary>
/// <param name="Start">The session's answer; null when there is nothing to start.</param>
/// <param name="Draft">Where what is written will be kept.</param>
public sealed record DraftStart(SessionStart? Start, Guid Draft);

/// <summary>Starts the sessions in which curators work at environments: what the guest writes is kept as a draft when the machine has ended.</summary>
public sealed class DraftSessions(ISessionService sessions, EnvironmentDrafts drafts)
{
    /// <summary>Longest time at one go: installing takes long.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(8);

    /// <summary>Begins anew, on the environment as it is. A null start: there is no such environment.</summary>
    public async Task<DraftStart> BeginAsync(string environmentId, Actor actor, CancellationToken cancellationToken) =>
        await drafts.BeginAsync(environmentId, actor, cancellationToken) is { } draft
            ? await StartAsync(environmentId, draft, isNew: true, cancellationToken)
            : new DraftStart(null, Guid.Empty);

    /// <summary>Goes on with what was kept. A null start: nothing is kept by this id.</summary>
    public async Task<DraftStart> ContinueAsync(Guid draft, CancellationToken cancellationToken) =>
        await drafts.ContinueAsync(draft, cancellationToken) is { } environmentId
            ? await StartAsync(environmentId, draft, isNew: false, cancellationToken)
            : new DraftStart(null, draft);

    // From here on the draft says that it runs: whatever happens, it must not go on saying so.
    private async Task<DraftStart> StartAsync(string environmentId, Guid draft, bool isNew, CancellationToken cancellationToken)
    {
        SessionStart? start = null;
        try
        {
            start = await sessions.StartAsync(
                new SessionRequest([environmentId], SessionPurpose.Curate, null, null, Longest, Draft: draft), cancellationToken);
            return new DraftStart(start, draft);
        }
        finally
        {
            if (start?.Session is null)
            {
                await drafts.LostAsync(draft, start?.Message ?? "The session could not be started.", CancellationToken.None);
                if (isNew)
                {
                    await drafts.DiscardAsync(draft, CancellationToken.None);
                }
            }
        }
    }
}
