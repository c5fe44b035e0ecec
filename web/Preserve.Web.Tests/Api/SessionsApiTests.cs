using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Preserve.Catalog.Sessions;
using Preserve.Web.Tests.Running;

namespace Preserve.Web.Tests.Api;

public sealed class SessionsApiTests
{
    private const int Limit = 60_000;
    private static readonly Guid _id = FakeSessions.Running().Id;

    [Theory(Timeout = Limit)]
    [InlineData("GET", "")]
    [InlineData("GET", "/screen")]
    [InlineData("DELETE", "")]
    [InlineData("POST", "/tickets")]
    public async Task Without_a_token_nothing_is_answered_and_with_a_wrong_one_nothing_is_permitted(string method, string path)
    {
        await using var museum = await OpenAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(museum, method, path, token: null));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(museum, method, path, "a-wrong-key"));
        Assert.False(museum.Sessions.HasEnded);
    }

    [Fact(Timeout = Limit)]
    public async Task The_state_of_a_session_says_what_it_is_and_where_it_runs()
    {
        await using var museum = await OpenAsync();

        using var answer = await AskAsync(museum, "GET", "", FakeSessions.Key);
        var session = await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);

        Assert.Equal("running", (string?)session!["state"]);
        Assert.Null(session["reason"]);
        Assert.Equal("echo", (string?)session["exhibit"]);
        Assert.Equal("local", (string?)session["worker"]);
        Assert.Equal("2026-11-12T09:30:00+00:00", (string?)session["startedAt"]);
    }

    [Fact(Timeout = Limit)]
    public async Task An_ended_session_says_why_and_sells_no_tickets()
    {
        await using var museum = await OpenAsync(SessionState.Ended);

        using var answer = await AskAsync(museum, "GET", "", FakeSessions.Key);
        var session = await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);

        Assert.Equal("timeLimit", (string?)session!["reason"]);
        Assert.Equal(HttpStatusCode.Conflict, await StatusAsync(museum, "POST", "/tickets", FakeSessions.Key));
    }

    [Fact(Timeout = Limit)]
    public async Task The_key_buys_a_ticket()
    {
        await using var museum = await OpenAsync();

        using var answer = await AskAsync(museum, "POST", "/tickets", FakeSessions.Key);
        var ticket = await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);

        Assert.Equal("fresh", (string?)ticket!["ticket"]);
        Assert.Equal("/hub/session", (string?)ticket["hub"]);
    }

    [Fact(Timeout = Limit)]
    public async Task The_screen_is_a_PNG_and_a_conflict_while_there_is_none()
    {
        await using var museum = await OpenAsync();
        Assert.Equal(HttpStatusCode.Conflict, await StatusAsync(museum, "GET", "/screen", FakeSessions.Key));
        museum.Sessions.Screen = [0x89, 0x50];

        using var answer = await AskAsync(museum, "GET", "/screen", FakeSessions.WatchTicket);

        Assert.Equal("image/png", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    [Fact(Timeout = Limit)]
    public async Task Whoever_only_watches_cannot_end_a_session_and_who_controls_it_can()
    {
        await using var museum = await OpenAsync();

        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(museum, "DELETE", "", FakeSessions.WatchTicket));
        Assert.False(museum.Sessions.HasEnded);
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(museum, "DELETE", "", FakeSessions.Key));
        Assert.True(museum.Sessions.HasEnded);
    }

    [Fact(Timeout = Limit)]
    public async Task An_unknown_session_is_not_found()
    {
        await using var museum = await Museum.OpenAsync();

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(museum, "GET", "", FakeSessions.Key));
    }

    private static async Task<Museum> OpenAsync(SessionState state = SessionState.Running)
    {
        var museum = await Museum.OpenAsync();
        museum.Sessions.Session = FakeSessions.Running(state);
        return museum;
    }

    private static async Task<HttpStatusCode> StatusAsync(Museum museum, string method, string path, string? token)
    {
        using var answer = await AskAsync(museum, method, path, token);
        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> AskAsync(Museum museum, string method, string path, string? token)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/api/sessions/{_id}{path}");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await museum.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
