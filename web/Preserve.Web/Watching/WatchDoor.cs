using Preserve.Catalog.Sessions;
using Preserve.Web.Access;
using Preserve.Web.Exhibits;
using Preserve.Workers.Watching;

namespace Preserve.Web.Watching;

/// <summary>Decides about a watch link, anew every time: there is one, nobody has ended it, its session runs, and its exhibit is open.</summary>
public sealed class WatchDoor(WatchLinks links, ExhibitReader exhibits)
{
    /// <param name="id">Of the link.</param>
    /// <param name="secret">What whoever comes shows; null to only look whether there is something to see, which lets nobody in.</param>
    /// <param name="viewer">Who comes: an exhibit that is not open to them is not there, link or no link.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<WatchAnswer> AskAsync(Guid id, string? secret, Viewer viewer, CancellationToken cancellationToken)
    {
        // A wrong secret is told like a link that never was.
        if (await links.FindAsync(id, cancellationToken) is not { } found || (secret is not null && !WatchLinks.Holds(found, secret)))
        {
            return new WatchAnswer(WatchDecision.NoSuchLink, null, null);
        }

        if (found.SessionState == SessionState.Ended)
        {
            return new WatchAnswer(WatchDecision.SessionEnded, found, null);
        }

        if (found.Link.EndedAt is not null)
        {
            return new WatchAnswer(WatchDecision.LinkEnded, found, null);
        }

        var exhibit = found.ExhibitSlug is { } slug ? await exhibits.FindAsync(slug, viewer, cancellationToken) : null;
        return exhibit is null ? new WatchAnswer(WatchDecision.NotOpen, found, null) : new WatchAnswer(WatchDecision.Open, found, exhibit);
    }
}

/// <summary>The decision about a link.</summary>
/// <param name="Decision">What it is.</param>
/// <param name="Found">The link; null when there never was one.</param>
/// <param name="Exhibit">What it shows; null unless it is open.</param>
public sealed record WatchAnswer(WatchDecision Decision, FoundWatchLink? Found, ExhibitView? Exhibit);

/// <summary>Whether a link leads anywhere.</summary>
public enum WatchDecision
{
    Open,

    /// <summary>There never was such a link, or the secret is not its.</summary>
    NoSuchLink,

    /// <summary>Whoever made it has ended it.</summary>
    LinkEnded,

    /// <summary>What it showed is over.</summary>
    SessionEnded,

    /// <summary>The exhibit is not open any more, or never was one.</summary>
    NotOpen,
}
