using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Exhibits;
using Preserve.Catalog.Objects;
using Preserve.Catalog.Search;
using Preserve.Catalog.Tests.Engines;

namespace Preserve.Catalog.Tests.Search;

/// <summary>Objects to be found, and short ways to look for them.</summary>
internal static class SearchRows
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task ChangeAsync(this TestCatalog catalog, Action<CatalogContext> change)
    {
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        change(context);
        await context.SaveChangesAsync(Cancellation);
    }

    public static PreservedObject Work(
        string id, string title, string date = "1987", string creator = "Ada", string description = "", string label = "Disk", string file = "disk.img", string puid = "fmt/1", string format = "Raw")
    {
        var stored = new StoredFile { Name = file, LengthInBytes = 1, Sha256 = Samples.Digest };
        stored.Identifications.Add(new Identification { Tool = "test", Method = "signature", Puid = puid, FormatName = format });
        var representation = new Representation { Format = "raw" };
        representation.Files.Add(stored);
        var medium = new Medium { ObjectId = id, Name = "one", Kind = "floppy-1440K", Label = label };
        medium.Representations.Add(representation);
        var work = new PreservedObject { Id = id, Title = title, Date = date, Creators = [creator], Description = description, CreatedAt = 1 };
        work.Media.Add(medium);
        return work;
    }

    /// <summary>An exhibit of an object with an environment of its own on the machine of these tests.</summary>
    public static void Show(this CatalogContext context, string slug, string objectId, Audience audience = Audience.Public, bool isPublished = true, string label = "")
    {
        context.Environments.Add(Samples.Environment(slug, objectId));
        var exhibit = Samples.Exhibit(slug, objectId, isPublished, slug);
        exhibit.Audience = audience;
        exhibit.LabelText = label;
        context.Exhibits.Add(exhibit);
    }

    /// <summary>As a visitor sees it: published and public.</summary>
    public static SearchRequest Visitor(SearchSubject subject, string? text = null, int take = 50) => new()
    {
        Subject = subject, Text = text, Take = take,
        Open = exhibit => exhibit.IsPublished && exhibit.Audience == Audience.Public,
    };

    public static SearchRequest Curator(string? text = null, int take = 50) => new() { Subject = SearchSubject.Objects, Text = text, Take = take, Open = null };

    public static Task<SearchPage> FindAsync(this TestCatalog catalog, SearchRequest request) => catalog.Get<CatalogSearch>().FindAsync(request, Cancellation);

    public static async Task<IReadOnlyList<string>> NamesAsync(this TestCatalog catalog, string? text) => (await catalog.FindAsync(Curator(text))).Names;

    public static string Counts(this SearchPage page, FacetKind kind) =>
        string.Join(", ", (page.Facets.GetValueOrDefault(kind) ?? []).Select(value => $"{value.Value} {value.Count}"));

    /// <summary>Updates a row without its being loaded, as claims do.</summary>
    public static async Task RenameAsync(this TestCatalog catalog, string id, string title)
    {
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        await context.Objects.Where(one => one.Id == id).ExecuteUpdateAsync(set => set.SetProperty(one => one.Title, title), Cancellation);
    }
}
