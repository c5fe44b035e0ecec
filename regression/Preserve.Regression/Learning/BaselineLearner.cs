using Preserve.Emulation.Display;
using Preserve.Emulation.Machines;
using Preserve.Regression.Baselines;
using Preserve.Regression.Booting;
using Preserve.Regression.Comparison;
using Preserve.Regression.Verdicts;

namespace Preserve.Regression.Learning;

/// <summary>Boots an environment several times and proposes its baseline, unreviewed.</summary>
/// <remarks>
/// <code>
/// (1) real time, twice, once with another date; a third time where they differ ─► (2) ScreenProposal
/// (3) virtual time with each N ─► the fastest that reaches the screen, twice      ─► (4) probe, twice, in that time
/// </code>
/// </remarks>
public sealed class BaselineLearner(IBootHost host, TimeProvider time)
{
    private static readonly int[] s_shifts = [10, 7, 4];
    /// <summary>Longer than in a run: what is learned too early is wrong for good.</summary>
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan s_otherDate = TimeSpan.FromDays(431) + TimeSpan.FromMinutes(437);

    /// <summary>Keys that change nothing that matters: x, Down, Space, Escape (PC set 1, extended with 0x80).</summary>
    private static readonly byte[] s_keys = [0x2D, 0xD0, 0x39, 0x01];

    /// <summary>A baseline, or why there is none.</summary>
    /// <param name="environmentId">Environment it is for.</param>
    /// <param name="build">What it is learned on.</param>
    /// <param name="settlesAfter">When it is said to come to rest in real time; null for never, and then it is not waited for.</param>
    /// <param name="hasClockPolicy">Whether the guest's date is fixed, so that no other is tried.</param>
    /// <param name="cancellationToken">Ends all of it.</param>
    public async Task<LearningResult> LearnAsync(
        string environmentId, BuildFacts build, TimeSpan? settlesAfter, bool hasClockPolicy, CancellationToken cancellationToken)
    {
        try
        {
            // (1)
            var plan = new BootPlan
            {
                Listens = true,
                Quiet = s_quiet,
                Earliest = (settlesAfter ?? TimeSpan.Zero) + s_quiet,
                Timeout = settlesAfter is null ? TimeSpan.FromSeconds(15) : TimeSpan.FromMinutes(2) + (4 * settlesAfter.Value),
            };
            var boots = await ObserveAsync(plan, hasClockPolicy, cancellationToken);
            if (boots.FirstOrDefault(boot => !IsOfUse(boot.Boot)) is { } failed)
            {
                return new LearningResult(null, new CheckResult(CheckFinding.NotReached, failed.Boot, ProbeOutcome.DisplayOnly).Describe());
            }

            if (boots.DistinctBy(boot => (boot.Boot.Frames[^1].Picture.Width, boot.Boot.Frames[^1].Picture.Height)).Count() > 1)
            {
                return new LearningResult(null, "Its last screen is of another size from boot to boot: it may not have come to its end.");
            }

            // (2)
            var proposal = ScreenProposal.From(boots);
            if (!proposal.HasStableContent && proposal.Class != BaselineClass.Animated)
            {
                return new LearningResult(null, "Nothing on its screen is the same from boot to boot.");
            }

            var baseline = new Baseline
            {
                EnvironmentId = environmentId,
                Class = proposal.Class,
                Screens = [proposal.Screen],
                HasSound = boots.All(boot => boot.Boot.WasSoundHeard == true),
                IsMoving = proposal.Class == BaselineClass.Animated,
                ReachedAfter = boots.Max(boot => boot.Boot.WallTime),
                LearnedOn = build,
                LearnedAt = time.GetUtcNow(),
            };

            // (3) and (4)
            baseline = await FindModeAsync(baseline, cancellationToken);
            return new LearningResult(await FindProbeAsync(baseline, cancellationToken), "");
        }
        catch (MachineException e)
        {
            return new LearningResult(null, e.Message);
        }
    }

    private static bool IsOfUse(BootResult boot) =>
        boot.Outcome is BootOutcome.SettledElsewhere or BootOutcome.GuestHalted or BootOutcome.NeverSettles && boot.Frames.Count > 0;

