using Preserve.Emulation.Display;
using Preserve.Regression.Booting;
using Preserve.Regression.Comparison;
using Preserve.Regression.Verdicts;

namespace Preserve.Regression.Tests.Verdicts;

public class DifferenceKeyTests
{
    [Fact]
    public void Equal_differences_have_one_key_whatever_the_time_they_took() =>
        Assert.Equal(DifferenceKey.Of(Failed(40, seconds: 3)), DifferenceKey.Of(Failed(40, seconds: 9)));

    [Fact]
    public void Another_area_is_another_key() => Assert.NotEqual(DifferenceKey.Of(Failed(40)), DifferenceKey.Of(Failed(41)));

    [Fact]
    public void The_same_area_found_otherwise_is_another_key() =>
        Assert.NotEqual(DifferenceKey.Of(Failed(40)), DifferenceKey.Of(Failed(40) with { Finding = CheckFinding.NoAnswer }));

    private static CheckResult Failed(int x, int seconds = 1) => new(
        CheckFinding.NotReached,
        new BootResult
        {
            Outcome = BootOutcome.SettledElsewhere,
            WallTime = TimeSpan.FromSeconds(seconds),
            Comparison = new ScreenComparison { Rung = ComparisonRung.Different, Areas = [new DifferingArea(new Rectangle(x, 0, 9, 16), 30)] },
        },
        ProbeOutcome.DisplayOnly);
}
