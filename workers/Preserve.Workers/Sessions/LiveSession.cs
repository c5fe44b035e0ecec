using Preserve.Catalog.Sessions;
using Preserve.Workers.Streaming;
using ExhibitInput = Preserve.Catalog.Exhibits.ExhibitInput;

namespace Preserve.Workers.Sessions;

/// <summary>A session that this worker runs: where it stands, its machines, who looks at it. Safe for concurrent use.</summary>
internal sealed class LiveSession(SessionPlan plan, SessionDeadlines deadlines, string worker, TimeProvider time)
{
    private readonly TaskCompletionSource<SessionEnd> _endRequest = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile SessionView _view = new(plan.Id, SessionState.Starting, null, "", plan.ExhibitSlug, null, worker, plan.Starter, plan.Object);
    private volatile IReadOnlyList<RunningMachine> _machines = [];

    public SessionPlan Plan => plan;

    public SessionDeadlines Deadlines => deadlines;

    public SessionView View => _view;

    /// <summary>What the curator of its exhibit chose for the hands of visitors, as it was at the start.</summary>
    public ExhibitInput Input { get; set; } = new();

    /// <summary>Empty until all of them run, and again once they are being ended.</summary>
    public IReadOnlyList<RunningMachine> Machines => _machines;

    public Audience Audience { get; } = new();

    /// <summary>Completes when somebody or something wants the session to end: the first one counts.</summary>
    public Task<SessionEnd> EndRequest => _endRequest.Task;

    /// <summary>Completes when nothing of it is left.</summary>
    public Task Gone => _gone.Task;

    /// <summary>Timestamp of the moment; read only once <see cref="Gone"/> is complete.</summary>
    public long EndedAt { get; private set; }

    /// <summary>Asks for the end. Returns at once; only the first reason counts.</summary>
    public void RequestEnd(SessionEndReason reason, string message) => _endRequest.TrySetResult(new SessionEnd(reason, message));

    public RunningMachine? Machine(int channel)
    {
        var machines = _machines;
        return channel >= 0 && channel < machines.Count ? machines[channel] : null;
    }

    public void BecomeRunning(IReadOnlyList<RunningMachine> machines, DateTimeOffset startedAt)
    {
        _machines = machines;
        _view = _view with { State = SessionState.Running, StartedAt = startedAt };
    }

    /// <summary>From here on nobody reaches the machines.</summary>
    public void LetGoOfMachines() => _machines = [];

    /// <summary>Completes when every machine has ended and whoever watches over it knows.</summary>
    public Task Watchers { get; private set; } = Task.CompletedTask;

    public void WatchedBy(IReadOnlyCollection<Task> watchers) => Watchers = Task.WhenAll(watchers);

    public void BecomeEnded(SessionEnd end) =>
        _view = _view with { State = SessionState.Ended, Reason = end.Reason, Message = end.Message };

    public void BecomeGone()
    {
        EndedAt = time.GetTimestamp();
        _gone.TrySetResult();
    }
}

/// <summary>Why a session ends, with words for the visitor.</summary>
internal sealed record SessionEnd(SessionEndReason Reason, string Message);
