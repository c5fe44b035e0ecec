using Preserve.Emulation.Machines;
using Preserve.Regression.Baselines;
using Preserve.Regression.Booting;
using Preserve.Regression.Comparison;
using Preserve.Regression.Scenarios;
using Preserve.Regression.Settling;

namespace Preserve.Regression.Verdicts;

/// <summary>Boots once and holds it against the baseline: the screen, then whether it lives, then sound.</summary>
public static class EnvironmentCheck
{
    private const int ProbeAttempts = 2;

    private static readonly TimeSpan s_shortestPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_shortestTimeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_movingPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(50);

    public static Task<CheckResult> RunAsync(IBootHost host, Baseline baseline, TimeProvider time, CancellationToken cancellationToken) =>
        RunAsync(host, baseline, Plan(baseline), time, cancellationToken);

    /// <summary>The same with other patience than the baseline's own.</summary>
    internal static async Task<CheckResult> RunAsync(
        IBootHost host, Baseline baseline, BootPlan plan, TimeProvider time, CancellationToken cancellationToken)
    {
        var last = new BootResult { Outcome = BootOutcome.CouldNotStart };
        try
        {
            return await host.BootAsync(
                baseline.Mode,
                null,
                async (machine, stop) =>
                {
                    last = await HeadlessBoot.RunAsync(machine, plan, time, stop);
                    return last.Outcome == BootOutcome.Reached
                        ? await ProbeAsync(machine, baseline, last, time, stop)
                        : new CheckResult(CheckFinding.NotReached, last, ProbeOutcome.DisplayOnly);
                },
                cancellationToken);
        }
        catch (MachineException e)
        {
            // Before its first screen it did not start; afterwards it ended under the probe.
            var outcome = last.Outcome == BootOutcome.CouldNotStart ? BootOutcome.CouldNotStart : BootOutcome.EmulatorCrashed;
            return new CheckResult(CheckFinding.NotReached, last with { Outcome = outcome, Message = e.Message }, ProbeOutcome.DisplayOnly);
        }
    }

    /// <summary>Waits in proportion to what it took when the baseline was learned: this host may be slower, or busy.</summary>
    internal static BootPlan Plan(Baseline baseline) => new()
    {
        Accepted = baseline.Screens,
        Patience = Longer(s_shortestPatience, baseline.ReachedAfter * 2),
        Timeout = Longer(s_shortestTimeout, baseline.ReachedAfter * 10),
        Listens = baseline.HasSound,
    };

    private static async Task<CheckResult> ProbeAsync(
        IMachine machine, Baseline baseline, BootResult boot, TimeProvider time, CancellationToken cancellationToken)
    {
        var accepted = ScreenComparer.Nearest(baseline.Screens, boot.Frames[^1].Picture, boot.Frames[^1].Text).Accepted;
        if (baseline.IsMoving && !await IsMovingAsync(machine, time, cancellationToken))
        {
            return new CheckResult(CheckFinding.StoppedMoving, boot, ProbeOutcome.DisplayOnly);
        }

        if (baseline.Scenario is { } scenario)
        {
            return await PlayAsync(machine, baseline, scenario, boot, time, cancellationToken);
        }

        var probe = ProbeOutcome.DisplayOnly;
        if (baseline.Probe is { } known)
        {
            // Twice: a busy host may let a guest sleep through a key, and one that really ignores keys ignores two.
            for (var attempt = 0; attempt < ProbeAttempts && probe != ProbeOutcome.Answered; attempt++)
            {
                var answer = await MachineProbing.TryAsync(
                    machine, known, accepted, area => MachineProbing.Overlap(area, known.Area), time, cancellationToken);
                probe = answer.IsEmpty ? ProbeOutcome.NoAnswer : ProbeOutcome.Answered;
            }
        }

        var isSilent = baseline.HasSound && boot.WasSoundHeard != true;
        return new CheckResult(
            probe == ProbeOutcome.NoAnswer ? CheckFinding.NoAnswer : isSilent ? CheckFinding.Silent : CheckFinding.Passed, boot, probe);
    }

    /// <summary>A scenario says more than a probe, and takes its place.</summary>
    private static async Task<CheckResult> PlayAsync(
        IMachine machine, Baseline baseline, Scenario scenario, BootResult boot, TimeProvider time, CancellationToken cancellationToken)
    {
        var played = await new ScenarioRun(machine, baseline.Checkpoints, time).RunAsync(scenario, cancellationToken);
        if (played.Problem is null)
        {
            return new CheckResult(baseline.HasSound && boot.WasSoundHeard != true ? CheckFinding.Silent : CheckFinding.Passed, boot, ProbeOutcome.Answered);
        }

        var seen = played.FailedCheckpoint is { } failed ? played.Seen[failed] : null;
        var shown = seen is null ? boot : boot with { Frames = [.. boot.Frames, .. seen.Frames], LastPictures = seen.LastPictures, Comparison = seen.Comparison, Message = seen.Message };
        return new CheckResult(CheckFinding.ScenarioFailed, shown, ProbeOutcome.DisplayOnly) { Checkpoint = played.FailedCheckpoint, ScenarioProblem = played.Problem };
    }

    internal static async Task<bool> IsMovingAsync(IMachine machine, TimeProvider time, CancellationToken cancellationToken)
    {
        var before = Picture.DigestOf(await machine.Watch!.CaptureAsync(cancellationToken));
        var began = time.GetTimestamp();
        while (time.GetElapsedTime(began) < s_movingPatience)
        {
            await Task.Delay(s_interval, time, cancellationToken);
            if (Picture.DigestOf(await machine.Watch.CaptureAsync(cancellationToken)) != before)
            {
                return true;
            }
        }

        return false;
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
