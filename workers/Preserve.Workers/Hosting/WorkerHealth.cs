using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Catalog.Fixity;
using Preserve.Emulation.Machines;
using Preserve.Sandbox;
using Preserve.Workers.Sessions;
using Preserve.Workers.Sound;

namespace Preserve.Workers.Hosting;

/// <summary>Whether this worker can take sessions, and what is missing or not in force. Safe for concurrent callers.</summary>
public sealed class WorkerHealth(
    ISessionService sessions,
    ISandbox sandbox,
    IEnumerable<IMachineEngine> engines,
    IDbContextFactory<CatalogContext> contexts,
    WorkerOptions options,
    TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _looking = new(1, 1);
    private IReadOnlyList<HealthFinding>? _findings;
    private long _lookedAt;

    /// <summary>Looks again at most every half minute; capacity is always fresh.</summary>
    public async Task<HealthReport> CheckAsync(CancellationToken cancellationToken)
    {
        var findings = await FindAsync(cancellationToken);
        var capacity = await sessions.CapacityAsync(cancellationToken);
        return new HealthReport(!findings.Any(finding => finding.Prevents), findings, capacity);
    }

    public void Dispose() => _looking.Dispose();

    private async Task<IReadOnlyList<HealthFinding>> FindAsync(CancellationToken cancellationToken)
    {
        await _looking.WaitAsync(cancellationToken);
        try
        {
            if (_findings is null || time.GetElapsedTime(_lookedAt) > Freshness)
            {
                _findings = await LookAsync(cancellationToken);
                _lookedAt = time.GetTimestamp();
            }

            return _findings;
        }
        finally
        {
            _looking.Release();
        }
    }

    // Damaged files are out of use: everything else goes on.
    private async Task<IReadOnlyList<HealthFinding>> LookAtStorageAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var status = await context.FixityStatusAsync(cancellationToken);
        return status.Damaged == 0
            ? []
            : [new HealthFinding(false, $"{status.Damaged} of {status.Files} stored files are damaged and out of use until 'preserve fixity --repair' puts them right: {string.Join(", ", status.DamagedObjects)}.")];
    }

    // Emulators tell their versions in a sandbox: where none can be made, there is nobody to ask, and that has been found already.
    private static async Task<int> CountProgramsAsync(IMachineEngine engine, bool cannotStart, CancellationToken cancellationToken) =>
        cannotStart ? 0 : (await engine.FindBuildsAsync(cancellationToken)).Sum(build => build.Programs.Count);

    // An engine that misses one of its emulators still runs the others; with none at all, nothing starts.
    private async Task<IReadOnlyList<HealthFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var findings = new List<HealthFinding>();
        findings.AddRange((await sandbox.CheckAsync(cancellationToken)).Select(finding => new HealthFinding(finding.Prevents, finding.Text)));
        if (sandbox.FindUnreachable(options.DataFolder) is { } unreachable)
        {
            findings.Add(new HealthFinding(true, unreachable));
        }

        findings.AddRange(await LookAtStorageAsync(cancellationToken));
        var problems = new List<string>();
        var cannotStart = findings.Exists(finding => finding.Prevents);
        var programs = 0;
        foreach (var engine in engines)
        {
            problems.AddRange(await engine.FindProblemsAsync(cancellationToken));
            programs += await CountProgramsAsync(engine, cannotStart, cancellationToken);
        }

        findings.AddRange(problems.Select(problem => new HealthFinding(programs == 0, problem)));
        if (programs == 0 && problems.Count == 0 && !cannotStart)
        {
            findings.Add(new HealthFinding(true, "No emulator is installed."));
        }

        if (!LibOpus.IsPresent)
        {
            findings.Add(new HealthFinding(false, "Opus is missing, so sound takes six times as many bytes and is mono: install the package libopus0."));
        }

        return findings;
    }
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
