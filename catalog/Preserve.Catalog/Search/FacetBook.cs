namespace Preserve.Catalog.Search;

/// <summary>Numbers for values of facets, from 0. Grows; a value keeps its number.</summary>
internal sealed class FacetBook
{
    private readonly Dictionary<(FacetKind, string), int> _numbers = [];
    private readonly List<Facet> _facets = [];

    public int Count => _facets.Count;

    public Facet this[int number] => _facets[number];

    /// <summary>-1 for a value that no entry has.</summary>
    public int Find(FacetKind kind, string value) => _numbers.TryGetValue((kind, value), out var number) ? number : -1;

    public int[] Numbers(IReadOnlyList<string> facets)
    {
        var numbers = new int[facets.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            var facet = Facet.Read(facets[i]);
            if (!_numbers.TryGetValue((facet.Kind, facet.Value), out var number))
            {
                number = _facets.Count;
                _facets.Add(facet);
                _numbers.Add((facet.Kind, facet.Value), number);
            }

            numbers[i] = number;
        }

        return numbers;
    }
}
