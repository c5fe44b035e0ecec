using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog;
using Preserve.Catalog.Accounts;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Ingest;
using Preserve.Catalog.SecondRoots;
using Preserve.Web.Tests.Running;

namespace Preserve.Web.Tests.Admin;

public sealed class StorageTests : IDisposable
{
    private readonly TemporaryFolder _second = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _second.Dispose();

    [Fact(Timeout = 120_000)]
    public async Task The_service_fills_the_second_root_by_itself_and_administrators_see_the_page()
    {
        var folder = Path.Combine(_second.Path, "storage");
        await using var museum = await Museum.OpenAsync(("Preserve:Catalog:SecondStorageFolder", folder));
        using var administrator = await Person.WithRolesAsync(museum, Roles.Administrator);
        using var curator = await Person.WithRolesAsync(museum, Roles.Curator);
        await AcceptAsync(museum);

        // The service looks every half minute.
        while (!Directory.Exists(folder) || !Directory.EnumerateFiles(folder, "disk.img", SearchOption.AllDirectories).Any())
        {
            await Task.Delay(200, Cancellation);
        }

        while (museum.Services.GetRequiredService<SecondRoot>().Status is not { Copied: 1, Objects: 1, Current: null })
        {
            await Task.Delay(50, Cancellation);
        }

        using var page = await administrator.GetAsync("/admin/storage");
        using var refused = await curator.GetAsync("/admin/storage");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, refused.StatusCode);
    }

    private static async Task AcceptAsync(Museum museum)
    {
        var begun = await museum.Services.GetRequiredService<Uploads>().BeginAsync(null, "disk.img", 7, null, Cancellation);
        using var content = new MemoryStream("sectors"u8.ToArray());
        await museum.Services.GetRequiredService<UploadReceiver>().AppendAsync(begun.Upload!, 0, content, checksum: null, Cancellation);
        var result = await museum.Services.GetRequiredService<Acceptance>().AcceptAsync(
            new AcceptanceRequest
            {
                ObjectId = "disk", Title = "A disk",
                Media = [new AcceptanceMedium { Name = "disk.img", Kind = "floppy-1440K", Format = "raw", Files = [begun.Upload!.Id] }],
            },
            Actor.CommandLine, Cancellation);
        Assert.Empty(result.Problems);
        await using var context = await museum.Services.GetRequiredService<IDbContextFactory<CatalogContext>>().CreateDbContextAsync(Cancellation);
        Assert.True(await context.ContentLocations.AnyAsync(Cancellation));
    }
}
