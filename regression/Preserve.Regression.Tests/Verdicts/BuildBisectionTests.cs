using Preserve.Regression.Verdicts;

namespace Preserve.Regression.Tests.Verdicts;

public class BuildBisectionTests
{
    [Theory, InlineData(2, 1), InlineData(10, 1), InlineData(10, 5), InlineData(10, 9), InlineData(33, 17)]
    public async Task The_first_bad_build_is_named_in_few_boots(int count, int firstBad)
    {
        var tried = 0;
        var found = await BuildBisection.FindAsync([.. Enumerable.Range(0, count)], (build, _) =>
        {
            tried++;
            return Task.FromResult<bool?>(build < firstBad);
        }, TestContext.Current.CancellationToken);
        Assert.Equal((firstBad - 1, firstBad), found);
        Assert.InRange(tried, 0, (int)Math.Ceiling(Math.Log2(count)));
    }

    [Fact]
    public async Task Builds_that_cannot_be_tried_are_passed_over()
    {
        var found = await BuildBisection.FindAsync(
            [0, 1, 2, 3, 4, 5], (build, _) => Task.FromResult<bool?>(build is 2 or 3 ? null : build < 2), TestContext.Current.CancellationToken);
        Assert.Equal((1, 4), found);
    }
}
