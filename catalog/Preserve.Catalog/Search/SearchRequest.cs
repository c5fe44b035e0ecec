using System.Linq.Expressions;
using Preserve.Catalog.Exhibits;

namespace Preserve.Catalog.Search;

/// <summary>What is searched for.</summary>
public enum SearchSubject
{
    Objects,
    Exhibits,
}

/// <summary>In which order results come; those of a search come best first, and in this order where they are equally good.</summary>
public enum SearchOrder
{
    /// <summary>Oldest work first, the undated last; then by title.</summary>
    Year,

    /// <summary>What was brought in last comes first.</summary>
    Newest,
}

/// <summary>A search, or without words a list.</summary>
public sealed record SearchRequest
{
    /// <summary>Most results of one answer.</summary>
    public const int MostResults = 200;

    public required SearchSubject Subject { get; init; }

    /// <summary>
    /// The access decision about exhibits: what it does not open is neither found nor counted, and an object is there with an exhibit that is
    /// open. Null for everything, with the facets that are for curators.
    /// </summary>
    public required Expression<Func<Exhibit, bool>>? Open { get; init; }

    /// <summary>Ids of objects that are open by themselves to whoever asks, beside those with an open exhibit; null for none.</summary>
    public Func<CatalogContext, IQueryable<string>>? OpenObjects { get; init; }

    /// <summary>As typed; null or empty for a list.</summary>
    public string? Text { get; init; }

    /// <summary>At most one value of each kind; results have all of them.</summary>
    public IReadOnlyDictionary<FacetKind, string> Filters { get; init; } = new Dictionary<FacetKind, string>();

    public SearchOrder Order { get; init; }

    /// <summary>Continue behind it; null for the beginning.</summary>
    public SearchPlace? After { get; init; }

    /// <summary>Results to leave out, from 0. For lists that are scrolled; links use <see cref="After"/>.</summary>
    public int Skip { get; init; }

    /// <summary>1 to <see cref="MostResults"/>.</summary>
    public required int Take { get; init; }
}

/// <summary>A part of the results.</summary>
public sealed record SearchPage
{
    /// <summary>Of an archive in which there is nothing.</summary>
    public static SearchPage Nothing { get; } = new()
    {
        Names = [], Total = 0, TotalUnfiltered = 0, FirstYear = null, LastYear = null, Facets = new Dictionary<FacetKind, IReadOnlyList<FacetCount>>(), Next = null, IsNear = false,
    };

    /// <summary>Ids of objects, or slugs of exhibits, in order.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>All results, on this page or not.</summary>
    public required int Total { get; init; }

    /// <summary>Results without the filters: what the words alone found.</summary>
    public required int TotalUnfiltered { get; init; }

    /// <summary>First year of all results; null when none has a year.</summary>
    public required int? FirstYear { get; init; }

    /// <summary>Last year of all results; null when none has a year.</summary>
    public required int? LastYear { get; init; }

    /// <summary>By kind, the most frequent first, decades in order; at most <see cref="SearchTally.MostValues"/> of a kind.</summary>
    public required IReadOnlyDictionary<FacetKind, IReadOnlyList<FacetCount>> Facets { get; init; }

    /// <summary>Where the next page begins; null on the last.</summary>
    public required SearchPlace? Next { get; init; }

    /// <summary>Nothing has the words as they were typed; these have words that are nearly the same.</summary>
    public required bool IsNear { get; init; }
}
