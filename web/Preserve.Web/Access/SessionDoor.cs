using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Workers.Sessions;

namespace Preserve.Web.Access;

/// <summary>
/// Decides about a running session: whether its exhibit is open, now, to whoever uses it. A session's key and tickets say which session it
/// is; they open nothing that the access rule closes.
/// </summary>
public sealed class SessionDoor(ViewerReader viewers, IDbContextFactory<CatalogContext> contexts)
{
    /// <summary>For a request that shows a session's key or ticket.</summary>
    /// <param name="session">Not started from an exhibit: there is no rule to ask.</param>
    /// <param name="role">What the token permits: a watcher stands for himself, anybody else for whoever started the session.</param>
    /// <param name="http">Where the request comes from.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<bool> IsOpenAsync(SessionView session, SessionRole role, HttpContext http, CancellationToken cancellationToken)
    {
        if (session.ExhibitSlug is not { } slug)
        {
            return true;
        }

        var viewer = role != SessionRole.Watch && session.Starter?.Account is { } account
            ? await viewers.OfAccountAsync(account, http.Connection.RemoteIpAddress, cancellationToken)
            : await viewers.OfAsync(http, cancellationToken);
        return await IsOpenAsync(slug, viewer, cancellationToken);
    }

    /// <summary>For a session that nobody asks about: whether whoever started it, where they started it, could still do so.</summary>
    public async Task<bool> IsOpenToStarterAsync(string slug, SessionStarter starter, CancellationToken cancellationToken)
    {
        var viewer = starter.Account is { } account
            ? await viewers.OfAccountAsync(account, starter.Rooms, cancellationToken)
            : viewers.Anybody() with { Rooms = starter.Rooms };
        return await IsOpenAsync(slug, viewer, cancellationToken);
    }

    private async Task<bool> IsOpenAsync(string slug, Viewer viewer, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Exhibits.Where(AccessDecision.OpenTo(viewer)).AnyAsync(exhibit => exhibit.Slug == slug, cancellationToken);
    }
}
