using Preserve.Catalog.Sessions;
using Preserve.Emulation.Machines;
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

/// <summary>The characters on a screen.</summary>
/// <param name="Rows">Rows of the screen.</param>
/// <param name="Columns">Columns of the screen.</param>
/// <param name="Lines">Each row from the top, in Unicode, as long as the screen is wide.</param>
/// <param name="Cursor">Where the cursor is, or null where that is not known: it may be off, or blink.</param>
/// <param name="CodePage">Character set of the machine, such as cp437.</param>
public sealed record ScreenCharacters(int Rows, int Columns, IReadOnlyList<string> Lines, TextCursor? Cursor, string CodePage)
{
    public static ScreenCharacters Of(TextScreen screen, string codePage) => new(
        screen.Rows, screen.Columns, screen.Lines,
        screen is { CursorRow: { } row, CursorColumn: { } column } ? new TextCursor(row, column) : null, codePage);
}

/// <summary>Where a text cursor is.</summary>
/// <param name="Row">From 0, the top.</param>
/// <param name="Column">From 0, the left.</param>
public sealed record TextCursor(int Row, int Column);

/// <summary>A text to type.</summary>
/// <param name="Text">At most 10,000 characters. Each line end is the Enter key.</param>
/// <param name="Layout">Keyboard that the software takes for granted: us, de or fr; null for the machine's own.</param>
/// <param name="ByNumber">Type what the keyboard lacks as numbers on the number pad, with Alt held.</param>
/// <param name="SkipUnknown">Type the rest when some characters cannot be typed; otherwise nothing is typed then.</param>
public sealed record TextToType(string? Text, string? Layout = null, bool ByNumber = false, bool SkipUnknown = false);

/// <summary>What was typed.</summary>
/// <param name="Typed">Number of characters.</param>
/// <param name="Unknown">Characters that were left out or that the machine did not take, each once.</param>
public sealed record TypedText(int Typed, IReadOnlyList<string> Unknown);
