using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Regression;
using Preserve.Emulation.Machines;

namespace Preserve.Workers.Regression;

/// <summary>Begins runs: checks what is asked for and writes the rows. Whoever works on them sees by the rows that they are due.</summary>
public sealed class NightWatch(
    EnvironmentTrial trial, RegressionRuns runs, IEnumerable<IMachineEngine> engines, IDbContextFactory<CatalogContext> contexts)
{
    /// <summary>Begins a run on demand.</summary>
    /// <param name="wish">What to run.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Gives up; nothing is begun then.</param>
    public async Task<RunStart> StartAsync(RunWish wish, Actor actor, CancellationToken cancellationToken)
    {
        var known = await FindBuildsAsync(cancellationToken);
        var builds = wish.Builds.Count > 0 ? wish.Builds : [.. known.Take(1)];
        var environments = await FindEnvironmentsAsync(cancellationToken);
        List<string> problems =
        [
            .. wish.Environments.Except(environments.Select(environment => environment.Id)).Select(id => $"There is no environment '{id}'."),
            .. wish.Builds.Except(known).Select(id => $"There is no emulator build '{id}'. Known are: {string.Join(", ", known)}."),
        ];
        if (known.Count == 0)
        {
            problems.Add("No emulator is installed.");
        }

        var chosen = wish.Environments.Count > 0 ? environments.Where(environment => wish.Environments.Contains(environment.Id)).ToList() : environments;
        if (chosen.Count == 0 && problems.Count == 0)
        {
            problems.Add("The catalog has no environment yet: import something first.");
        }

        return problems.Count > 0
            ? new RunStart(null, problems)
            : new RunStart(await AddAsync(false, wish.Learns, chosen, builds, actor, cancellationToken), []);
    }

    /// <summary>Begins the night's run: every environment on every build there is, learning what is new. Null when one still runs, or there is nothing to run.</summary>
    public async Task<long?> StartNightAsync(CancellationToken cancellationToken)
    {
        var builds = await FindBuildsAsync(cancellationToken);
        var environments = await FindEnvironmentsAsync(cancellationToken);
        return builds.Count == 0 || environments.Count == 0
            ? null
            : await AddAsync(true, true, environments, builds, Actor.Service, cancellationToken);
    }

    /// <summary>Ids of all builds of all engines, those in use first.</summary>
    public async Task<IReadOnlyList<string>> FindBuildsAsync(CancellationToken cancellationToken)
    {
        var builds = new List<string>();
        foreach (var engine in engines)
        {
            builds.AddRange((await engine.FindBuildsAsync(cancellationToken)).Select(build => build.Id));
        }

        return builds;
    }

    private async Task<List<PreservedEnvironment>> FindEnvironmentsAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Environments.AsNoTracking().OrderBy(environment => environment.Id).ToListAsync(cancellationToken);
    }

    private async Task<long?> AddAsync(
        bool isNightly, bool learns, IReadOnlyList<PreservedEnvironment> environments, IReadOnlyList<string> builds, Actor actor, CancellationToken cancellationToken)
    {
        var jobs = new List<NewRegressionJob>();
        foreach (var environment in environments)
        {
            var estimate = (await trial.EstimateAsync(environment, cancellationToken)).TotalSeconds;
            jobs.AddRange(builds.Distinct().Select(build => new NewRegressionJob(environment.Id, environment.Title, build, estimate)));
        }

        return await runs.AddAsync(new NewRegressionRun(isNightly, learns, jobs), actor, cancellationToken);
    }
}

/// <summary>What somebody wants to be run.</summary>
/// <param name="Environments">By id; empty for all.</param>
/// <param name="Builds">By id; empty for the one in use.</param>
/// <param name="Learns">Whether environments without a baseline get one, unreviewed.</param>
public sealed record RunWish(IReadOnlyList<string> Environments, IReadOnlyList<string> Builds, bool Learns);

/// <summary>A run that was begun, or why none was.</summary>
public sealed record RunStart(long? RunId, IReadOnlyList<string> Problems);
