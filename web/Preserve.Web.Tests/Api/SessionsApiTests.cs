using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Preserve.Catalog.Sessions;
using Preserve.Emulation.Machines;
using Preserve.Web.Tests.Running;
using Preserve.Workers.Text;
using Preserve.Workers.Typing;

namespace Preserve.Web.Tests.Api;

public sealed class SessionsApiTests
{
    private const int Limit = 60_000;
    private static readonly Guid _id = FakeSessions.Running().Id;

    [Theory(Timeout = Limit)]
    [InlineData("GET", "")]
    [InlineData("GET", "/screen")]
    [InlineData("GET", "/text")]
    [InlineData("POST", "/keys")]
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
    public async Task The_text_of_the_screen_is_its_lines_with_cursor_and_character_set()
    {
        await using var museum = await OpenAsync();
        museum.Sessions.Text = new ReadText(ReadTextOutcome.Read, new TextScreen(4, 2, ["A:\\>", "    "], 3, 0), "cp437");

        using var answer = await AskAsync(museum, "GET", "/text", FakeSessions.WatchTicket);
        var text = await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);

        Assert.Equal(
            """{"rows":2,"columns":4,"lines":["A:\\\u003E","    "],"cursor":{"row":0,"column":3},"codePage":"cp437"}""", text!.ToJsonString());
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    [Theory(Timeout = Limit)]
    [InlineData(ReadTextOutcome.NoTextScreen, "graphics mode")]
    [InlineData(ReadTextOutcome.NoTextMachine, "only draws pictures")]
    [InlineData(ReadTextOutcome.NotRunning, "not running")]
    public async Task No_text_is_a_conflict_that_says_why(ReadTextOutcome outcome, string why)
    {
        await using var museum = await OpenAsync();
        museum.Sessions.Text = new ReadText(outcome, null, "");

        using var answer = await AskAsync(museum, "GET", "/text", FakeSessions.Key);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains(why, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task A_text_is_typed_for_who_controls_and_not_for_who_watches()
    {
        await using var museum = await OpenAsync();
        museum.Sessions.Typing = new TypeResult(TypeOutcome.Typed, 5, 5, []);

        using var refused = await TypeAsync(museum, FakeSessions.WatchTicket, """{"text":"hello"}""");
        using var answer = await TypeAsync(museum, FakeSessions.Key, """{"text":"hello","layout":"de"}""");

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal("""{"typed":5,"unknown":[]}""", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(new TypeRequest("hello", "de", false, false), museum.Sessions.Typed);
    }

    [Theory(Timeout = Limit)]
    [InlineData(TypeOutcome.TooLong, HttpStatusCode.BadRequest, "at most 10,000")]
    [InlineData(TypeOutcome.NoSuchLayout, HttpStatusCode.BadRequest, "us, fr, de")]
    [InlineData(TypeOutcome.HasUnknown, HttpStatusCode.UnprocessableEntity, "U+2602")]
    [InlineData(TypeOutcome.Busy, HttpStatusCode.Conflict, "Another text")]
    [InlineData(TypeOutcome.Stuck, HttpStatusCode.Conflict, "takes no more keys")]
    [InlineData(TypeOutcome.NotRunning, HttpStatusCode.Conflict, "not running")]
    public async Task A_text_that_is_not_typed_is_refused_in_words(TypeOutcome outcome, HttpStatusCode status, string words)
    {
        await using var museum = await OpenAsync();
        museum.Sessions.Typing = new TypeResult(outcome, 2, 20, ["☂"]);

        using var answer = await TypeAsync(museum, FakeSessions.Key, """{"text":"hello ☂"}""");
        var problem = await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(words, (string?)problem!["detail"], StringComparison.Ordinal);
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
        await museum.ChangeCatalogAsync(catalog => catalog.Hang("echo"));
        museum.Sessions.Session = FakeSessions.Running(state);
        return museum;
    }

    private static async Task<HttpStatusCode> StatusAsync(Museum museum, string method, string path, string? token)
    {
        using var answer = await AskAsync(museum, method, path, token);
        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> TypeAsync(Museum museum, string token, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/sessions/{_id}/keys");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        return await museum.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<HttpResponseMessage> AskAsync(Museum museum, string method, string path, string? token)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/api/sessions/{_id}{path}");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await museum.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
