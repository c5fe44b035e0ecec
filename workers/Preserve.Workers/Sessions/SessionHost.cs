using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Preserve.Catalog.Sessions;
using Preserve.Workers.Background;
using Preserve.Workers.Hosting;
using Preserve.Workers.Sessions.Grains;

namespace Preserve.Workers.Sessions;

/// <summary>
/// The sessions of this worker: owns their tasks, and with them machines, folders and locks. Ends any session whose grain no longer
/// knows it. Safe for concurrent use.
/// </summary>
internal sealed class SessionHost(
    SessionRun run,
    IGrainFactory grains,
    IHostApplicationLifetime lifetime,
    WorkerOptions options,
    TimeProvider time,
    ILogger<SessionHost> logger)
    : BackgroundService, IVisitors
{
    /// <summary>How often grains are asked. It also keeps them alive.</summary>
    private static readonly TimeSpan AskInterval = TimeSpan.FromSeconds(20);

    /// <summary>How long one that has ended is kept, to tell those who connect late why.</summary>
    private static readonly TimeSpan Afterlife = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<Guid, LiveSession> _sessions = new();
    private readonly ConcurrentDictionary<Guid, Task> _runs = new();
    private volatile bool _isStopping;

    /// <summary>Whether a session's machines are being started right now.</summary>
    public bool IsStarting => _sessions.Values.Any(session => session.View.State is SessionState.Queued or SessionState.Starting);

    /// <summary>Sessions that have not ended.</summary>
    public int Running => _runs.Values.Count(run => !run.IsCompleted);

    /// <summary>A session that runs here, or ended here just now; null otherwise.</summary>
    public LiveSession? Find(Guid id) => _sessions.GetValueOrDefault(id);

    /// <summary>Starts to run a session. Returns at once.</summary>
    public void Launch(SessionPlan plan)
    {
        var session = new LiveSession(plan, new SessionDeadlines(options, plan.TimeLimit, plan.Purpose, time), options.Name, time);
        if (!_sessions.TryAdd(plan.Id, session))
        {
            return;
        }

        if (_isStopping)
        {
            session.RequestEnd(SessionEndReason.ServiceStopped, "The service is being stopped.");
        }

        _runs[plan.Id] = Task.Run(() => run.RunAsync(session));
    }

    /// <summary>Asks every session to end, and says so to its viewers. Returns at once.</summary>
    private void EndAll()
    {
        _isStopping = true;
        foreach (var session in _sessions.Values)
        {
            session.RequestEnd(SessionEndReason.ServiceStopped, "The service is being stopped.");
            foreach (var viewer in session.Audience.Viewers)
            {
                viewer.AnnounceStop();
            }
        }
    }

    // The server closes connections as soon as stopping begins: viewers are told before, or never.
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStopping.Register(EndAll);
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        EndAll();
        await base.StopAsync(cancellationToken);

        // Not cut short by the host's patience: each teardown is bounded, and a process left behind is worse than a slow stop.
        await Task.WhenAll(_runs.Values);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(AskInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Forget();
                await AskGrainsAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }

    private void Forget()
    {
        foreach (var (id, session) in _sessions)
        {
            if (session.Gone.IsCompleted && time.GetElapsedTime(session.EndedAt) > Afterlife)
            {
                _sessions.TryRemove(id, out _);
                _runs.TryRemove(id, out _);
            }
        }
    }

    private async Task AskGrainsAsync(CancellationToken cancellationToken)
    {
        foreach (var (id, session) in _sessions.Where(pair => !pair.Value.EndRequest.IsCompleted))
        {
            try
            {
                if (!await grains.GetGrain<ISessionGrain>(id).KnowsAsync().WaitAsync(cancellationToken))
                {
                    session.RequestEnd(SessionEndReason.ServiceStopped, "The service lost track of this session.");
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // An answer that does not come decides nothing: the next round asks again.
                logger.LogWarning(e, "The grain of session {Session} did not answer", id);
            }
        }
    }
}
