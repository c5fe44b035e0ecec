using Preserve.Catalog.Exhibits;
using Preserve.Catalog.Objects;
using Preserve.Catalog.Rights;

namespace Preserve.Catalog.Search;

/// <summary>What an object and its exhibits are found by. Nothing goes into a document that its page or its answer does not show to whom it is open.</summary>
internal static class EntryWriter
{
    /// <summary>The words of an object: all that the API tells of it. Its machines are not among them: not all are on show.</summary>
    public static SearchDocument Document(PreservedObject one, SearchSource source) => SearchDocument.Of(
        [one.Title],
        [.. one.Creators, one.Id, .. source.Identifiers[one.Id], one.Date, .. source.Formats[one.Id].Select(format => format.Puid)],
        [one.Description, .. AboutMedia(one, source)]);

    /// <summary>The words of an exhibit: its own, its machines', and those of its object.</summary>
    public static SearchDocument Document(Exhibit exhibit, PreservedObject one, SearchSource source) => SearchDocument.Of(
        [exhibit.Title],
        [one.Title, .. one.Creators, exhibit.Slug, .. source.Identifiers[one.Id], one.Date],
        [exhibit.LabelText, .. exhibit.TryThis, .. source.Shown[exhibit.Id].SelectMany(Machine), one.Description, .. AboutMedia(one, source)]);

    public static void Fill(SearchEntry entry, PreservedObject one, SearchSource source)
    {
        Fill(entry, one, one.Id, one.Title, one.CreatedAt);
        entry.Facets = Facets(
        [
            .. OfObject(one, source),
            .. source.Machines[one.Id].Select(Platform),
            State(one, source),
            .. Rights(one, source),
        ]);
    }

    public static void Fill(SearchEntry entry, Exhibit exhibit, PreservedObject one, SearchSource source)
    {
        Fill(entry, one, exhibit.Slug, exhibit.Title, exhibit.CreatedAt);
        entry.Facets = Facets([.. OfObject(one, source), .. source.Shown[exhibit.Id].Select(Platform)]);
    }

    private static void Fill(SearchEntry entry, PreservedObject one, string name, string title, long createdAt)
    {
        entry.Name = name;
        entry.Title = SearchWords.Cut(SearchWords.Key(title), SearchEntry.LongestTitle);
        entry.Year = Years.Of(one.Date);
        entry.CreatedAt = createdAt;
        entry.IsGone = false;
    }

    private static IEnumerable<string> AboutMedia(PreservedObject one, SearchSource source) =>
    [
        .. source.Media[one.Id].Select(medium => medium.Label),
        .. source.Media[one.Id].Select(medium => medium.Kind).Distinct(),
        .. source.Formats[one.Id].Select(format => format.Name),
        .. source.FileNames[one.Id],
    ];

    private static IEnumerable<string> Machine(SourceMachine machine) => [machine.Title, machine.Architecture, PlatformWords.Of(machine.Architecture)];

    private static IEnumerable<Facet> OfObject(PreservedObject one, SearchSource source) =>
    [
        Facet.OfYear(Years.Of(one.Date)),
        .. one.Creators.Select(creator => new Facet(FacetKind.Creator, SearchWords.Key(creator), creator)).Where(facet => facet.Value.Length > 0),
        .. source.Formats[one.Id].Select(Format).Where(facet => facet.Value.Length > 0),
    ];

    private static Facet Format(SourceFormat format) => format.Puid.Length > 0
        ? new Facet(FacetKind.Format, format.Puid, format.Name.Length > 0 ? $"{format.Name} ({format.Puid})" : format.Puid)
        : new Facet(FacetKind.Format, format.Name, format.Name);

    private static Facet Platform(SourceMachine machine) => new(FacetKind.Platform, machine.Architecture, PlatformWords.Of(machine.Architecture));

    // What is stated of the object, and in a curator's own words why an exhibit may be shown.
    private static IEnumerable<Facet> Rights(PreservedObject one, SearchSource source) =>
        source.Rights[one.Id].Select(basis => new Facet(FacetKind.Rights, basis.ToString().ToLowerInvariant(), RightsWords.BasisOf(basis)))
            .Concat(source.Exhibits[one.Id].Select(exhibit => exhibit.RightsBasis).OfType<string>().Where(basis => basis.Length > 0)
                .Select(basis => new Facet(FacetKind.Rights, basis, basis)))
            .DefaultIfEmpty(new Facet(FacetKind.Rights, "none stated", "None stated"));

    private static Facet State(PreservedObject one, SearchSource source)
    {
        var (value, label) = one switch
        {
            { PurgedAt: not null } => ("purged", "Purged"),
            { WithdrawnAt: not null } => ("withdrawn", "Withdrawn"),
            _ when source.Exhibits[one.Id].Any(exhibit => exhibit.IsPublished) => ("published", "Published"),
            _ when source.Exhibits[one.Id].Any() => ("draft", "Exhibit not published"),
            _ => ("unexhibited", "No exhibit"),
        };
        return new Facet(FacetKind.State, value, label);
    }

    // A thousand files may be of a thousand formats; an entry says a hundred of each kind.
    private static List<string> Facets(IEnumerable<Facet> facets) =>
        [.. facets.DistinctBy(facet => (facet.Kind, facet.Value)).GroupBy(facet => facet.Kind).SelectMany(kind => kind.Take(100)).Select(facet => facet.Write())];
}
