using Orleans.Placement;
using Preserve.Catalog.Sessions;

namespace Preserve.Workers.Sessions.Grains;

/// <summary>See <see cref="ISessionGrain"/>. Keeps its state in memory: the catalog's row is the record, the worker's question keeps it alive.</summary>
[PreferLocalPlacement]
internal sealed class SessionGrain(SessionHost host) : Grain, ISessionGrain
{
    private SessionState? _state;

    public Task BeginAsync(SessionPlan plan)
    {
        if (_state is null)
        {
            _state = SessionState.Starting;
            host.Launch(plan);
        }

        return Task.CompletedTask;
    }

    public Task ReportRunningAsync()
    {
        if (_state == SessionState.Starting)
        {
            _state = SessionState.Running;
        }

        return Task.CompletedTask;
    }

    public Task ReportEndedAsync()
    {
        _state = SessionState.Ended;
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task RequestEndAsync(SessionEndReason reason, string message)
    {
        host.Find(this.GetPrimaryKey())?.RequestEnd(reason, message);
        return Task.CompletedTask;
    }

    public Task<bool> KnowsAsync() => Task.FromResult(_state is SessionState.Starting or SessionState.Running);
}
