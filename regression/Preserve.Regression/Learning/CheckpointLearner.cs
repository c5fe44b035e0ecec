using Preserve.Emulation.Machines;
using Preserve.Regression.Baselines;
using Preserve.Regression.Booting;
using Preserve.Regression.Scenarios;
using Preserve.Regression.Verdicts;

namespace Preserve.Regression.Learning;

/// <summary>Plays a scenario a few times and proposes what is accepted at the checkpoints that have nothing yet. The baseline is unreviewed then.</summary>
public sealed class CheckpointLearner(IBootHost host, TimeProvider time)
{
    private const int Plays = 2;

    /// <summary>The baseline with its checkpoints, or why they could not be learned.</summary>
    public async Task<LearningResult> LearnAsync(Baseline baseline, CancellationToken cancellationToken)
    {
        var plays = new List<ScenarioResult>();
        try
        {
            for (var play = 0; play < Plays; play++)
            {
                if (await PlayAsync(baseline, cancellationToken) is not { } played)
                {
                    return new LearningResult(null, "It did not boot to its accepted screen.");
                }

                if (played.Problem is { } problem)
                {
                    return new LearningResult(null, problem);
                }

                plays.Add(played);
            }
        }
        catch (MachineException e)
        {
            return new LearningResult(null, e.Message);
        }

        var checkpoints = baseline.Checkpoints.ToDictionary(entry => entry.Key, entry => entry.Value);
        foreach (var name in baseline.UnlearnedCheckpoints)
        {
            var proposal = ScreenProposal.From([.. plays.Select(play => new ObservedBoot(play.Seen[name], HasOtherClock: false))]);
            if (!proposal.HasStableContent)
            {
                return new LearningResult(null, $"Nothing on the screen of the checkpoint '{name}' is the same each time.");
            }

            checkpoints[name] = [proposal.Screen];
        }

        return new LearningResult(baseline with { Checkpoints = checkpoints, IsReviewed = false }, "");
    }

    /// <summary>Null when it did not boot as accepted.</summary>
    private Task<ScenarioResult?> PlayAsync(Baseline baseline, CancellationToken cancellationToken) => host.BootAsync(
        baseline.Mode,
        null,
        async (machine, stop) =>
        {
            var boot = await HeadlessBoot.RunAsync(machine, EnvironmentCheck.Plan(baseline), time, stop);
            return boot.Outcome == BootOutcome.Reached
                ? await new ScenarioRun(machine, baseline.Checkpoints, time).RunAsync(baseline.Scenario!, stop)
                : null;
        },
        cancellationToken);
}
