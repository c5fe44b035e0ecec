using Preserve.Catalog.Sessions;
using Preserve.Workers.Printing;
using Preserve.Workers.Sessions;
using Preserve.Workers.Text;
using Preserve.Workers.Typing;

namespace Preserve.Web.Tests.Running;

/// <summary>Sessions that a test decides about: outcomes that a real worker cannot be brought to at will.</summary>
public sealed class FakeSessions : ISessionService
{
    public const string Key = "the-key";
    public const string WatchTicket = "a-ticket-to-watch";

    public SessionStartOutcome Outcome { get; set; } = SessionStartOutcome.Started;

    public SessionView? Session { get; set; }

    public byte[]? Screen { get; set; }

    public ReadText Text { get; set; } = new(ReadTextOutcome.NoTextScreen, null, "");

    public PrinterOutput Printer { get; set; } = PrinterOutput.None(PrinterOutcome.Nothing);

    public TypeResult Typing { get; set; } = new(TypeOutcome.Typed, 0, 0, []);

    public TypeRequest? Typed { get; private set; }

    public SessionRequest? Asked { get; private set; }

    public bool HasEnded { get; private set; }

    public static SessionView Running(SessionState state = SessionState.Running) => new(
        Guid.Parse("0196f6f0-0000-7000-8000-000000000001"), state, state == SessionState.Ended ? SessionEndReason.TimeLimit : null, "", "echo",
        new DateTimeOffset(2026, 11, 12, 9, 30, 0, TimeSpan.Zero), "local");

    public Task<SessionStart> StartAsync(SessionRequest request, CancellationToken cancellationToken)
    {
        Asked = request;
        return Task.FromResult(Outcome == SessionStartOutcome.Started
            ? new SessionStart(Outcome, "", new StartedSession(Running(SessionState.Starting), Key, new SessionTicket("a-ticket", "/hub/session")))
            : new SessionStart(Outcome, "Words of the worker.", null));
    }

    public Task<SessionView?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        Task.FromResult(Session?.Id == id ? Session : null);

    public Task<SessionRole?> AuthorizeAsync(Guid id, string bearer, CancellationToken cancellationToken) =>
        Task.FromResult<SessionRole?>(bearer switch { Key => SessionRole.Control, WatchTicket => SessionRole.Watch, _ => null });

    public Task<bool> IsOwnerAsync(Guid id, string key, CancellationToken cancellationToken) => Task.FromResult(key == Key);

    public Task<SessionTicket?> IssueTicketAsync(Guid id, string key, CancellationToken cancellationToken) =>
        Task.FromResult(key == Key && Session?.State != SessionState.Ended ? new SessionTicket("fresh", "/hub/session") : null);

    public Task<byte[]?> CaptureScreenAsync(Guid id, int machine, CancellationToken cancellationToken) => Task.FromResult(Screen);

    public Task<ReadText> ReadTextAsync(Guid id, int machine, CancellationToken cancellationToken) => Task.FromResult(Text);

    public Task<PrinterOutput> ReadPrinterAsync(Guid id, int machine, CancellationToken cancellationToken) => Task.FromResult(Printer);

    public Task<TypeResult> TypeAsync(Guid id, int machine, TypeRequest request, CancellationToken cancellationToken)
    {
        Typed = request;
        return Task.FromResult(Typing);
    }

    public Task EndAsync(Guid id, SessionEndReason reason, CancellationToken cancellationToken)
    {
        HasEnded = true;
        return Task.CompletedTask;
    }

    public Task<SessionCapacity> CapacityAsync(CancellationToken cancellationToken) => Task.FromResult(new SessionCapacity(1, 8));
}
