using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Preserve.Catalog.Accounts;
using Preserve.Catalog.Probing;
using Preserve.Web.Tests.Running;

namespace Preserve.Web.Tests.Ingest;

/// <summary>A packed bag, uploaded and taken over real connections; judged in the real sandbox.</summary>
public sealed class BagsApiTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task An_uploaded_bag_becomes_an_object_that_the_API_tells_of()
    {
        await using var museum = await OpenAsync();
        using var curator = await Person.WithRolesAsync(museum, Roles.Curator);
        var upload = await UploadAsync(curator, Bag("sectors", "sectors"));

        using var answer = await curator.Client.PostAsJsonAsync($"/api/bags/{upload}", new { objectId = "box" }, Cancellation);

        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("/api/objects/box", answer.Headers.Location!.ToString());
        var told = JsonNode.Parse(await curator.Client.GetStringAsync(new Uri("/api/objects/box", UriKind.Relative), Cancellation))!;
        Assert.Contains("disk.img", told.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("A box of disks", told.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_bag_whose_bytes_are_not_as_its_manifest_says_is_refused_with_the_reason_and_only_curators_may_ask()
    {
        await using var museum = await OpenAsync();
        using var curator = await Person.WithRolesAsync(museum, Roles.Curator);
        using var researcher = await Person.WithRolesAsync(museum, Roles.Researcher);
        var upload = await UploadAsync(curator, Bag("sectors", "other"));

        using var refused = await curator.Client.PostAsJsonAsync($"/api/bags/{upload}", new { }, Cancellation);
        using var forbidden = await researcher.Client.PostAsJsonAsync($"/api/bags/{upload}", new { }, Cancellation);
        using var unknown = await curator.Client.PostAsJsonAsync($"/api/bags/{Guid.NewGuid()}", new { }, Cancellation);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("data/disk.img has the sha256 digest", await refused.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.UnprocessableEntity), (forbidden.StatusCode, unknown.StatusCode));
    }

    // The child is this program once more: here the tests are the program.
    private static Task<Museum> OpenAsync() => Museum.OpenAsync(
        services => services.Replace(ServiceDescriptor.Singleton(ProbeProgram.Of(Path.Combine(AppContext.BaseDirectory, "Preserve.Web")))));

    private static async Task<string> UploadAsync(Person person, byte[] bytes)
    {
        using var create = new HttpRequestMessage(HttpMethod.Post, "/api/uploads") { Content = new ByteArrayContent(bytes) };
        create.Content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        create.Headers.Add("Tus-Resumable", "1.0.0");
        create.Headers.Add("Upload-Length", $"{bytes.Length}");
        create.Headers.Add("Upload-Metadata", $"filename {Convert.ToBase64String("box.zip"u8)}");
        using var created = await person.Client.SendAsync(create, Cancellation);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        return created.Headers.Location!.ToString().Split('/')[^1];
    }

    private static byte[] Bag(string content, string listed)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            void Add(string path, string text)
            {
                using var writer = new StreamWriter(zip.CreateEntry($"box/{path}").Open());
                writer.Write(text);
            }

            Add("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
            Add("bag-info.txt", "External-Description: A box of disks\n");
            Add("data/disk.img", content);
            Add("manifest-sha256.txt", $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(listed)))}  data/disk.img\n");
        }

        return bytes.ToArray();
    }
}
