using System.Runtime.InteropServices;

namespace Preserve.Catalog.Search;

/// <summary>Which entries a search comes to, and how many by facet: who may see what, words, filters. Their order is <see cref="ResultOrder"/>'s.</summary>
/// <param name="view">The entries.</param>
/// <param name="request">Subject and filters.</param>
/// <param name="open">What is open to whoever asks; null for everything.</param>
/// <param name="found">Entries that have the words; null where there are none to have.</param>
internal sealed class SearchTally(SearchTable.View view, SearchRequest request, OpenEntries? open, EntrySet? found)
{
    /// <summary>Most values of a facet that are told, beside the one that is filtered by.</summary>
    public const int MostValues = 30;

    private static readonly FacetKind[] Kinds = Enum.GetValues<FacetKind>();

    private readonly int[] _wanted = new int[Kinds.Length];
    private readonly int[] _counts = new int[view.Book.Count];
    private int _firstYear = int.MaxValue;
    private int _lastYear = int.MinValue;

    /// <summary>The results.</summary>
    public EntrySet Hits { get; } = new();

    /// <summary>Results without the filters.</summary>
    public int Unfiltered { get; private set; }

    public int? FirstYear => _firstYear <= _lastYear ? _firstYear : null;

    public int? LastYear => _firstYear <= _lastYear ? _lastYear : null;

    public IReadOnlyDictionary<FacetKind, IReadOnlyList<FacetCount>> Facets { get; private set; } = SearchPage.Nothing.Facets;

    public SearchTally Count()
    {
        foreach (var kind in Kinds)
        {
            _wanted[(int)kind] = request.Filters.TryGetValue(kind, out var value) ? view.Book.Find(kind, value) : int.MinValue;
        }

        if (open is null)
        {
            LookAtEverything();
        }
        else
        {
            LookAtWhatIsOpen(open);
        }

        Facets = FacetCounts();
        return this;
    }

    private void LookAtEverything()
    {
        if (found is not null)
        {
            foreach (var id in found.Ids)
            {
                if (view.Find(id) is { } entry && entry.ExhibitId is null == (request.Subject == SearchSubject.Objects))
                {
                    LookAt(entry, entry.Facets);
                }
            }
        }
        else if (request.Subject == SearchSubject.Objects)
        {
            foreach (var entry in view.Objects)
            {
                LookAt(entry, entry.Facets);
            }
        }
    }

    private void LookAtWhatIsOpen(OpenEntries entries)
    {
        var platforms = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        foreach (var id in entries.Exhibits)
        {
            if (view.FindExhibit(id) is not { } exhibit)
            {
                continue;
            }

            if (request.Subject == SearchSubject.Exhibits)
            {
                LookAt(exhibit, exhibit.Facets);
                continue;
            }

            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(platforms, exhibit.ObjectId, out _);
            (known ??= []).AddRange(exhibit.Facets.Where(facet => view.Book[facet].Kind == FacetKind.Platform));
        }

        foreach (var id in entries.Objects)
        {
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(platforms, id, out _);
            known ??= [];
        }

        foreach (var (id, shown) in platforms)
        {
            // An object runs, for whoever sees its open exhibits, on the machines of these.
            if (view.FindObject(id) is { } entry)
            {
                LookAt(entry, [.. entry.Facets.Where(facet => view.Book[facet].Kind is FacetKind.Era or FacetKind.Creator or FacetKind.Format), .. shown.Distinct()]);
            }
        }
    }

    // Each kind is counted under the filters of the others, so that its other values can be chosen instead.
    private void LookAt(TableEntry entry, int[] facets)
    {
        if (found is not null && !found.Contains(entry.Id))
        {
            return;
        }

        Unfiltered++;
        var missing = -1;
        for (var kind = 0; kind < _wanted.Length; kind++)
        {
            if (_wanted[kind] != int.MinValue && Array.IndexOf(facets, _wanted[kind]) < 0)
            {
                if (missing >= 0)
                {
                    return;
                }

                missing = kind;
            }
        }

        foreach (var facet in facets)
        {
            if (missing < 0 || (int)view.Book[facet].Kind == missing)
            {
                _counts[facet]++;
            }
        }

        if (missing < 0)
        {
            Hits.Add(entry.Id);
            if (entry.Year != int.MaxValue)
            {
                (_firstYear, _lastYear) = (Math.Min(_firstYear, entry.Year), Math.Max(_lastYear, entry.Year));
            }
        }
    }

    private Dictionary<FacetKind, IReadOnlyList<FacetCount>> FacetCounts()
    {
        var counted = new List<(int Number, Facet Facet, int Count)>();
        for (var number = 0; number < _counts.Length; number++)
        {
            if (_counts[number] > 0)
            {
                counted.Add((number, view.Book[number], _counts[number]));
            }
        }

        return counted.GroupBy(one => one.Facet.Kind).ToDictionary(kind => kind.Key, kind => Values(kind.Key, kind));
    }

    private IReadOnlyList<FacetCount> Values(FacetKind kind, IEnumerable<(int Number, Facet Facet, int Count)> values)
    {
        var ordered = kind == FacetKind.Era
            ? values.OrderBy(one => one.Facet.Value, StringComparer.Ordinal)
            : values.OrderByDescending(one => one.Count).ThenBy(one => one.Facet.Label, StringComparer.OrdinalIgnoreCase);
        var told = 0;
        return [.. ordered.Where(one => told++ < MostValues || one.Number == _wanted[(int)kind])
            .Select(one => new FacetCount(one.Facet.Value, one.Facet.Label, one.Count))];
    }
}
