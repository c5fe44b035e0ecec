using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.Configuration;
using Preserve.Catalog.Accounts;
using Preserve.Catalog.Ingest;
using Preserve.Catalog.Ingest.Viruses;
using Preserve.Web.Hosting;
using Preserve.Web.Tests.Running;

namespace Preserve.Web.Tests.Ingest;

public sealed class ScansApiTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Only_an_administrator_lets_an_infected_upload_in_and_says_why()
    {
        await using var museum = await Museum.OpenAsync();
        using var curator = await Person.WithRolesAsync(museum, Roles.Curator);
        using var administrator = await Person.WithRolesAsync(museum, Roles.Administrator);
        var id = Guid.NewGuid();
        await museum.ChangeCatalogAsync(context => context.Uploads.Add(new Upload
        {
            Id = id, RelativePath = "stoned.img", LengthInBytes = 512, OffsetInBytes = 512, CreatedAt = 1, ChangedAt = 1, State = UploadState.Quarantined,
            Sha256 = new string('a', 64), ScanState = ScanState.Infected, ScanDetail = "Stoned.A",
        }));

        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(curator, id, "I want it"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await AskAsync(administrator, id, " "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await AskAsync(administrator, Guid.NewGuid(), "It is the artifact."));
        Assert.Equal(HttpStatusCode.NoContent, await AskAsync(administrator, id, "It is the artifact."));

        await museum.ChangeCatalogAsync(context => Assert.EndsWith(": It is the artifact.", context.Uploads.Single(upload => upload.Id == id).ScanOverride, StringComparison.Ordinal));
    }

    [Fact]
    public void A_scanner_that_is_no_address_is_told_at_the_start()
    {
        var settings = new HostSettings { DataFolder = "/nowhere" };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Preserve:Ingest:Clamd", "not an address")]).Build();

        var refused = Assert.Throws<InvalidConfigurationException>(() => HostConfiguration.Read(settings, configuration));

        Assert.Contains("neither the absolute path of a unix socket", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> AskAsync(Person person, Guid id, string reason)
    {
        using var answer = await person.Client.PostAsJsonAsync($"/api/infections/{id}", new { reason }, Cancellation);
        return answer.StatusCode;
    }
}
