using System.Text;
using Preserve.Catalog.Search;

namespace Preserve.Web.Searching;

/// <summary>A search as the query of an address has it: <c>q</c>, the facets, <c>after</c>, <c>limit</c>. Read, and written again with something changed.</summary>
public sealed record SearchAddress
{
    /// <summary>Facets as addresses name them.</summary>
    public static readonly IReadOnlyDictionary<FacetKind, string> Names = new Dictionary<FacetKind, string>
    {
        [FacetKind.Era] = "era", [FacetKind.Platform] = "platform", [FacetKind.Creator] = "creator", [FacetKind.Format] = "format",
        [FacetKind.State] = "state", [FacetKind.Rights] = "rights",
    };

    public const int DefaultLimit = 50;

    /// <summary>As typed, without space around it.</summary>
    public string Text { get; init; } = "";

    public IReadOnlyDictionary<FacetKind, string> Filters { get; init; } = new Dictionary<FacetKind, string>();

    public SearchPlace? After { get; init; }

    /// <summary>1 to <see cref="SearchRequest.MostResults"/>.</summary>
    public int Limit { get; init; } = DefaultLimit;

    public bool IsNarrowed => Text.Length > 0 || Filters.Count > 0;

    /// <summary>Reads a query; what cannot be used is said, and left out.</summary>
    /// <param name="query">Of an address; other names in it are not looked at.</param>
    /// <param name="isCurator">Whether facets for curators may be used.</param>
    public static (SearchAddress Address, IReadOnlyList<string> Problems) Read(IQueryCollection query, bool isCurator)
    {
        var problems = new List<string>();
        var filters = new Dictionary<FacetKind, string>();
        foreach (var (kind, name) in Names)
        {
            if (One(query, name, Facet.Longest, problems) is { Length: > 0 } value)
            {
                if (Problem(kind, value, isCurator) is { } wrong)
                {
                    problems.Add(wrong);
                }
                else
                {
                    filters[kind] = value;
                }
            }
        }

        var address = new SearchAddress
        {
            Text = One(query, "q", SearchQuery.LongestText, problems)?.Trim() ?? "",
            Filters = filters,
            After = Place(One(query, "after", SearchPlace.Longest, problems), problems),
            Limit = ReadLimit(One(query, "limit", 10, problems), problems),
        };
        return (address, problems);
    }

    public SearchRequest ToRequest(SearchSubject subject, System.Linq.Expressions.Expression<Func<Catalog.Exhibits.Exhibit, bool>>? open, SearchOrder order) =>
        new() { Subject = subject, Open = open, Text = Text, Filters = Filters, Order = order, After = After, Take = Limit };

    /// <summary>The same with another value of one facet, or with none, from the beginning.</summary>
    public SearchAddress With(FacetKind kind, string? value)
    {
        var filters = new Dictionary<FacetKind, string>(Filters);
        filters.Remove(kind);
        if (value is not null)
        {
            filters[kind] = value;
        }

        return this with { Filters = filters, After = null };
    }

    /// <summary>A link. The same search is always the same link.</summary>
    /// <param name="path">Without a query.</param>
    public string Link(string path)
    {
        var link = new StringBuilder(path);
        void Add(string name, string value) => link.Append(link.Length == path.Length ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        if (Text.Length > 0)
        {
            Add("q", Text);
        }

        foreach (var (kind, value) in Filters.OrderBy(filter => filter.Key))
        {
            Add(Names[kind], value);
        }

        if (Limit != DefaultLimit)
        {
            Add("limit", $"{Limit}");
        }

        if (After is { } after)
        {
            Add("after", after.Write());
        }

        return link.ToString();
    }

    private static string? One(IQueryCollection query, string name, int longest, List<string> problems)
    {
        var values = query[name];
        if (values.Count > 1)
        {
            problems.Add($"'{name}' is given {values.Count} times; give it once.");
            return null;
        }

        if (values.Count == 1 && values[0] is { } value && value.Length > longest)
        {
            problems.Add($"'{name}' has {value.Length} characters; it may have {longest}.");
            return null;
        }

        return values.Count == 1 ? values[0] : null;
    }

    private static string? Problem(FacetKind kind, string value, bool isCurator)
    {
        if (Facet.IsForCurators(kind) && !isCurator)
        {
            return $"'{Names[kind]}' can be asked for by curators only; leave it out, or sign in.";
        }

        var isEra = value == Facet.Undated || (value.Length == 4 && value.All(char.IsAsciiDigit) && value[3] == '0');
        return kind == FacetKind.Era && !isEra ? $"'era' is the first year of a decade, such as 1980, or '{Facet.Undated}'." : null;
    }

    private static SearchPlace? Place(string? text, List<string> problems)
    {
        var place = string.IsNullOrEmpty(text) ? null : SearchPlace.Read(text);
        if (place is null && !string.IsNullOrEmpty(text))
        {
            problems.Add("'after' is not a place in a list; take it from the 'next' of the page before, or leave it out.");
        }

        return place;
    }

    private static int ReadLimit(string? text, List<string> problems)
    {
        if (string.IsNullOrEmpty(text))
        {
            return DefaultLimit;
        }

        if (int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var limit)
            && limit is >= 1 and <= SearchRequest.MostResults)
        {
            return limit;
        }

        problems.Add($"'limit' is a number from 1 to {SearchRequest.MostResults}.");
        return DefaultLimit;
    }
}
