using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Workers.Sessions;

namespace Preserve.Web.Access;

/// <summary>
/// Decides about a running session: whether its exhibit, or the object that is run without one, is open, now, to whoever uses it. A session's key and tickets say which session it
/// is; they open nothing that the access rule closes.
/// </summary>
public sealed class SessionDoor(ViewerReader viewers, ObjectDoor objects, IDbContextFactory<CatalogContext> contexts)
{
    /// <summary>For a request that shows a session's key or ticket.</summary>
    /// <param name="session">Started neither from an exhibit nor of an object: there is no rule to ask.</param>
    /// <param name="role">What the token permits: a watcher stands for himself, anybody else for whoever started the session.</param>
    /// <param name="http">Where the request comes from.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<bool> IsOpenAsync(SessionView session, SessionRole role, HttpContext http, CancellationToken cancellationToken)
    {
        if (session.ExhibitSlug is null && session.Object is null)
        {
            return true;
        }

        var viewer = role != SessionRole.Watch && session.Starter?.Account is { } account
            ? await viewers.OfAccountAsync(account, http.Connection.RemoteIpAddress, cancellationToken)
            : await viewers.OfAsync(http, cancellationToken);
        return await IsOpenAsync(session.ExhibitSlug, session.Object, viewer, cancellationToken);
    }

    /// <summary>For a session that nobody asks about: whether whoever started it, where they started it, could still do so.</summary>
    /// <param name="slug">Exhibit that it was started from; null where <paramref name="use"/> says of which object it is.</param>
    /// <param name="use">The object that is run without an exhibit.</param>
    /// <param name="starter">Whoever started it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<bool> IsOpenToStarterAsync(string? slug, ObjectUse? use, SessionStarter starter, CancellationToken cancellationToken)
    {
        var viewer = starter.Account is { } account
            ? await viewers.OfAccountAsync(account, starter.Rooms, cancellationToken)
            : viewers.Anybody() with { Rooms = starter.Rooms };
        return await IsOpenAsync(slug, use, viewer, cancellationToken);
    }

    private async Task<bool> IsOpenAsync(string? slug, ObjectUse? use, Viewer viewer, CancellationToken cancellationToken)
    {
        if (use is not null)
        {
            return await objects.IsOpenAsync(use.ObjectId, use.EnvironmentId, viewer, cancellationToken);
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Exhibits.Where(AccessDecision.OpenTo(viewer)).AnyAsync(exhibit => exhibit.Slug == slug, cancellationToken);
    }
}
