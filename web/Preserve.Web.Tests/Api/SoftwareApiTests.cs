using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Preserve.Catalog.Accounts;
using Preserve.Catalog.Characterisation;
using Preserve.Catalog.Examinations;
using Preserve.Catalog.Formats;
using Preserve.Catalog.Objects;
using Preserve.Web.Tests.Running;

namespace Preserve.Web.Tests.Api;

public sealed class SoftwareApiTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_curator_declares_what_software_opens_and_gets_its_environment_suggested_for_a_letter()
    {
        await using var museum = await Museum.OpenAsync();
        await museum.ChangeCatalogAsync(AddEchoAndLetter);
        using var curator = await Person.WithRolesAsync(museum, Roles.Curator);

        using var declared = await curator.Client.PutAsJsonAsync("/api/objects/echo/software", new[] { new { puid = "x-fmt/111", use = "opens" }, new { puid = "fmt/40", use = "imports" } }, Cancellation);
        var formats = await curator.Client.GetFromJsonAsync<JsonElement>("/api/objects/echo/software", Cancellation);
        var suggested = await curator.Client.GetFromJsonAsync<JsonElement>("/api/objects/letter/suggestions", Cancellation);
        using var asked = await curator.Client.PostAsJsonAsync("/api/objects/letter/proofs", new { candidates = new[] { new { profile = "pc-classic", boot = "floppy", environment = "echo" } } }, Cancellation);
        var proofs = await asked.Content.ReadFromJsonAsync<JsonElement>(Cancellation);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.Accepted), (declared.StatusCode, asked.StatusCode));
        Assert.Equal([("x-fmt/111", "opens", "Plain text"), ("fmt/40", "imports", "")],
            formats.EnumerateArray().Select(one => (one.GetProperty("puid").GetString()!, one.GetProperty("use").GetString()!, one.GetProperty("name").GetString()!)));
        var one = Assert.Single(suggested.EnumerateArray());
        Assert.Equal(("echo", "An echo", "loose-files.img"), (one.GetProperty("environment").GetString(), one.GetProperty("environmentTitle").GetString(), one.GetProperty("drives").GetProperty("floppy1").GetString()));
        Assert.Equal("An echo opens Plain text (x-fmt/111): letter.txt.", one.GetProperty("reasons")[0].GetString());
        Assert.Equal(("echo", "due"), (proofs[0].GetProperty("attachedTo").GetString(), proofs[0].GetProperty("state").GetString()));
    }

    [Fact(Timeout = 60_000)]
    public async Task What_is_no_PUID_or_no_use_is_refused_in_words()
    {
        await using var museum = await Museum.OpenAsync();
        await museum.ChangeCatalogAsync(AddEchoAndLetter);
        using var curator = await Person.WithRolesAsync(museum, Roles.Curator);

        using var puid = await curator.Client.PutAsJsonAsync("/api/objects/echo/software", new[] { new { puid = "<b>word</b>", use = "opens" } }, Cancellation);
        using var use = await curator.Client.PutAsJsonAsync("/api/objects/echo/software", new[] { new { puid = "fmt/40", use = "devours" } }, Cancellation);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.BadRequest), (puid.StatusCode, use.StatusCode));
        Assert.Contains("is no PUID", (await puid.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("GET")]
    [InlineData("PUT")]
    public async Task Nobody_but_curators_comes_near(string method)
    {
        await using var museum = await Museum.OpenAsync();
        using var researcher = await Person.WithRolesAsync(museum, Roles.Researcher);

        using var visitor = await museum.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/api/objects/echo/software"), Cancellation);
        using var other = await researcher.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/api/objects/echo/software"), Cancellation);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden), (visitor.StatusCode, other.StatusCode));
    }

    /// <summary>The object "echo" with its environment, whose floppy has a file system, and the loose file "letter".</summary>
    internal static void AddEchoAndLetter(Preserve.Catalog.CatalogContext catalog)
    {
        catalog.Hang("echo");
        catalog.ChangeTracker.Entries<StoredFile>().First().Entity.Characterisation = CharacterisationDocument.Write(new MediumCharacterisation
        {
            Identification = new FileIdentification([], "", ""), Facts = new MediumFacts(), Volumes = [new VolumeFound("FAT12", "", 0, VolumeReader.SleuthKit)],
        });
        var file = new StoredFile
        {
            Name = "letter.txt", LengthInBytes = 5, Sha256 = new string('b', 64), ExaminationState = ExaminationState.Examined,
            Identifications = { new Identification { Tool = "t", Method = "extension", Puid = "x-fmt/111", FormatName = "Plain text" } },
        };
        var medium = new Medium { ObjectId = "letter", Name = "letter", Kind = "files", Representations = { new Representation { Format = "raw", Files = { file } } } };
        catalog.Objects.Add(new PreservedObject { Id = "letter", Title = "A letter", Rights = "CC0", CreatedAt = 1, Media = { medium } });
    }
}
