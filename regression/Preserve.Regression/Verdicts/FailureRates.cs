namespace Preserve.Regression.Verdicts;

/// <summary>Compares how often two builds fail.</summary>
public static class FailureRates
{
    /// <summary>
    /// Fisher's exact test, one side: if both failed equally often, how likely it is that so many or more of the failures fell to the first.
    /// Five of five against none of five: 1 in 252, 0.004. One of five against none of five: 0.5, which says nothing.
    /// </summary>
    /// <param name="failed">Failures of the first.</param>
    /// <param name="boots">Boots of the first.</param>
    /// <param name="otherFailed">Failures of the other.</param>
    /// <param name="otherBoots">Boots of the other.</param>
    public static double ChanceOfAtLeast(int failed, int boots, int otherFailed, int otherBoots)
    {
        var all = failed + otherFailed;
        var chance = 0.0;
        for (var first = failed; first <= Math.Min(all, boots); first++)
        {
            chance += Choose(boots, first) * Choose(otherBoots, all - first) / Choose(boots + otherBoots, all);
        }

        return Math.Min(chance, 1);
    }

    /// <summary>
    /// The highest rate of failure that is still believable after so many passes without one, at 95 %: 20 boots without a false alarm
    /// bound its rate at 14 %, 540 at 0.55 %.
    /// </summary>
    public static double BoundAfter(int passes) => 1 - Math.Pow(0.05, 1.0 / passes);

    private static double Choose(int from, int take)
    {
        if (take < 0 || take > from)
        {
            return 0;
        }

        var ways = 1.0;
        for (var i = 1; i <= take; i++)
        {
            ways *= (from - take + i) / (double)i;
        }

        return ways;
    }
}
