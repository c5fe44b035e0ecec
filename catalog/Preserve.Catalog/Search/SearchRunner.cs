using System.Runtime.InteropServices;

namespace Preserve.Catalog.Search;

/// <summary>One search over the entries in memory: who may see what, tiers, filters, counts, order and page.</summary>
internal sealed class SearchRunner(SearchTable.View view, SearchRequest request, OpenEntries? open, IReadOnlyList<Tier>? tiers, bool isNear)
{
    /// <summary>Most values of a facet that are told, beside the one that is filtered by.</summary>
    public const int MostValues = 30;

    private const byte NotFound = byte.MaxValue;
    private static readonly FacetKind[] Kinds = Enum.GetValues<FacetKind>();

    private readonly int[] _wanted = new int[Kinds.Length];
    private readonly int[] _counts = new int[view.Book.Count];
    private readonly List<Hit> _hits = [];
    private int _unfiltered;
    private int _total;
    private int _firstYear = int.MaxValue;
    private int _lastYear = int.MinValue;

    public SearchPage Run()
    {
        foreach (var kind in Kinds)
        {
            _wanted[(int)kind] = request.Filters.TryGetValue(kind, out var value) ? view.Book.Find(kind, value) : int.MinValue;
        }

        var tierOf = tiers is null ? null : TierOf(tiers);
        if (open is null)
        {
            LookAtEverything(tierOf);
        }
        else
        {
            LookAtWhatIsOpen(tierOf, open);
        }

        var page = Page();
        return new SearchPage
        {
            Names = [.. page.Take(request.Take).Select(hit => hit.Entry.Name)],
            Total = _total,
            TotalUnfiltered = _unfiltered,
            FirstYear = _firstYear <= _lastYear ? _firstYear : null,
            LastYear = _firstYear <= _lastYear ? _lastYear : null,
            Facets = Facets(),
            Next = page.Count > request.Take ? Place(page[request.Take - 1]) : null,
            IsNear = isNear && _unfiltered > 0,
        };
    }

    private byte[] TierOf(IReadOnlyList<Tier> found)
    {
        var tierOf = new byte[view.IdBound];
        Array.Fill(tierOf, NotFound);
        foreach (var (rank, ids) in found)
        {
            foreach (var id in ids.Where(id => id < tierOf.Length))
            {
                tierOf[id] = (byte)rank;
            }
        }

        return tierOf;
    }

    private void LookAtEverything(byte[]? tierOf)
    {
        if (tiers is { Count: > 0 })
        {
            // The worst tier contains all others.
            foreach (var id in tiers[0].Ids)
            {
                if (view.Find(id) is { } entry && entry.ExhibitId is null == (request.Subject == SearchSubject.Objects))
                {
                    LookAt(entry, tierOf!, entry.Facets);
                }
            }
        }
        else if (tiers is null && request.Subject == SearchSubject.Objects)
        {
            foreach (var entry in view.Objects)
            {
                LookAt(entry, null, entry.Facets);
            }
        }
    }

    private void LookAtWhatIsOpen(byte[]? tierOf, OpenEntries entries)
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
                LookAt(exhibit, tierOf, exhibit.Facets);
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
                LookAt(entry, tierOf, [.. entry.Facets.Where(facet => view.Book[facet].Kind is FacetKind.Era or FacetKind.Creator or FacetKind.Format), .. shown.Distinct()]);
            }
        }
    }

    // Each kind is counted under the filters of the others, so that its other values can be chosen instead.
    private void LookAt(TableEntry entry, byte[]? tierOf, int[] facets)
    {
        var tier = tierOf is null ? (byte)0 : tierOf[entry.Id];
        if (tier == NotFound)
        {
            return;
        }

        _unfiltered++;
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
            _total++;
            if (entry.Year != int.MaxValue)
            {
                (_firstYear, _lastYear) = (Math.Min(_firstYear, entry.Year), Math.Max(_lastYear, entry.Year));
            }

            _hits.Add(new Hit(entry, tier));
        }
    }

    private List<Hit> Page()
    {
        var after = request.After is { } place ? _hits.Where(hit => Compare(hit, place) > 0) : _hits;
        var most = request.Skip + request.Take + 1;
        var best = new PriorityQueue<Hit, Hit>(Comparer<Hit>.Create((a, b) => Compare(b, a)));
        foreach (var hit in after)
        {
            if (best.Count < most)
            {
                best.Enqueue(hit, hit);
            }
            else if (Compare(hit, best.Peek()) < 0)
            {
                best.EnqueueDequeue(hit, hit);
            }
        }

        var page = new List<Hit>(best.Count);
        while (best.TryDequeue(out var hit, out _))
        {
            page.Add(hit);
        }

        page.Reverse();
        return [.. page.Skip(request.Skip)];
    }

    private bool IsByYear => request.Order == SearchOrder.Year;

    private long Number(TableEntry entry) => IsByYear ? entry.Year : -entry.CreatedAt;

    private SearchPlace Place(Hit hit) => new(hit.Tier, Number(hit.Entry), Title(hit.Entry), hit.Entry.Name);

    private string Title(TableEntry entry) => IsByYear ? entry.Title : "";

    private int Compare(Hit a, Hit b) => Compare(a, b.Tier, Number(b.Entry), Title(b.Entry), b.Entry.Name);

    private int Compare(Hit hit, SearchPlace place) => Compare(hit, place.Tier, place.Number, place.Title, place.Name);

    private int Compare(Hit hit, int tier, long number, string title, string name)
    {
        var result = ((int)hit.Tier).CompareTo(tier);
        result = result != 0 ? result : Number(hit.Entry).CompareTo(number);
        result = result != 0 ? result : string.CompareOrdinal(Title(hit.Entry), title);
        return result != 0 ? result : string.CompareOrdinal(hit.Entry.Name, name);
    }

    private Dictionary<FacetKind, IReadOnlyList<FacetCount>> Facets()
    {
        var found = new List<(int Number, Facet Facet, int Count)>();
        for (var number = 0; number < _counts.Length; number++)
        {
            if (_counts[number] > 0)
            {
                found.Add((number, view.Book[number], _counts[number]));
            }
        }

        return found.GroupBy(one => one.Facet.Kind).ToDictionary(kind => kind.Key, kind => Values(kind.Key, kind));
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

    private readonly record struct Hit(TableEntry Entry, byte Tier);
}
