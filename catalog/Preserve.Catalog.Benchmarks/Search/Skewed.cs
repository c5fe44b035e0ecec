namespace Preserve.Catalog.Benchmarks.Search;

/// <summary>Picks as things are spread in the world: the n-th most frequent one about n times rarer than the first. The same for the same seed.</summary>
internal sealed class Skewed<T>
{
    private readonly IReadOnlyList<T> _values;
    private readonly double[] _sums;
    private readonly Random _random;

    public Skewed(IReadOnlyList<T> values, Random random)
    {
        (_values, _random, _sums) = (values, random, new double[values.Count]);
        var sum = 0.0;
        for (var i = 0; i < values.Count; i++)
        {
            sum += 1.0 / (i + 1);
            _sums[i] = sum;
        }
    }

    public T Next()
    {
        var at = Array.BinarySearch(_sums, _random.NextDouble() * _sums[^1]);
        return _values[Math.Min(at >= 0 ? at : ~at, _values.Count - 1)];
    }

    public IEnumerable<T> Take(int count) => Enumerable.Range(0, count).Select(_ => Next());
}
