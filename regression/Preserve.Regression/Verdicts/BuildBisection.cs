namespace Preserve.Regression.Verdicts;

/// <summary>Finds the first bad one of several builds.</summary>
public static class BuildBisection
{
    /// <summary>The neighbours between which it broke; builds that could not be tried may lie between them.</summary>
    /// <param name="builds">Oldest first; the first is known to be good and the last to be bad.</param>
    /// <param name="isGoodAsync">Tries a build; null when it cannot tell.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="ArgumentException">Fewer than two builds.</exception>
    public static async Task<(T LastGood, T FirstBad)> FindAsync<T>(
        IReadOnlyList<T> builds, Func<T, CancellationToken, Task<bool?>> isGoodAsync, CancellationToken cancellationToken)
    {
        if (builds.Count < 2)
        {
            throw new ArgumentException("There must be a good and a bad build.", nameof(builds));
        }

        var left = builds.ToList();
        while (left.Count > 2)
        {
            var middle = left.Count / 2;
            switch (await isGoodAsync(left[middle], cancellationToken))
            {
                case true:
                    left.RemoveRange(0, middle);
                    break;
                case false:
                    left.RemoveRange(middle + 1, left.Count - middle - 1);
                    break;
                default:
                    left.RemoveAt(middle);
                    break;
            }
        }

        return (left[0], left[1]);
    }
}
