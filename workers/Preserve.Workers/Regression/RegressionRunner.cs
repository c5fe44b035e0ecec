using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Catalog.Environments;
using Preserve.Emulation.Machines;
using Preserve.Regression.Baselines;
using Preserve.Regression.Learning;
using Preserve.Regression.Reports;
using Preserve.Regression.Verdicts;
using Preserve.Workers.Machines;
using Preserve.Workers.Sessions;

namespace Preserve.Workers.Regression;

/// <summary>Runs environments one after the other on one build, and judges each. Needs no service: only the data folder.</summary>
public sealed class RegressionRunner
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(30);

    private readonly EnvironmentBuilder _builder;
    private readonly IDbContextFactory<CatalogContext> _contexts;
    private readonly TimeProvider _time;
    private readonly SessionFolders _folders;
    private readonly BaselineFolder _baselines;

    public RegressionRunner(EnvironmentBuilder builder, IDbContextFactory<CatalogContext> contexts, CatalogOptions options, TimeProvider time)
    {
        (_builder, _contexts, _time) = (builder, contexts, time);
        _folders = SessionFolders.Open(options.DataFolder);
        _baselines = new BaselineFolder(Path.Combine(options.DataFolder, "baselines"));
    }

    /// <summary>Runs to the end and writes the report.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="progress">Gets each environment when it is done.</param>
    /// <param name="cancellationToken">Ends the run; nothing of it is left but baselines that were learned.</param>
    public async Task<RunReport> RunAsync(RegressionRequest request, IProgress<EnvironmentReport> progress, CancellationToken cancellationToken)
    {
        var startedAt = _time.GetUtcNow();
        var began = _time.GetTimestamp();
        var done = new List<EnvironmentReport>();
        foreach (var environment in await FindAsync(request.Environments, cancellationToken))
        {
            var report = await RunOneAsync(environment, request, cancellationToken);
            done.Add(report);
            progress.Report(report);
        }

        foreach (var id in request.Environments.Except(done.Select(report => report.EnvironmentId)))
        {
            var report = new EnvironmentReport { EnvironmentId = id, Title = id, Verdict = Verdict.CannotTell, Message = "The catalog has no such environment." };
            done.Add(report);
            progress.Report(report);
        }

        var run = new RunReport
        {
            StartedAt = startedAt,
            Duration = _time.GetElapsedTime(began),
            BuildId = request.Build?.Id ?? "the build in use",
            BuildVersion = request.Build?.Version ?? "",
            Host = $"{Environment.ProcessorCount} processors, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}",
            Environments = done,
        };
        await ReportFiles.WriteAsync(run, request.ReportFolder, cancellationToken);
        return run;
    }

    private async Task<IReadOnlyList<PreservedEnvironment>> FindAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        var all = await context.Environments.AsNoTracking().OrderBy(environment => environment.Id).ToListAsync(cancellationToken);
        return ids.Count == 0 ? all : [.. all.Where(environment => ids.Contains(environment.Id))];
    }

    private async Task<EnvironmentReport> RunOneAsync(PreservedEnvironment environment, RegressionRequest request, CancellationToken cancellationToken)
    {
        EnvironmentReport Report(Verdict verdict, string message) => new()
        {
            EnvironmentId = environment.Id,
            Title = environment.Title,
            Verdict = verdict,
            Message = message,
        };

        var built = await _builder.BuildAsync(environment.Id, null, s_lifetime, cancellationToken);
        if (built.Machine is not { } machine)
        {
            return Report(Verdict.CannotTell, string.Join(' ', built.Problems));
        }

        var build = request.Build ?? machine.Build;
        var profile = machine.Definition.Profile;
        if (!build.Programs.ContainsKey(profile.Architecture))
        {
            return Report(Verdict.CannotTell, $"{build.Id} has no program for {profile.Architecture}.");
        }

        if (!build.HasMachineType(profile.Architecture, profile.MachineType))
        {
            return Report(Verdict.MachineTypeGone, $"{build.Id} no longer has the machine type {profile.MachineType}.");
        }

        Baseline? baseline;
        try
        {
            baseline = await _baselines.FindAsync(environment.Id, cancellationToken);
        }
        catch (BaselineException e)
        {
            return Report(Verdict.CannotTell, e.Message);
        }

        var host = new EnvironmentBootHost(machine, build, _folders);
        return baseline is null
            ? await LearnAsync(environment, machine, build, host, request.Learns, Report, cancellationToken)
            : await JudgeAsync(environment, machine, build, baseline, host, request, cancellationToken);
    }

    private async Task<EnvironmentReport> LearnAsync(
        PreservedEnvironment environment, BuiltMachine machine, EmulatorBuild build, EnvironmentBootHost host, bool isWanted,
        Func<Verdict, string, EnvironmentReport> report, CancellationToken cancellationToken)
    {
        if (!isWanted)
        {
            return report(Verdict.NoBaseline, "There is no baseline yet; --learn makes one.");
        }

        var learner = new BaselineLearner(host, _time);
        var learned = await learner.LearnAsync(
            environment.Id, Facts(machine, build), environment.SettlesAfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null, machine.Definition.Clock.StartsAt is not null, cancellationToken);
        if (learned.Baseline is not { } baseline)
        {
            return report(Verdict.CannotTell, $"No baseline could be learned. {learned.Problem}");
        }

        await _baselines.SaveAsync(baseline, cancellationToken);
        return report(Verdict.Learned, Describe(baseline)) with
        {
            Class = baseline.Class,
            Mode = baseline.Mode.ToString(),
            Seconds = baseline.ReachedAfter.TotalSeconds,
        };
    }

    private async Task<EnvironmentReport> JudgeAsync(
        PreservedEnvironment environment, BuiltMachine machine, EmulatorBuild build, Baseline baseline, EnvironmentBootHost host,
        RegressionRequest request, CancellationToken cancellationToken)
    {
        var reference = await FindReferenceAsync(machine, build, baseline, cancellationToken);
        var referenceHost = reference is null ? null : new EnvironmentBootHost(machine, reference, _folders);
        var judging = new EnvironmentJudge(host, referenceHost, baseline, _time);
        var judged = await judging.RunAsync(cancellationToken);
        if (judged.IsMixed)
        {
            await _baselines.SaveAsync(baseline with { FlakesSeen = baseline.FlakesSeen + 1 }, cancellationToken);
        }

        var shown = judged.Candidate.FirstOrDefault(check => !check.IsPassed) ?? judged.Candidate[^1];
        var files = judged.Verdict == Verdict.Passed
            ? []
            : await ReportFiles.WriteEvidenceAsync(environment.Id, baseline, shown, machine, build, request.ReportFolder, cancellationToken);
        return new EnvironmentReport
        {
            EnvironmentId = environment.Id,
            Title = environment.Title,
            Verdict = judged.Verdict,
            Message = shown.Describe(),
            IsReviewed = baseline.IsReviewed,
            Class = baseline.Class,
            Mode = baseline.Mode.ToString(),
            Failed = judged.Candidate.Count(check => !check.IsPassed),
            Boots = judged.Candidate.Count,
            ReferenceBuildId = reference?.Id ?? "",
            ReferenceFailed = judged.Reference.Count(check => !check.IsPassed),
            ReferenceBoots = judged.Reference.Count,
            Seconds = shown.Boot.WallTime.TotalSeconds,
            Instructions = shown.Boot.Instructions,
            Rung = shown.Boot.Comparison?.Rung.ToString() ?? "",
            ClusterKey = shown.IsPassed ? "" : DifferenceKey.Of(shown),
            Files = files,
        };
    }

    /// <summary>The build that the baseline was learned on, as it was then; else the one in use. Null when that is the judged one.</summary>
    private static async Task<EmulatorBuild?> FindReferenceAsync(
        BuiltMachine machine, EmulatorBuild build, Baseline baseline, CancellationToken cancellationToken)
    {
        var profile = machine.Definition.Profile;
        var usable = (await machine.Engine.FindBuildsAsync(cancellationToken))
            .Where(candidate => candidate.HasMachineType(profile.Architecture, profile.MachineType) && !IsSame(candidate, build, profile.Architecture))
            .ToList();
        return usable.Find(candidate => Facts(machine, candidate) == baseline.LearnedOn) ?? usable.FirstOrDefault();
    }

    private static bool IsSame(EmulatorBuild one, EmulatorBuild other, string architecture) =>
        one.Programs[architecture].Sha256 == other.Programs[architecture].Sha256 && one.FirmwareSha256 == other.FirmwareSha256;

    private static BuildFacts Facts(BuiltMachine machine, EmulatorBuild build)
    {
        var profile = machine.Definition.Profile;
        return new BuildFacts(build.Id, build.Version, build.Programs[profile.Architecture].Sha256, build.FirmwareSha256, profile.MachineType);
    }

    private static string Describe(Baseline baseline) =>
        $"{baseline.Class}; {baseline.Screens[0].Areas.Count} areas set apart; "
        + (baseline.Probe is { } probe ? $"answers to {(probe.Kind == Preserve.Regression.Booting.ProbeKind.Key ? $"key {probe.Scancode:x2}" : "the pointer")}" : "display only")
        + (baseline.HasSound ? "; has sound" : "") + $"; {baseline.Mode}.";
}
