using Preserve.Catalog.Search;
using Preserve.Web.Exhibits;

namespace Preserve.Web.Searching;

/// <summary>A page of exhibits with what the whole list has.</summary>
public sealed record FoundExhibits(IReadOnlyList<ExhibitView> Exhibits, SearchPage Page);
