using Preserve.Catalog.Sessions;
using Preserve.Workers.Hosting;

namespace Preserve.Workers.Sessions;

internal sealed class SessionService(WorkerOptions options) : ISessionService
{
    public Task<SessionStart> StartAsync(SessionRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(new SessionStart(SessionStartOutcome.Unavailable, "This worker takes no sessions.", null));

    public Task<SessionView?> FindAsync(Guid id, CancellationToken cancellationToken) => Task.FromResult<SessionView?>(null);

    public Task<SessionRole?> AuthorizeAsync(Guid id, string bearer, CancellationToken cancellationToken) =>
        Task.FromResult<SessionRole?>(null);

    public Task<SessionTicket?> IssueTicketAsync(Guid id, string key, CancellationToken cancellationToken) =>
        Task.FromResult<SessionTicket?>(null);

    public Task<byte[]?> CaptureScreenAsync(Guid id, int machine, CancellationToken cancellationToken) => Task.FromResult<byte[]?>(null);

    public Task EndAsync(Guid id, SessionEndReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<SessionCapacity> CapacityAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new SessionCapacity(0, options.MaximumSessions));
}
