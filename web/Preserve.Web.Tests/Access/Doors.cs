using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Storage;
using Preserve.Emulation.Machines;
using Preserve.Web.Tests.Running;
using Preserve.Workers.Text;
using Preserve.Workers.Typing;

namespace Preserve.Web.Tests.Access;

/// <summary>Everything that is derived from the exhibit "echo" and that somebody could get at: tried one after the other, with everything in hand that opens it.</summary>
public sealed class Doors : IAsyncDisposable
{
    private static readonly Guid _session = FakeSessions.Running().Id;
    private readonly string _link;
    private readonly string _secret;

    private Doors(Museum museum, string link, string secret) => (Museum, _link, _secret) = (museum, link, secret);

    public Museum Museum { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A running session with a picture, a text and a watch link, and a poster. Whoever comes from 127.0.0.1 is a proxy that is believed.</summary>
    public static async Task<Doors> OpenAsync()
    {
        var museum = await Sharing.OpenAsync(("Preserve:Web:TrustedProxies:0", "127.0.0.1"), ("Preserve:Web:StartsPerMinute", "1000"));
        museum.Sessions.Screen = [0x89, 0x50];
        museum.Sessions.Text = new ReadText(ReadTextOutcome.Read, new TextScreen(4, 1, ["A:\\>"], 0, 0), "cp437");
        museum.Sessions.Typing = new TypeResult(TypeOutcome.Typed, 1, 1, []);
        var poster = await museum.Services.GetRequiredService<IContentStore>().PutAsync(new MemoryStream([0x89, 0x50]), 10, Cancellation);
        await museum.ChangeAsync(catalog => catalog.Environments, environment =>
            (environment.PosterState, environment.PosterSha256, environment.PosterWidth, environment.PosterHeight) =
                (Catalog.Environments.PosterState.Made, poster.Sha256, 720, 400));
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/sessions/{_session}/links");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", FakeSessions.Key);
        using var answer = await museum.Client.SendAsync(request, Cancellation);
        var path = ((string)(await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["path"]!).Split('#');
        return new Doors(museum, path[0]["/watch/".Length..], path[1]);
    }

    /// <summary>Changes the one exhibit.</summary>
    public Task SetAsync(Action<Catalog.Exhibits.Exhibit> rule) => Museum.ChangeAsync(catalog => catalog.Exhibits, rule);

    /// <summary>What opens to somebody at an address: the name of each door with how it answers.</summary>
    public async Task<IReadOnlyList<(string Door, bool IsOpen)>> TryAsync(HttpClient client, string address = "198.51.100.1")
    {
        async Task<bool> Answers(HttpMethod method, string path, string? bearer = null, object? body = null)
        {
            using var answer = await SendAsync(client, address, method, path, bearer, body);
            // Nothing may answer in a way that this test did not think of.
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.Conflict, $"{path}: {answer.StatusCode}");
            return answer.IsSuccessStatusCode;
        }

        var session = $"/api/sessions/{_session}";
        return
        [
            ("page", await Answers(HttpMethod.Get, "/exhibits/echo")),
            ("gallery", await ShowsAsync(client, address, "/")),
            ("list", await ShowsAsync(client, address, "/api/exhibits")),
            ("detail", await Answers(HttpMethod.Get, "/api/exhibits/echo")),
            ("object", await Answers(HttpMethod.Get, "/api/objects/echo")),
            ("poster", await Answers(HttpMethod.Get, "/exhibits/echo/poster.png")),
            ("session", await Answers(HttpMethod.Post, "/api/exhibits/echo/sessions")),
            ("ticket", await Answers(HttpMethod.Post, $"{session}/tickets", FakeSessions.Key)),
            ("screen", await Answers(HttpMethod.Get, $"{session}/screen", FakeSessions.Key)),
            ("screen by ticket", await Answers(HttpMethod.Get, $"{session}/screen", FakeSessions.WatchTicket)),
            ("text", await Answers(HttpMethod.Get, $"{session}/text", FakeSessions.Key)),
            ("keys", await Answers(HttpMethod.Post, $"{session}/keys", FakeSessions.Key, new { text = "a" })),
            ("new link", await Answers(HttpMethod.Post, $"{session}/links", FakeSessions.Key)),
            ("watch link", await Answers(HttpMethod.Get, $"/api/watch/{_link}", _secret)),
            ("watch ticket", await Answers(HttpMethod.Post, $"/api/watch/{_link}/tickets", _secret)),
            ("watch page", await Answers(HttpMethod.Get, $"/watch/{_link}")),
        ];
    }

    public ValueTask DisposeAsync() => Museum.DisposeAsync();

    private static async Task<bool> ShowsAsync(HttpClient client, string address, string path)
    {
        using var answer = await SendAsync(client, address, HttpMethod.Get, path, null, null);
        return (await answer.Content.ReadAsStringAsync(Cancellation)).Contains("/exhibits/echo", StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string address, HttpMethod method, string path, string? bearer, object? body)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("X-Forwarded-For", address);
        request.Headers.Authorization = bearer is null ? null : new AuthenticationHeaderValue("Bearer", bearer);
        request.Content = body is null ? null : JsonContent.Create(body);
        return await client.SendAsync(request, Cancellation);
    }
}
