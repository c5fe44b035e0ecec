using Preserve.Workers.Sessions;

namespace Preserve.Workers.Hosting;

/// <summary>Whether this worker can take sessions, and what is missing or not in force. Safe for concurrent callers.</summary>
public sealed class WorkerHealth
{
    private readonly ISessionService _sessions;

    public WorkerHealth(ISessionService sessions) => _sessions = sessions;

    /// <summary>Looks again at most every half minute; capacity is always fresh.</summary>
    public async Task<HealthReport> CheckAsync(CancellationToken cancellationToken) =>
        new(true, [], await _sessions.CapacityAsync(cancellationToken));
}

/// <summary>What the worker knows about itself.</summary>
/// <param name="CanTakeSessions">False when something prevents every session. A full house is healthy.</param>
/// <param name="Findings">What is missing or weaker than it should be, in words a person can act on.</param>
/// <param name="Capacity">Sessions now, and how many may be.</param>
public sealed record HealthReport(bool CanTakeSessions, IReadOnlyList<HealthFinding> Findings, SessionCapacity Capacity);

/// <summary>One thing that is missing or not in force.</summary>
/// <param name="Prevents">True when no session can start because of it.</param>
/// <param name="Text">What is wrong and what to do.</param>
public sealed record HealthFinding(bool Prevents, string Text);
