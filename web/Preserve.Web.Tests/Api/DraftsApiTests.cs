using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Accounts;
using Preserve.Catalog.Environments;
using Preserve.Web.Tests.Running;
using Preserve.Workers.Sessions;

namespace Preserve.Web.Tests.Api;

/// <summary>Work at an environment over the API. What guests write is put where a worker keeps it.</summary>
public sealed class DraftsApiTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_draft_is_begun_kept_gone_on_with_and_discarded()
    {
        await using var museum = await OpenAsync();
        using var curator = await Person.WithRolesAsync(museum, Roles.Curator);

        using var begun = await curator.Client.PostAsync(new Uri("/api/environments/echo/drafts", UriKind.Relative), null, Cancellation);
        var draft = (await begun.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("draft").GetGuid();
        var asked = museum.Sessions.Asked!;
        var running = await DraftAsync(curator, draft);
        using var tooEarly = await curator.Client.DeleteAsync(new Uri($"/api/drafts/{draft}", UriKind.Relative), Cancellation);
        await KeepAsync(museum, draft);
        var kept = await DraftAsync(curator, draft);
        using var goneOn = await curator.Client.PostAsync(new Uri($"/api/drafts/{draft}/sessions", UriKind.Relative), null, Cancellation);
        await KeepAsync(museum, draft);
        using var discarded = await curator.Client.DeleteAsync(new Uri($"/api/drafts/{draft}", UriKind.Relative), Cancellation);
        using var again = await curator.Client.PostAsync(new Uri($"/api/drafts/{draft}/sessions", UriKind.Relative), null, Cancellation);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.NoContent), (begun.StatusCode, goneOn.StatusCode, discarded.StatusCode));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (tooEarly.StatusCode, again.StatusCode));
        Assert.Equal((draft, Catalog.Sessions.SessionPurpose.Curate), (asked.Draft!.Value, asked.Purpose));
        Assert.Equal(("running", "kept", "floppy0"), (running.GetProperty("state").GetString(), kept.GetProperty("state").GetString(), kept.GetProperty("bays")[0].GetString()));
    }

    [Fact(Timeout = 60_000)]
    public async Task What_cannot_be_saved_is_told_with_every_reason_and_the_draft_stays()
    {
        await using var museum = await OpenAsync();
        using var curator = await Person.WithRolesAsync(museum, Roles.Curator);
        using var begun = await curator.Client.PostAsync(new Uri("/api/environments/echo/drafts", UriKind.Relative), null, Cancellation);
        var draft = (await begun.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("draft").GetGuid();

        using var running = await SaveAsync(curator, draft, "child", "Child", "Installed it.");
        await KeepAsync(museum, draft);
        using var bad = await SaveAsync(curator, draft, "Bad Id", "", "");
        using var unknown = await SaveAsync(curator, Guid.NewGuid(), "child", "Child", "Installed it.");

        Assert.All([running, bad, unknown], answer => Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode));
        Assert.Contains("still runs", await WordsAsync(running), StringComparison.Ordinal);
        Assert.Contains("Bad Id", await WordsAsync(bad), StringComparison.Ordinal);
        Assert.Contains("no such draft", await WordsAsync(unknown), StringComparison.Ordinal);
        Assert.Equal("kept", (await DraftAsync(curator, draft)).GetProperty("state").GetString());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_session_that_does_not_start_leaves_no_draft()
    {
        await using var museum = await OpenAsync();
        using var curator = await Person.WithRolesAsync(museum, Roles.Curator);
        museum.Sessions.Outcome = SessionStartOutcome.NoCapacity;

        using var begun = await curator.Client.PostAsync(new Uri("/api/environments/echo/drafts", UriKind.Relative), null, Cancellation);
        using var nowhere = await curator.Client.PostAsync(new Uri("/api/environments/nothing/drafts", UriKind.Relative), null, Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, nowhere.StatusCode);
        Assert.False(begun.IsSuccessStatusCode);
        var environment = await curator.Client.GetFromJsonAsync<JsonElement>("/api/environments/echo", Cancellation);
        Assert.Equal(0, environment.GetProperty("drafts").GetArrayLength());
    }

    [Theory(Timeout = 60_000)]
    [InlineData("POST", "/api/environments/echo/drafts")]
    [InlineData("POST", "/api/drafts/0196f6f0-0000-7000-8000-000000000001/sessions")]
    [InlineData("POST", "/api/drafts/0196f6f0-0000-7000-8000-000000000001/environment")]
    [InlineData("DELETE", "/api/drafts/0196f6f0-0000-7000-8000-000000000001")]
    [InlineData("DELETE", "/api/environments/echo")]
    public async Task Nobody_but_curators_comes_near(string method, string path)
    {
        await using var museum = await OpenAsync();
        using var researcher = await Person.WithRolesAsync(museum, Roles.Researcher);

        using var visitor = await museum.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Cancellation);
        using var other = await researcher.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Cancellation);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden), (visitor.StatusCode, other.StatusCode));
    }

    private static async Task<Museum> OpenAsync()
    {
        var museum = await Museum.OpenAsync();
        await museum.ChangeCatalogAsync(catalog => catalog.Hang("echo"));
        return museum;
    }

    // The machine has ended, and its worker kept what the guest wrote to the floppy.
    private static async Task KeepAsync(Museum museum, Guid draft)
    {
        var folders = museum.Services.GetRequiredService<DraftFolders>();
        folders.Create(draft);
        await File.WriteAllBytesAsync(folders.PathOf(draft, "floppy0"), [1], Cancellation);
        await museum.Services.GetRequiredService<EnvironmentDrafts>().KeptAsync(draft, new Dictionary<string, string> { ["floppy0"] = new('a', 64) }, Cancellation);
    }

    private static async Task<JsonElement> DraftAsync(Person curator, Guid draft) =>
        (await curator.Client.GetFromJsonAsync<JsonElement>("/api/environments/echo", Cancellation)).GetProperty("drafts").EnumerateArray().Single(one => one.GetProperty("id").GetGuid() == draft);

    private static Task<HttpResponseMessage> SaveAsync(Person curator, Guid draft, string id, string title, string note) =>
        curator.Client.PostAsJsonAsync($"/api/drafts/{draft}/environment", new { id, title, note }, Cancellation);

    private static async Task<string> WordsAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("detail").GetString()!;
}
