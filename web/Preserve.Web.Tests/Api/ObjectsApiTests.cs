using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Preserve.Catalog.Objects;
using Preserve.Web.Tests.Running;

namespace Preserve.Web.Tests.Api;

public sealed class ObjectsApiTests
{
    private const int Limit = 60_000;

    [Fact(Timeout = Limit)]
    public async Task An_object_with_an_open_exhibit_tells_its_files_and_what_they_are()
    {
        await using var museum = await Museum.OpenAsync();
        await museum.ChangeCatalogAsync(catalog =>
        {
            catalog.Hang("echo");
            catalog.ChangeTracker.Entries<StoredFile>().First().Entity.Identifications.Add(
                new Identification { Tool = "a tool", Method = "signature", Puid = "fmt/1087", FormatName = "<b>FAT</b> Disk Image", SignatureVersion = "122" });
        });

        var told = await museum.Client.GetFromJsonAsync<JsonObject>("/api/objects/echo", TestContext.Current.CancellationToken);

        var file = told!["media"]![0]!["representations"]![0]!["files"]![0]!;
        Assert.Equal(64, ((string?)file["sha256"])!.Length);
        var identification = Assert.Single(file["identifications"]!.AsArray())!;
        Assert.Equal(("fmt/1087", "<b>FAT</b> Disk Image", "122"), ((string?)identification["puid"], (string?)identification["name"], (string?)identification["signatureVersion"]));
    }

    [Fact(Timeout = Limit)]
    public async Task An_object_without_an_open_exhibit_is_not_found()
    {
        await using var museum = await Museum.OpenAsync();
        await museum.ChangeCatalogAsync(catalog => catalog.Hang("draft", isPublished: false));

        foreach (var id in (string[])["draft", "nothing"])
        {
            using var answer = await museum.Client.GetAsync(new Uri($"/api/objects/{id}", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }
    }
}
