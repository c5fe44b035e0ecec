using Preserve.Regression.Verdicts;

namespace Preserve.Regression.Tests.Verdicts;

public class FailureRatesTests
{
    [Theory]
    [InlineData(5, 5, 0, 5, 0.00397)]
    [InlineData(1, 5, 0, 5, 0.5)]
    [InlineData(0, 5, 0, 5, 1.0)]
    [InlineData(3, 5, 2, 5, 0.5)]
    [InlineData(7, 20, 0, 20, 0.00416)]
    public void The_chance_is_that_of_Fishers_exact_test(int failed, int boots, int otherFailed, int otherBoots, double chance) =>
        Assert.Equal(chance, FailureRates.ChanceOfAtLeast(failed, boots, otherFailed, otherBoots), 4);

    [Theory, InlineData(20, 0.139), InlineData(540, 0.0055)]
    public void So_many_passes_bound_the_rate_of_failure(int passes, double bound) => Assert.Equal(bound, FailureRates.BoundAfter(passes), 3);
}
