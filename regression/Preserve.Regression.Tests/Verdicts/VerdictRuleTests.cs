using Preserve.Regression.Verdicts;

namespace Preserve.Regression.Tests.Verdicts;

public class VerdictRuleTests
{
    [Fact]
    public void One_boot_that_passes_is_enough() => Assert.Equal((Verdict.Passed, 1, 0), Judge(_ => true, _ => true));

    [Fact]
    public void Fail_fail_pass_is_a_regression_of_the_emulator() =>
        Assert.Equal((Verdict.EmulatorRegression, 2, 1), Judge(_ => false, _ => true));

    [Fact]
    public void Failing_everywhere_is_no_regression_of_the_emulator() =>
        Assert.Equal((Verdict.ChangedEverywhere, 2, 2), Judge(_ => false, _ => false));

    [Fact]
    public void Without_another_build_a_failure_is_not_blamed_on_the_emulator() =>
        Assert.Equal((Verdict.ChangedEverywhere, 2, 0), Judge(_ => false, null));

    [Fact]
    public void One_failure_that_does_not_come_again_on_either_build_is_a_flake()
    {
        var (verdict, boots, references) = Judge(boot => boot != 0, _ => true);
        Assert.Equal(Verdict.Flaky, verdict);
        Assert.True(boots >= VerdictRule.LeastBoots && references >= VerdictRule.LeastBoots);
    }

    [Fact]
    public void A_build_that_fails_a_third_of_the_time_where_the_other_never_does_has_a_raised_rate()
    {
        var (verdict, boots, references) = Judge(boot => boot % 3 != 0, _ => true);
        Assert.Equal(Verdict.RaisedFailureRate, verdict);
        Assert.Equal(boots, references);
    }

    [Fact]
    public void An_environment_known_to_fail_now_and_then_is_booted_on_both_builds_in_turn()
    {
        var order = new List<BootOn>();
        var verdict = Run(_ => true, _ => true, true, true, order);
        Assert.Equal((Verdict.Passed, 5, 5), verdict);
        Assert.Equal([.. Enumerable.Repeat<BootOn[]>([BootOn.Candidate, BootOn.Reference], 5).SelectMany(pair => pair)], order);
    }

    [Fact]
    public void Two_builds_that_fail_equally_often_are_flaky_and_not_a_regression() =>
        Assert.Equal(Verdict.Flaky, Judge(boot => boot % 3 != 0, boot => boot % 3 != 1).Verdict);

    [Fact]
    public void A_known_flake_that_now_always_fails_on_one_build_only_is_a_regression() =>
        Assert.Equal(Verdict.EmulatorRegression, Run(_ => false, _ => true, true, true, []).Verdict);

    /// <summary>Every sequence of results ends, within the bound.</summary>
    [Fact]
    public void Whatever_the_boots_do_there_is_a_verdict_in_the_end()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var (rate, otherRate) = (random.NextDouble(), random.NextDouble());
            var (_, boots, references) = Run(_ => random.NextDouble() > rate, _ => random.NextDouble() > otherRate, seed % 3 != 0, seed % 2 == 0, []);
            Assert.InRange(boots, 1, VerdictRule.MostBoots);
            Assert.InRange(references, 0, VerdictRule.MostBoots);
        }
    }

    private static (Verdict Verdict, int Boots, int References) Judge(Func<int, bool> candidate, Func<int, bool>? reference) =>
        Run(candidate, reference ?? (_ => throw new InvalidOperationException("There is no other build.")), reference is not null, false, []);

    private static (Verdict Verdict, int Boots, int References) Run(
        Func<int, bool> candidate, Func<int, bool> reference, bool hasReference, bool hasFlakes, List<BootOn> order)
    {
        var (candidates, references) = (new List<bool>(), new List<bool>());
        while (true)
        {
            var step = VerdictRule.Next(candidates, references, hasReference, hasFlakes);
            if (step.Verdict is { } verdict)
            {
                return (verdict, candidates.Count, references.Count);
            }

            order.Add(step.Boot!.Value);
            (step.Boot == BootOn.Candidate ? candidates : references).Add(
                step.Boot == BootOn.Candidate ? candidate(candidates.Count) : reference(references.Count));
        }
    }
}
