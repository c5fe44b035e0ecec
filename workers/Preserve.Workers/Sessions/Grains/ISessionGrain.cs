using Preserve.Catalog.Sessions;

namespace Preserve.Workers.Sessions.Grains;

/// <summary>One session, for the whole cluster: where it stands and who runs it. Directs; the processes belong to a <see cref="SessionHost"/>.</summary>
public interface ISessionGrain : IGrainWithGuidKey
{
    /// <summary>Has the worker that this grain lives on start the machines. Returns before they are started.</summary>
    Task BeginAsync(SessionPlan plan);

    /// <summary>The worker reports that the machines run.</summary>
    Task ReportRunningAsync();

    /// <summary>The worker reports that nothing is left of it.</summary>
    Task ReportEndedAsync();

    /// <summary>Has the worker end it. Returns before it has ended; the first reason counts.</summary>
    Task RequestEndAsync(SessionEndReason reason, string message);

    /// <summary>Whether this grain has begun the session and not seen its end. A worker ends what its grain does not know.</summary>
    Task<bool> KnowsAsync();
}
