using System.Text;
using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Ingest;
using Preserve.Catalog.Tests.Engines;

namespace Preserve.Catalog.Tests.Ingest;

/// <summary>Brings bytes into quarantine as an upload does.</summary>
internal static class Bringing
{
    public static readonly Actor Curator = new(null, "mira", "curator");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<Upload> BringAsync(this TestCatalog catalog, string path, byte[] bytes)
    {
        var begun = await catalog.Get<Uploads>().BeginAsync(null, path, bytes.Length, unpackedFromId: null, Cancellation);
        Assert.Equal(UploadOutcome.Done, begun.Outcome);
        using var content = new MemoryStream(bytes);
        var result = await catalog.Get<UploadReceiver>().AppendAsync(begun.Upload!, 0, content, checksum: null, Cancellation);
        Assert.Equal(UploadOutcome.Done, result.Outcome);
        return await catalog.UploadAsync(begun.Upload!.Id);
    }

    public static Task<Upload> BringAsync(this TestCatalog catalog, string path, string text) => catalog.BringAsync(path, Encoding.UTF8.GetBytes(text));

    public static async Task<Upload> UploadAsync(this TestCatalog catalog, Guid id)
    {
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        return await context.Uploads.AsNoTracking().SingleAsync(upload => upload.Id == id, Cancellation);
    }

    public static AcceptanceRequest Request(string id, params Upload[] uploads) => new()
    {
        ObjectId = id,
        Title = "A game",
        Creators = ["Somebody"],
        Media = [new AcceptanceMedium { Name = uploads[0].Name, Kind = "floppy-1440K", Format = "raw", Files = [.. uploads.Select(upload => upload.Id)] }],
    };
}
