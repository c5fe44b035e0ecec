using Preserve.Catalog.Sessions;
using Preserve.Workers.Sessions;

namespace Preserve.Web.Api;

/// <summary>A session that has just been admitted.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Hub">Where its screen is streamed: a path on this host, or an absolute address.</param>
/// <param name="Key">Permits everything and buys tickets. Said once, stored nowhere.</param>
/// <param name="Ticket">Good for one connection within a minute.</param>
public sealed record NewSession(Guid Id, SessionState State, string Hub, string Key, string Ticket)
{
    public static NewSession Of(StartedSession started) =>
        new(started.View.Id, started.View.State, started.Ticket.Hub, started.Key, started.Ticket.Token);
}

/// <summary>A fresh ticket.</summary>
/// <param name="Hub">Where to connect.</param>
/// <param name="Ticket">Good for one connection within a minute.</param>
public sealed record NewTicket(string Hub, string Ticket);

/// <summary>A session as it stands.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Reason">Why it ended, or null.</param>
/// <param name="Message">Words for the visitor, perhaps empty.</param>
/// <param name="Exhibit">Slug of the exhibit it was started from, or null.</param>
/// <param name="StartedAt">When its machines ran, or null.</param>
/// <param name="Worker">Name of the worker that runs it.</param>
public sealed record SessionStatus(
    Guid Id, SessionState State, SessionEndReason? Reason, string Message, string? Exhibit, DateTimeOffset? StartedAt, string Worker)
{
    public static SessionStatus Of(SessionView view) =>
        new(view.Id, view.State, view.Reason, view.Message, view.ExhibitSlug, view.StartedAt, view.Worker);
}
