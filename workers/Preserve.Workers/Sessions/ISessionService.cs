using Preserve.Catalog.Sessions;
using Preserve.Workers.Printing;
using Preserve.Workers.Text;
using Preserve.Workers.Typing;

namespace Preserve.Workers.Sessions;

/// <summary>Sessions as pages, API, tests and jobs see them. Behind it stand the grains. Safe for concurrent callers.</summary>
public interface ISessionService
{
    /// <summary>Asks for a session. Admission answers at once; the machines start afterwards.</summary>
    Task<SessionStart> StartAsync(SessionRequest request, CancellationToken cancellationToken);

    /// <summary>Null when there is no such session, live or recorded.</summary>
    Task<SessionView?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>What a bearer token (session key or ticket) permits for this session; null for nothing.</summary>
    Task<SessionRole?> AuthorizeAsync(Guid id, string bearer, CancellationToken cancellationToken);

    /// <summary>Whether this is the session's key itself: its holder owns the session, whoever controls it now.</summary>
    Task<bool> IsOwnerAsync(Guid id, string key, CancellationToken cancellationToken);

    /// <summary>A fresh ticket of one minute for whoever holds the key; null when the key is wrong or the session has ended.</summary>
    Task<SessionTicket?> IssueTicketAsync(Guid id, string key, CancellationToken cancellationToken);

    /// <summary>The screen now as PNG; null when the machine is not running or has no picture yet.</summary>
    Task<byte[]?> CaptureScreenAsync(Guid id, int machine, CancellationToken cancellationToken);

    /// <summary>The characters on the screen now, or why there are none.</summary>
    Task<ReadText> ReadTextAsync(Guid id, int machine, CancellationToken cancellationToken);

    /// <summary>What the machine has printed since it started, or why there is nothing. Gone when it ends.</summary>
    Task<PrinterOutput> ReadPrinterAsync(Guid id, int machine, CancellationToken cancellationToken);

    /// <summary>Types a text on the machine's keyboard and returns when it is typed, or why it was not. Cancelling stops it.</summary>
    Task<TypeResult> TypeAsync(Guid id, int machine, TypeRequest request, CancellationToken cancellationToken);

    /// <summary>Ends a session and returns when nothing of it is left. Ending one that has ended does nothing.</summary>
    Task EndAsync(Guid id, SessionEndReason reason, CancellationToken cancellationToken);

    /// <summary>How many sessions run here and how many may.</summary>
    Task<SessionCapacity> CapacityAsync(CancellationToken cancellationToken);
}

/// <summary>What to start. The exhibit API is one caller; tests, posters and the night watch are others.</summary>
/// <param name="EnvironmentIds">Machines to run together, in order; channel 0 first.</param>
/// <param name="Purpose">What for.</param>
/// <param name="ExhibitSlug">The exhibit it was started from, if any.</param>
/// <param name="EmulatorBuild">Null for the build in use.</param>
/// <param name="TimeLimit">Longest life.</param>
/// <param name="Starter">Whoever asks, as far as the exhibit's rule needs to know for as long as the session lives; null for anybody.</param>
/// <param name="Draft">The draft that keeps what the first machine's guest writes; null to forget it.</param>
/// <param name="Object">The object that is run without an exhibit; null for any other session.</param>
public sealed record SessionRequest(
    IReadOnlyList<string> EnvironmentIds,
    SessionPurpose Purpose,
    string? ExhibitSlug,
    string? EmulatorBuild,
    TimeSpan TimeLimit,
    SessionStarter? Starter = null,
    Guid? Draft = null,
    ObjectUse? Object = null);

/// <summary>Whoever started a session. Known only where the access rule of its exhibit asks, and only while the session lives.</summary>
/// <param name="Account">Their account; null for a visitor.</param>
/// <param name="Rooms">Ids of the reading rooms they were in.</param>
[GenerateSerializer]
[Immutable]
public sealed record SessionStarter(Guid? Account, string[] Rooms)
{
    public static readonly SessionStarter Anybody = new(null, []);
}

/// <summary>The answer to a request.</summary>
/// <param name="Outcome">Whether there is a session.</param>
/// <param name="Message">Why not, in words; empty when there is one.</param>
/// <param name="Session">The session, its key (said once, stored nowhere) and a first ticket.</param>
public sealed record SessionStart(SessionStartOutcome Outcome, string Message, StartedSession? Session);

/// <summary>A session that has just been admitted.</summary>
public sealed record StartedSession(SessionView View, string Key, SessionTicket Ticket);

/// <summary>Expected outcomes of a request.</summary>
public enum SessionStartOutcome
{
    Started,

    /// <summary>An environment does not exist or cannot be built.</summary>
    Invalid,

    /// <summary>The house is full.</summary>
    NoCapacity,

    /// <summary>Every seat of a licence is taken.</summary>
    NoSeat,

    /// <summary>The emulator or the sandbox is missing.</summary>
    Unavailable,
}

/// <summary>A session as it stands. <see cref="Starter"/> is null for anybody, <see cref="Object"/> unless an object is run without an exhibit.</summary>
public sealed record SessionView(
    Guid Id,
    SessionState State,
    SessionEndReason? Reason,
    string Message,
    string? ExhibitSlug,
    DateTimeOffset? StartedAt,
    string Worker,
    SessionStarter? Starter = null,
    ObjectUse? Object = null);

/// <summary>A signed pass for the hub.</summary>
/// <param name="Token">Goes into <c>access_token</c>. Never logged.</param>
/// <param name="Hub">Address of the hub: a path on this host, or absolute on another worker.</param>
public sealed record SessionTicket(string Token, string Hub);

/// <summary>What a connection may do.</summary>
public enum SessionRole
{
    Watch,
    Control,

    /// <summary>Controls while a guided tour is under way.</summary>
    Guide,
}

/// <summary>Room on the worker.</summary>
public sealed record SessionCapacity(int Running, int Maximum);
