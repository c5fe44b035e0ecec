using Preserve.Catalog;
using Preserve.Catalog.Environments;
using Preserve.Emulation.Machines;
using Preserve.Regression.Baselines;
using Preserve.Regression.Booting;
using Preserve.Regression.Learning;
using Preserve.Regression.Reports;
using Preserve.Regression.Verdicts;
using Preserve.Workers.Machines;
using Preserve.Workers.Sessions;

namespace Preserve.Workers.Regression;

/// <summary>Tries one environment on one build: judges it by its baseline, or learns one. Safe for concurrent callers with different environments.</summary>
public sealed class EnvironmentTrial
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(30);

    private readonly EnvironmentBuilder _builder;
    private readonly TimeProvider _time;
    private readonly SessionFolders _folders;

    public EnvironmentTrial(EnvironmentBuilder builder, BaselineFolder baselines, CatalogOptions options, TimeProvider time)
    {
        (_builder, Baselines, _time, _folders) = (builder, baselines, time, SessionFolders.Open(options.DataFolder));
    }

    internal BaselineFolder Baselines { get; }

    /// <param name="environment">What to try.</param>
    /// <param name="request">How.</param>
    /// <param name="cancellationToken">Ends the boots; nothing of them is left.</param>
    public async Task<EnvironmentReport> RunAsync(PreservedEnvironment environment, TrialRequest request, CancellationToken cancellationToken)
    {
        var built = await _builder.BuildAsync(environment.Id, null, s_lifetime, cancellationToken);
        if (built.Machine is not { } machine)
        {
            return Report(environment, Verdict.CannotTell, string.Join(' ', built.Problems));
        }

        var build = request.Build ?? machine.Build;
        var profile = machine.Definition.Profile;
        if (!build.Programs.ContainsKey(profile.Architecture))
        {
            return Report(environment, Verdict.CannotTell, $"{build.Id} has no program for {profile.Architecture}.");
        }

        if (!build.HasMachineType(profile.Architecture, profile.MachineType))
        {
            return Report(environment, Verdict.MachineTypeGone, $"{build.Id} no longer has the machine type {profile.MachineType}.");
        }

        try
        {
            var setting = new Setting(environment, machine, build, new PausableTime(_time), request);
            return await Baselines.FindAsync(environment.Id, cancellationToken) is { } baseline
                ? baseline.UnlearnedCheckpoints.Count == 0
                    ? await JudgeAsync(setting, baseline, cancellationToken)
                    : await LearnCheckpointsAsync(setting, baseline, cancellationToken)
                : await LearnAsync(setting, cancellationToken);
        }
        catch (BaselineException e)
        {
            return Report(environment, Verdict.CannotTell, e.Message);
        }
    }

    /// <summary>About how long a trial takes, to plan by: what the baseline took, or many boots where there is none yet.</summary>
    public async Task<TimeSpan> EstimateAsync(PreservedEnvironment environment, CancellationToken cancellationToken)
    {
        const int BootsOfLearning = 10;
        try
        {
            return await Baselines.FindAsync(environment.Id, cancellationToken) is { } baseline
                ? baseline.ReachedAfter
                : BootsOfLearning * TimeSpan.FromSeconds(environment.SettlesAfterSeconds ?? 15);
        }
        catch (BaselineException)
        {
            // It is told when its turn comes.
            return TimeSpan.Zero;
        }
    }

    private async Task<EnvironmentReport> LearnAsync(Setting setting, CancellationToken cancellationToken)
    {
        var environment = setting.Environment;
        if (!setting.Request.Learns)
        {
            return Report(environment, Verdict.NoBaseline, "There is no baseline yet; --learn makes one.");
        }

        var learner = new BaselineLearner(Host(setting, setting.Build), setting.Time);
        var learned = await learner.LearnAsync(
            environment.Id,
            Facts(setting.Machine, setting.Build),
            environment.SettlesAfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            setting.Machine.Definition.Clock.StartsAt is not null,
            cancellationToken);
        if (learned.Baseline is not { } baseline)
        {
            return Report(environment, Verdict.CannotTell, $"No baseline could be learned. {learned.Problem}");
        }

        await Baselines.SaveAsync(baseline, cancellationToken);
        return Report(environment, Verdict.Learned, Describe(baseline)) with
        {
            Class = baseline.Class,
            Mode = baseline.Mode.ToString(),
            Seconds = baseline.ReachedAfter.TotalSeconds,
        };
    }

    private async Task<EnvironmentReport> LearnCheckpointsAsync(Setting setting, Baseline baseline, CancellationToken cancellationToken)
    {
        var names = string.Join(", ", baseline.UnlearnedCheckpoints);
        if (!setting.Request.Learns)
        {
            return Report(setting.Environment, Verdict.NoBaseline, $"There is no accepted screen yet for: {names}; --learn makes them.");
        }

        var learned = await new CheckpointLearner(Host(setting, setting.Build), setting.Time).LearnAsync(baseline, cancellationToken);
        if (learned.Baseline is not { } whole)
        {
            return Report(setting.Environment, Verdict.CannotTell, $"The checkpoints {names} could not be learned. {learned.Problem}");
        }

        await Baselines.SaveAsync(whole, cancellationToken);
        return Report(setting.Environment, Verdict.Learned, $"Checkpoints: {names}.") with { Class = whole.Class, Mode = whole.Mode.ToString(), Seconds = whole.ReachedAfter.TotalSeconds };
    }

    private async Task<EnvironmentReport> JudgeAsync(Setting setting, Baseline baseline, CancellationToken cancellationToken)
    {
        var (machine, build) = (setting.Machine, setting.Build);
        var reference = await FindReferenceAsync(machine, build, baseline, cancellationToken);
        var judging = new EnvironmentJudge(Host(setting, build), reference is null ? null : Host(setting, reference), baseline, setting.Time);
        var judged = await judging.RunAsync(cancellationToken);
        if (judged.IsMixed)
        {
            await Baselines.SaveAsync(baseline with { FlakesSeen = baseline.FlakesSeen + 1 }, cancellationToken);
        }

        var shown = judged.Candidate.FirstOrDefault(check => !check.IsPassed) ?? judged.Candidate[^1];
        var files = judged.Verdict == Verdict.Passed
            ? []
            : await ReportFiles.WriteEvidenceAsync(setting.Environment.Id, baseline, shown, machine, build, setting.Request.ReportFolder, cancellationToken);
        return Report(setting.Environment, judged.Verdict, shown.Describe()) with
        {
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
            Checkpoint = shown.Checkpoint ?? "",
            Areas = [.. (shown.Boot.Comparison?.Areas ?? []).Select(area => new[] { area.Area.X, area.Area.Y, area.Area.Width, area.Area.Height, area.Pixels })],
            AreasLeftOut = shown.Boot.Comparison?.AreasLeftOut ?? 0,
            Lines = shown.Boot.Comparison?.Lines,
            Film = files.Count == 0 ? [] : Film(shown.Boot, baseline.Mode),
            Files = files,
        };
    }

    private static IReadOnlyList<FilmEntry> Film(BootResult boot, BootMode mode) =>
    [
        .. boot.Frames.Select((frame, index) => new FilmEntry(
            index == boot.Frames.Count - 1 ? ReportFiles.ActualName : ReportFiles.FilmName(index),
            Math.Round(frame.At.TotalSeconds, 2),
            mode.VirtualTime(frame.Instructions)?.TotalSeconds,
            frame.Instructions)),
    ];

    private EnvironmentBootHost Host(Setting setting, EmulatorBuild build) =>
        new(setting.Machine, build, _folders, setting.Time, setting.Request.MustWait);

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

    private static EnvironmentReport Report(PreservedEnvironment environment, Verdict verdict, string message) => new()
    {
        EnvironmentId = environment.Id,
        Title = environment.Title,
        Verdict = verdict,
        Message = message,
    };

    private static string Describe(Baseline baseline) =>
        $"{baseline.Class}; {baseline.Screens[0].Areas.Count} areas set apart; "
        + (baseline.Probe is { } probe ? $"answers to {(probe.Kind == ProbeKind.Key ? $"key {probe.Scancode:x2}" : "the pointer")}" : "display only")
        + (baseline.HasSound ? "; has sound" : "") + $"; {baseline.Mode}.";

    private sealed record Setting(PreservedEnvironment Environment, BuiltMachine Machine, EmulatorBuild Build, PausableTime Time, TrialRequest Request);
}
