using Microsoft.OpenApi;
using Preserve.Catalog.Search;
using Preserve.Web.Searching;

namespace Preserve.Web.Api;

/// <summary>A page of a list.</summary>
/// <param name="Items">In order.</param>
/// <param name="Total">All that the search and its filters found, on this page or not.</param>
/// <param name="IsNear">Nothing has the words as they were sent; these have words that differ by a letter or two.</param>
/// <param name="Facets">By name of the parameter, each value with the number of results that have it and all filters of other names.</param>
/// <param name="Next">Path of the next page; null on the last.</param>
public sealed record ListAnswer<T>(
    IReadOnlyList<T> Items, int Total, bool IsNear, IReadOnlyDictionary<string, IReadOnlyList<FacetCount>> Facets, string? Next);

/// <summary>Makes <see cref="ListAnswer{T}"/>, and tells OpenAPI what lists take.</summary>
public static class ListAnswer
{
    public static ListAnswer<T> Of<T>(IReadOnlyList<T> items, SearchPage page, SearchAddress asked, string path) => new(
        items, page.Total, page.IsNear,
        page.Facets.OrderBy(facet => facet.Key).ToDictionary(facet => SearchAddress.Names[facet.Key], facet => facet.Value),
        page.Next is { } next ? (asked with { After = next }).Link(path) : null);

    /// <summary>Documents the query of a list.</summary>
    public static RouteHandlerBuilder TakesSearch(this RouteHandlerBuilder route, bool isForCurators) => route.AddOpenApiOperationTransformer((operation, _, _) =>
    {
        var facets = SearchAddress.Names.Where(facet => isForCurators || !Facet.IsForCurators(facet.Key))
            .Select(facet => (facet.Value, Facet.IsForCurators(facet.Key) ? "For curators: only results with this value." : "Only results with this value; values are in 'facets'."));
        operation.Parameters ??= [];
        foreach (var (name, words) in facets
            .Prepend(("q", $"Words to find, at most {SearchQuery.LongestText} characters. The beginning of a word is enough; case and accents do not matter."))
            .Append(("limit", $"1 to {SearchRequest.MostResults}; {SearchAddress.DefaultLimit} when missing."))
            .Append(("after", "A place in the list, from 'next' of the page before.")))
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = name, In = ParameterLocation.Query, Description = words,
                Schema = new OpenApiSchema { Type = name == "limit" ? JsonSchemaType.Integer : JsonSchemaType.String },
            });
        }

        return Task.CompletedTask;
    });
}
