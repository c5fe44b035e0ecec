using Preserve.Regression.Baselines;
using Preserve.Regression.Booting;
using Preserve.Regression.Learning;
using Preserve.Regression.Scenarios;
using Preserve.Regression.Verdicts;

namespace Preserve.Regression.Tests.Faults;

/// <summary>A scenario on a real guest: learned, played again, and a fault that only it can find.</summary>
public sealed class ScenarioTests
{
    private const string Text = """
        wait settle
        type "hello there"
        wait text "hello there" 20 s
        checkpoint typed
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task What_was_learned_passes_again_and_another_answer_is_found_at_its_checkpoint()
    {
        using var host = new GuestHost("echo.img");
        await host.RequireAsync();
        var baseline = await LearnAsync(host, Text);

        var unchanged = await EnvironmentCheck.RunAsync(host, baseline, TimeProvider.System, Token);
        Assert.True(unchanged.IsPassed, unchanged.Describe());

        var other = baseline with { Scenario = ScenarioParser.Parse(Text.Replace("hello there", "hello where", StringComparison.Ordinal)).Scenario };
        var check = await EnvironmentCheck.RunAsync(host, other, TimeProvider.System, Token);
        Assert.Equal((CheckFinding.ScenarioFailed, "typed"), (check.Finding, check.Checkpoint));
        Assert.Contains("Line 4", check.Describe(), StringComparison.Ordinal);
        Assert.NotEmpty(check.Boot.Comparison!.Areas);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_step_that_fails_is_told_with_its_line()
    {
        using var host = new GuestHost("echo.img");
        await host.RequireAsync();
        var baseline = await BootedAsync(host, "wait text \"never said\" 1 s\ncheckpoint end");
        var learned = await new CheckpointLearner(host, TimeProvider.System).LearnAsync(baseline, Token);
        Assert.Null(learned.Baseline);
        Assert.Contains("Line 1", learned.Problem, StringComparison.Ordinal);
        Assert.Contains("never said", learned.Problem, StringComparison.Ordinal);
    }

    private static async Task<Baseline> LearnAsync(GuestHost host, string scenario)
    {
        var learned = await new CheckpointLearner(host, TimeProvider.System).LearnAsync(await BootedAsync(host, scenario), Token);
        Assert.True(learned.Baseline is not null, learned.Problem);
        Assert.Empty(learned.Baseline!.UnlearnedCheckpoints);
        return learned.Baseline;
    }

    /// <summary>A baseline of the boot alone, without trying modes and probes as learning does.</summary>
    private static async Task<Baseline> BootedAsync(GuestHost host, string scenario)
    {
        var boot = await host.BootAsync(
            BootMode.RealTime, null, (machine, stop) => HeadlessBoot.RunAsync(machine, new BootPlan(), TimeProvider.System, stop), Token);
        return new Baseline
        {
            EnvironmentId = "guest",
            Class = BaselineClass.SmallCycle,
            Screens = [ScreenProposal.From([new ObservedBoot(boot, false)]).Screen],
            ReachedAfter = boot.WallTime,
            LearnedOn = new BuildFacts("qemu", "0", "", "", "pc"),
            LearnedAt = DateTimeOffset.UnixEpoch,
            Scenario = ScenarioParser.Parse(scenario).Scenario,
        };
    }
}
