using Microsoft.Extensions.Logging;
using Preserve.Catalog.Accounts;
using Preserve.Catalog.Sessions;
using Preserve.Workers.Hosting;
using Preserve.Workers.Sessions;

namespace Preserve.Workers.Watching;

/// <summary>
/// Links to running sessions: makes them, ends them and whoever came by them, and sells their holders tickets to watch. Whether the exhibit may be
/// seen at all is for the caller to decide, every time. Safe for concurrent callers.
/// </summary>
public sealed class WatchLinks
{
    private readonly WatchLinkRegister _register;
    private readonly SessionHost _host;
    private readonly TicketSigner _signer;
    private readonly WorkerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    internal WatchLinks(
        WatchLinkRegister register, SessionHost host, TicketSigner signer, WorkerOptions options, TimeProvider time, ILogger<WatchLinks> logger) =>
        (_register, _host, _signer, _options, _time, _logger) = (register, host, signer, options, time, logger);

    /// <summary>Makes a link. Its secret is said once and stored nowhere.</summary>
    public async Task<MadeWatchLink> MakeAsync(Guid sessionId, WatchLinkKind kind, CancellationToken cancellationToken)
    {
        var secret = Secret.Create();
        var link = new WatchLink
        {
            Id = Guid.NewGuid(),
            SessionId = sessionId,
            Kind = kind,
            SecretSha256 = Secret.Digest(secret),
            CreatedAt = _time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        var outcome = await _register.AddAsync(link, cancellationToken);
        if (outcome != WatchLinkOutcome.Added)
        {
            return new MadeWatchLink(outcome, null, "");
        }

        _logger.LogInformation("Session {Session}: link {Link} to {Kind} was made", sessionId, link.Id, kind);
        if (kind == WatchLinkKind.Tour)
        {
            SetTour(sessionId, isTour: true);
        }

        return new MadeWatchLink(outcome, View(link), secret);
    }

    /// <summary>Links of a session that have not been ended, oldest first.</summary>
    public async Task<IReadOnlyList<WatchLinkView>> ListAsync(Guid sessionId, CancellationToken cancellationToken) =>
        [.. (await _register.ListAsync(sessionId, cancellationToken)).Select(View)];

    /// <summary>A link, live or ended; null when there never was one.</summary>
    public Task<FoundWatchLink?> FindAsync(Guid id, CancellationToken cancellationToken) => _register.FindAsync(id, cancellationToken);

    /// <summary>Whether a secret is this link's. Takes the same time for every secret of a length.</summary>
    public static bool Holds(FoundWatchLink found, string secret) => Secret.Matches(secret, found.Link.SecretSha256);

    /// <summary>A ticket of one minute to watch; null while as many watch as may.</summary>
    public SessionTicket? IssueTicket(FoundWatchLink found)
    {
        var watchers = _host.Find(found.Link.SessionId)?.Audience.Watchers.Count ?? 0;
        return watchers >= _options.MaximumWatchers
            ? null
            : new SessionTicket(
                _signer.Issue(new Ticket(found.Link.SessionId, SessionRole.Watch, _options.Name, found.Link.Id)), SessionService.HubPath);
    }

    /// <summary>Ends a link and closes the connections of everybody who came by it. False when the session has no such live link.</summary>
    public async Task<bool> EndAsync(Guid sessionId, Guid id, CancellationToken cancellationToken)
    {
        var found = await _register.FindAsync(id, cancellationToken);
        if (!await _register.EndAsync(sessionId, id, cancellationToken))
        {
            return false;
        }

        await SendAwayAsync(sessionId, found!.Link);
        return true;
    }

    /// <summary>Ends every link of a session.</summary>
    public async Task EndAllAsync(Guid sessionId, CancellationToken cancellationToken)
    {
        var links = await _register.ListAsync(sessionId, cancellationToken);
        await _register.EndAllAsync(sessionId, cancellationToken);
        foreach (var link in links)
        {
            await SendAwayAsync(sessionId, link);
        }
    }

    private async Task SendAwayAsync(Guid sessionId, WatchLink link)
    {
        _logger.LogInformation("Session {Session}: link {Link} was ended", sessionId, link.Id);
        if (link.Kind == WatchLinkKind.Tour)
        {
            SetTour(sessionId, isTour: false);
        }

        if (_host.Find(sessionId) is not { } session)
        {
            return;
        }

        if (session.Audience.Guest?.Link == link.Id)
        {
            await Handover.HandAsync(session, null);
        }

        var why = link.Kind == WatchLinkKind.Tour ? Dismissal.TourEnded : Dismissal.LinkEnded;
        await Task.WhenAll(session.Audience.Watchers.Where(watcher => watcher.Link == link.Id).Select(watcher => watcher.DismissAsync(why)));
    }

    private void SetTour(Guid sessionId, bool isTour)
    {
        if (_host.Find(sessionId)?.Audience is { } audience)
        {
            audience.SetTour(isTour);
            audience.StateChanged();
        }
    }

    private WatchLinkView View(WatchLink link) => new(
        link.Id,
        link.Kind,
        DateTimeOffset.FromUnixTimeMilliseconds(link.CreatedAt),
        _host.Find(link.SessionId)?.Audience.Watchers.Count(watcher => watcher.Link == link.Id) ?? 0);
}

/// <summary>A live link.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What it invites to.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Watchers">How many watch by it now.</param>
public sealed record WatchLinkView(Guid Id, WatchLinkKind Kind, DateTimeOffset CreatedAt, int Watchers);

/// <summary>The answer to the wish for a link.</summary>
/// <param name="Outcome">Whether there is one.</param>
/// <param name="Link">The link; null when there is none.</param>
/// <param name="Secret">What its holders show; empty when there is none.</param>
public sealed record MadeWatchLink(WatchLinkOutcome Outcome, WatchLinkView? Link, string Secret);