    private async Task<IReadOnlyList<ObservedBoot>> ObserveAsync(BootPlan plan, bool hasClockPolicy, CancellationToken cancellationToken)
    {
        DateTime? other = hasClockPolicy ? null : (time.GetUtcNow() - s_otherDate).DateTime;
        List<ObservedBoot> boots =
        [
            new(await BootAsync(BootMode.RealTime, plan, null, cancellationToken), false),
            new(await BootAsync(BootMode.RealTime, plan, other, cancellationToken), other is not null),
        ];
        if (boots.All(boot => IsOfUse(boot.Boot)) && ScreenProposal.From(boots).Class is not (BaselineClass.OneFrame or BaselineClass.SmallCycle))
        {
            boots.Add(new(await BootAsync(BootMode.RealTime, plan, null, cancellationToken), false));
        }

        return boots;
    }

    private Task<BootResult> BootAsync(BootMode mode, BootPlan plan, DateTime? startsAt, CancellationToken cancellationToken) =>
        host.BootAsync(mode, startsAt, (machine, stop) => HeadlessBoot.RunAsync(machine, plan, time, stop), cancellationToken);

    private async Task<Baseline> FindModeAsync(Baseline baseline, CancellationToken cancellationToken)
    {
        var real = await TimeAsync(baseline, EnvironmentCheck.Plan(baseline), cancellationToken);
        var best = (Baseline: baseline, Time: real ?? baseline.ReachedAfter);
        foreach (var shift in s_shifts)
        {
            // No longer than the best so far, since only what is faster is wanted; and twice: a guest whose clock races may come through once by chance.
            var candidate = baseline with { Mode = new BootMode(shift), ReachedAfter = best.Time };
            var plan = EnvironmentCheck.Plan(candidate) with { Patience = best.Time, Timeout = best.Time, BlankPatience = best.Time };
            if (await TimeAsync(candidate, plan, cancellationToken) is { } first && await TimeAsync(candidate, plan, cancellationToken) is { } second)
            {
                best = (candidate, first > second ? first : second);
            }
        }

        return best.Baseline with { ReachedAfter = best.Time };
    }

    /// <summary>How long a boot takes to the accepted screen, all else as it should be; null when it does not get there.</summary>
    private async Task<TimeSpan?> TimeAsync(Baseline baseline, BootPlan plan, CancellationToken cancellationToken)
    {
        var check = await EnvironmentCheck.RunAsync(host, baseline, plan, time, cancellationToken);
        return check.IsPassed ? check.Boot.WallTime : null;
    }

    private async Task<Baseline> FindProbeAsync(Baseline baseline, CancellationToken cancellationToken)
    {
        ScreenProbe[] candidates =
        [
            .. s_keys.Select(key => new ScreenProbe(ProbeKind.Key, key, default)),
            new ScreenProbe(ProbeKind.Pointer, 0, default),
        ];
        foreach (var candidate in candidates)
        {
            if (await AnswerAsync(baseline, candidate, cancellationToken) is { IsEmpty: false } area)
            {
                var learned = baseline with { Probe = candidate with { Area = area } };
                var again = await EnvironmentCheck.RunAsync(host, learned, time, cancellationToken);
                if (again.IsPassed)
                {
                    return learned;
                }
            }
        }

        return baseline;
    }

    private Task<Rectangle> AnswerAsync(Baseline baseline, ScreenProbe probe, CancellationToken cancellationToken) => host.BootAsync(
        baseline.Mode,
        null,
        async (machine, stop) =>
        {
            var boot = await HeadlessBoot.RunAsync(machine, EnvironmentCheck.Plan(baseline), time, stop);
            if (boot.Outcome != BootOutcome.Reached)
            {
                return default;
            }

            var accepted = ScreenComparer.Nearest(baseline.Screens, boot.Frames[^1].Picture, boot.Frames[^1].Text).Accepted;
            return await MachineProbing.TryAsync(machine, probe, accepted, _ => true, time, stop);
        },
        cancellationToken);
}

/// <summary>A baseline, or in words why there is none.</summary>
public sealed record LearningResult(Baseline? Baseline, string Problem);
