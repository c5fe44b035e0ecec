using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Accounts;
using Preserve.Catalog.Characterisation;
using Preserve.Catalog.Formats;
using Preserve.Catalog.Examinations;
using Preserve.Catalog.Proofs;
using Preserve.Catalog.Storage;
using Preserve.Web.Tests.Running;

namespace Preserve.Web.Tests.Api;

public sealed class ProofsApiTests
{
    private static readonly byte[] Picture = [1, 2, 3, 4];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_curator_goes_from_suggestions_over_a_boot_to_an_environment_and_an_unpublished_exhibit()
    {
        await using var museum = await OpenAsync();
        using var curator = await Person.WithRolesAsync(museum, Roles.Curator);

        var suggested = await curator.Client.GetFromJsonAsync<JsonElement>("/api/objects/echo/suggestions", Cancellation);
        var asked = await curator.Client.PostAsJsonAsync("/api/objects/echo/proofs", new { candidates = new[] { new { profile = "pc-classic", boot = "floppy" } } }, Cancellation);
        var id = await BootAsync(museum);
        var proofs = await curator.Client.GetFromJsonAsync<JsonElement>("/api/objects/echo/proofs", Cancellation);
        var screen = await curator.Client.GetAsync(new Uri(proofs[0].GetProperty("screens")[0].GetProperty("picture").GetString()!, UriKind.Relative), Cancellation);
        var accepted = await curator.Client.PostAsJsonAsync($"/api/proofs/{id}/environment", new { id = "echo-2", title = "Echo again" }, Cancellation);
        var drafted = await curator.Client.PostAsJsonAsync("/api/environments/echo-2/exhibits", new { slug = "echo-2", title = "Echo again" }, Cancellation);
        var poster = await curator.Client.GetAsync(new Uri("/api/environments/echo-2/poster.png", UriKind.Relative), Cancellation);

        Assert.Contains(suggested.EnumerateArray(), one => one.GetProperty("profile").GetString() == "pc-classic" && one.GetProperty("reasons").GetArrayLength() > 0);
        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Created, HttpStatusCode.Created), (asked.StatusCode, accepted.StatusCode, drafted.StatusCode));
        Assert.Equal(("booted", "Ready>"), (proofs[0].GetProperty("state").GetString(), proofs[0].GetProperty("screens")[0].GetProperty("text").GetString()));
        Assert.Equal(Picture, await screen.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal(Picture, await poster.Content.ReadAsByteArrayAsync(Cancellation));
        using var visit = await museum.Client.GetAsync(new Uri("/exhibits/echo-2", UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, visit.StatusCode);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_cannot_be_done_is_told_with_every_reason()
    {
        await using var museum = await OpenAsync();
        using var curator = await Person.WithRolesAsync(museum, Roles.Curator);

        using var unknown = await curator.Client.PostAsJsonAsync("/api/objects/echo/proofs", new { candidates = new[] { new { profile = "amiga", boot = "floppy" } } }, Cancellation);
        using var nowhere = await curator.Client.PostAsJsonAsync("/api/objects/nothing/proofs", new { }, Cancellation);
        using var early = await curator.Client.PostAsJsonAsync("/api/proofs/99/environment", new { id = "x", title = "X" }, Cancellation);
        using var exhibit = await curator.Client.PostAsJsonAsync("/api/environments/echo/exhibits", new { slug = "echo", title = "" }, Cancellation);

        Assert.Equal(
            [HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity],
            [unknown.StatusCode, nowhere.StatusCode, early.StatusCode, exhibit.StatusCode]);
        Assert.Contains("is not suggested", await unknown.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        var reasons = (await exhibit.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("detail").GetString();
        Assert.Contains("already", reasons, StringComparison.Ordinal);
        Assert.Contains("title", reasons, StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("GET", "/api/objects/echo/suggestions")]
    [InlineData("GET", "/api/objects/echo/proofs")]
    [InlineData("POST", "/api/objects/echo/proofs")]
    [InlineData("GET", "/api/proofs/1/screens/1.png")]
    [InlineData("POST", "/api/proofs/1/environment")]
    [InlineData("GET", "/api/environments/echo/poster.png")]
    [InlineData("POST", "/api/environments/echo/exhibits")]
    public async Task Nobody_but_curators_comes_near(string method, string path)
    {
        await using var museum = await OpenAsync();
        using var researcher = await Person.WithRolesAsync(museum, Roles.Researcher, Roles.Administrator);

        using var visitor = await museum.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Cancellation);
        using var other = await researcher.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Cancellation);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden), (visitor.StatusCode, other.StatusCode));
    }

    private static async Task<Museum> OpenAsync()
    {
        var museum = await Museum.OpenAsync();
        await museum.ChangeCatalogAsync(catalog => catalog.Hang("echo"));
        await museum.ChangeAsync(catalog => catalog.Files, file => (file.ExaminationState, file.Characterisation) = (
            ExaminationState.Examined,
            CharacterisationDocument.Write(new MediumCharacterisation
            {
                Identification = new FileIdentification([], "", ""),
                Facts = new MediumFacts { BootSector = new BootSector { HasCode = true, Geometry = new DiskGeometry(512, 2880, 18, 2, 0xF0) } },
            })));
        return museum;
    }

    private static async Task<long> BootAsync(Museum museum)
    {
        var claims = museum.Services.GetRequiredService<ProofClaims>();
        var stored = await museum.Services.GetRequiredService<IContentStore>().PutAsync(new MemoryStream(Picture), Picture.Length, Cancellation);
        var id = (await claims.ClaimAsync("w", Cancellation))!.Value;
        var screen = new ProofScreen { Order = 1, AtSeconds = 3, Sha256 = stored.Sha256, Width = 720, Height = 400, Text = "Ready>" };
        Assert.True(await claims.BootedAsync(id, "w", new BootedProof("qemu-7.2.22", 3, [screen]), Cancellation));
        return id;
    }
}
