using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Preserve.Catalog.Sessions;
using Preserve.Web.Tests.Running;

namespace Preserve.Web.Tests.Api;

public sealed class LinksApiTests
{
    private const int Limit = 60_000;
    private static readonly Uri _links = new($"/api/sessions/{FakeSessions.Running().Id}/links", UriKind.Relative);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(Timeout = Limit)]
    [InlineData("POST", "")]
    [InlineData("GET", "")]
    [InlineData("DELETE", "")]
    [InlineData("DELETE", "/0196f6f0-0000-7000-8000-000000000002")]
    public async Task Only_the_key_shares_a_session_not_a_ticket(string method, string path)
    {
        await using var museum = await Sharing.OpenAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(museum, method, $"{_links}{path}", null));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(museum, method, $"{_links}{path}", FakeSessions.WatchTicket));
    }

    [Fact(Timeout = Limit)]
    public async Task A_link_buys_tickets_until_it_is_ended()
    {
        await using var museum = await Sharing.OpenAsync();
        var (id, secret) = await MakeAsync(museum);

        using var answer = await AskAsync(museum, "POST", $"/api/watch/{id}/tickets", secret);
        var ticket = await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation);
        Assert.Equal(("/hub/session", true), ((string?)ticket!["hub"], ((string?)ticket["ticket"])!.Length > 100));
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());

        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(museum, "DELETE", $"{_links}/{id}", FakeSessions.Key));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(museum, "DELETE", $"{_links}/{id}", FakeSessions.Key));
        Assert.Equal(HttpStatusCode.Gone, await StatusAsync(museum, "POST", $"/api/watch/{id}/tickets", secret));
        Assert.Equal(HttpStatusCode.Gone, await StatusAsync(museum, "GET", $"/api/watch/{id}", secret));
    }

    [Fact(Timeout = Limit)]
    public async Task Links_are_listed_without_their_secrets_and_ended_together()
    {
        await using var museum = await Sharing.OpenAsync();
        var (id, secret) = await MakeAsync(museum);
        var tour = await MakeAsync(museum, "tour");

        using var answer = await AskAsync(museum, "GET", _links.ToString(), FakeSessions.Key);
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        var list = JsonNode.Parse(text)!.AsArray();
        Assert.Equal([("watch", 0), ("tour", 0)], list.Select(link => ((string)link!["kind"]!, (int)link["watchers"]!)));
        Assert.DoesNotContain(secret, text, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(museum, "DELETE", _links.ToString(), FakeSessions.Key));
        Assert.Equal(HttpStatusCode.Gone, await StatusAsync(museum, "POST", $"/api/watch/{id}/tickets", secret));
        Assert.Equal(HttpStatusCode.Gone, await StatusAsync(museum, "POST", $"/api/watch/{tour.Id}/tickets", tour.Secret));
    }

    [Fact(Timeout = Limit)]
    public async Task A_forged_link_and_a_wrong_secret_are_not_found_and_no_secret_is_asked_for()
    {
        await using var museum = await Sharing.OpenAsync();
        var (id, secret) = await MakeAsync(museum);

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(museum, "POST", $"/api/watch/{Guid.NewGuid()}/tickets", secret));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(museum, "POST", $"/api/watch/{id}/tickets", secret[..^1]));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(museum, "GET", $"/api/watch/{id}", FakeSessions.Key));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(museum, "POST", $"/api/watch/{id}/tickets", null));
    }

    [Fact(Timeout = Limit)]
    public async Task An_exhibit_that_is_taken_down_takes_its_links_with_it()
    {
        await using var museum = await Sharing.OpenAsync();
        var (id, secret) = await MakeAsync(museum);

        await museum.ChangeAsync(catalog => catalog.Exhibits, exhibit => exhibit.IsPublished = false);

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(museum, "POST", $"/api/watch/{id}/tickets", secret));
        Assert.Equal(HttpStatusCode.Conflict, await StatusAsync(museum, "POST", _links.ToString(), FakeSessions.Key));
    }

    [Fact(Timeout = Limit)]
    public async Task A_link_is_gone_with_its_session_and_an_ended_session_gets_none()
    {
        await using var museum = await Sharing.OpenAsync();
        var (id, secret) = await MakeAsync(museum);

        await museum.ChangeAsync(catalog => catalog.Sessions, session => session.State = SessionState.Ended);

        Assert.Equal(HttpStatusCode.Gone, await StatusAsync(museum, "POST", $"/api/watch/{id}/tickets", secret));
        Assert.Equal(HttpStatusCode.Conflict, await StatusAsync(museum, "POST", _links.ToString(), FakeSessions.Key));
    }

    [Fact(Timeout = Limit)]
    public async Task The_eleventh_link_and_the_second_tour_are_refused_in_words()
    {
        await using var museum = await Sharing.OpenAsync();
        await MakeAsync(museum, "tour");
        Assert.Contains("one guided tour", await RefusalAsync(museum, "tour"), StringComparison.Ordinal);
        for (var i = 1; i < WatchLinkRegister.MostLinks; i++)
        {
            await MakeAsync(museum);
        }

        Assert.Contains("at most 10 links", await RefusalAsync(museum, "watch"), StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task Too_many_requests_from_one_address_are_put_off()
    {
        await using var museum = await Sharing.OpenAsync(("Preserve:Web:WatchesPerMinute", "2"));
        await MakeAsync(museum);
        await MakeAsync(museum);

        using var answer = await AskAsync(museum, "POST", _links.ToString(), FakeSessions.Key);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(10), answer.Headers.RetryAfter?.Delta);
        Assert.Contains("2 times a minute", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task The_page_of_a_link_says_what_it_leads_to_and_holds_no_secret()
    {
        await using var museum = await Sharing.OpenAsync();
        var (id, secret) = await MakeAsync(museum);

        using var answer = await AskAsync(museum, "GET", $"/watch/{id}", null);
        var page = await answer.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal((HttpStatusCode.OK, "no-store"), (answer.StatusCode, answer.Headers.CacheControl?.ToString()));
        Assert.Contains($"<preserve-player watch=\"{id}\"", page, StringComparison.Ordinal);
        Assert.Contains("Watching only", page, StringComparison.Ordinal);
        Assert.Contains("noindex", page, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, page, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task The_page_of_a_link_that_leads_nowhere_says_why_and_what_to_do()
    {
        await using var museum = await Sharing.OpenAsync();
        var ended = await MakeAsync(museum);
        var tour = await MakeAsync(museum, "tour");
        var closed = await MakeAsync(museum);
        await StatusAsync(museum, "DELETE", $"{_links}/{ended.Id}", FakeSessions.Key);
        await StatusAsync(museum, "DELETE", $"{_links}/{tour.Id}", FakeSessions.Key);

        await AssertPageAsync(museum, Guid.NewGuid().ToString(), HttpStatusCode.NotFound, "This link leads nowhere");
        await AssertPageAsync(museum, ended.Id, HttpStatusCode.Gone, "This link has been ended");
        await AssertPageAsync(museum, tour.Id, HttpStatusCode.Gone, "This tour is over");
        await museum.ChangeAsync(catalog => catalog.Exhibits, exhibit => exhibit.IsPublished = false);
        await AssertPageAsync(museum, closed.Id, HttpStatusCode.NotFound, "This exhibit is not open any more");
        await museum.ChangeAsync(catalog => catalog.Sessions, session => session.State = SessionState.Ended);
        await AssertPageAsync(museum, closed.Id, HttpStatusCode.Gone, "What was to be seen here is over");
    }

    private static async Task AssertPageAsync(Museum museum, string id, HttpStatusCode status, string title)
    {
        using var answer = await AskAsync(museum, "GET", $"/watch/{id}", null);
        var page = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains($"<h1>{title}.</h1>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("preserve-player", page, StringComparison.Ordinal);
    }

    private static async Task<(string Id, string Secret)> MakeAsync(Museum museum, string kind = "watch")
    {
        using var answer = await AskAsync(museum, "POST", _links.ToString(), FakeSessions.Key, kind);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var link = (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!;
        var parts = ((string)link["path"]!).Split('#');
        Assert.Equal($"/watch/{(string)link["id"]!}", parts[0]);
        return ((string)link["id"]!, parts[1]);
    }

    private static async Task<string> RefusalAsync(Museum museum, string kind)
    {
        using var answer = await AskAsync(museum, "POST", _links.ToString(), FakeSessions.Key, kind);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }

    private static async Task<HttpStatusCode> StatusAsync(Museum museum, string method, string path, string? token)
    {
        using var answer = await AskAsync(museum, method, path, token);
        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> AskAsync(Museum museum, string method, string path, string? token, string? kind = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        request.Content = kind is null ? null : JsonContent.Create(new { kind });
        return await museum.Client.SendAsync(request, Cancellation);
    }
}
