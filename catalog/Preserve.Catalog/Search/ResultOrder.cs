namespace Preserve.Catalog.Search;

/// <summary>Results in order, best tier first, cut to a page.</summary>
/// <param name="view">The entries.</param>
/// <param name="request">Order, place and length of the page.</param>
/// <param name="tiers">Tiers that are known, best first.</param>
/// <param name="rest">Tier of a result that is in none of them.</param>
internal sealed class ResultOrder(SearchTable.View view, SearchRequest request, IReadOnlyList<Tier> tiers, int rest)
{
    private bool IsByYear => request.Order == SearchOrder.Year;

    /// <summary>The page, and the first result behind it where there is one.</summary>
    public List<Result> Page(EntrySet hits)
    {
        var most = request.Skip + request.Take + 1;
        var best = new PriorityQueue<Result, Result>(Comparer<Result>.Create((a, b) => Compare(b, a)));
        foreach (var id in hits.Ids)
        {
            // An entry may have gone since the results were counted.
            if (view.Find(id) is not { } entry || new Result(entry, TierOf(id)) is var hit && request.After is { } place && Compare(hit, place) <= 0)
            {
                continue;
            }

            if (best.Count < most)
            {
                best.Enqueue(hit, hit);
            }
            else if (Compare(hit, best.Peek()) < 0)
            {
                best.EnqueueDequeue(hit, hit);
            }
        }

        var page = new List<Result>(best.Count);
        while (best.TryDequeue(out var result, out _))
        {
            page.Add(result);
        }

        page.Reverse();
        return [.. page.Skip(request.Skip)];
    }

    /// <summary>The place behind a result.</summary>
    public SearchPlace Place(Result result) => new(result.Tier, Number(result.Entry), Title(result.Entry), result.Entry.Name);

    private int TierOf(int id)
    {
        foreach (var (rank, ids) in tiers)
        {
            if (ids.Contains(id))
            {
                return rank;
            }
        }

        return rest;
    }

    private long Number(TableEntry entry) => IsByYear ? entry.Year : -entry.CreatedAt;

    private string Title(TableEntry entry) => IsByYear ? entry.Title : "";

    private int Compare(Result a, Result b) => Compare(a, b.Tier, Number(b.Entry), Title(b.Entry), b.Entry.Name);

    private int Compare(Result hit, SearchPlace place) => Compare(hit, place.Tier, place.Number, place.Title, place.Name);

    private int Compare(Result hit, int tier, long number, string title, string name)
    {
        var result = hit.Tier.CompareTo(tier);
        result = result != 0 ? result : Number(hit.Entry).CompareTo(number);
        result = result != 0 ? result : string.CompareOrdinal(Title(hit.Entry), title);
        return result != 0 ? result : string.CompareOrdinal(hit.Entry.Name, name);
    }

    /// <summary>A result and how good it is, 0 best.</summary>
    internal readonly record struct Result(TableEntry Entry, int Tier);
}
