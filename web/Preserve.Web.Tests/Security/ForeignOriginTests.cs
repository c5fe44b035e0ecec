using System.Net;
using System.Net.WebSockets;
using Preserve.Web.Tests.Running;

namespace Preserve.Web.Tests.Security;

public sealed class ForeignOriginTests
{
    private const int Limit = 60_000;

    [Theory(Timeout = Limit)]
    [InlineData("https://elsewhere.example", null, HttpStatusCode.Forbidden)]
    [InlineData("http://127.0.0.1:1", null, HttpStatusCode.Forbidden)]
    [InlineData("null", null, HttpStatusCode.Forbidden)]
    [InlineData(null, "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("https://friend.example", null, HttpStatusCode.Created)]
    [InlineData("own", "same-origin", HttpStatusCode.Created)]
    [InlineData(null, null, HttpStatusCode.Created)]
    public async Task Only_our_own_pages_allowed_ones_and_programs_may_start_a_session(string? origin, string? site, HttpStatusCode expected)
    {
        await using var museum = await Museum.OpenAsync(("Preserve:Web:AllowedOrigins:0", "https://friend.example"));
        await museum.ChangeCatalogAsync(catalog => catalog.Hang("echo"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/exhibits/echo/sessions");
        Add(request, "Origin", origin == "own" ? museum.Address.GetLeftPart(UriPartial.Authority) : origin);
        Add(request, "Sec-Fetch-Site", site);

        using var answer = await museum.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(expected == HttpStatusCode.Created, museum.Sessions.Asked is not null);
    }

    [Fact(Timeout = Limit)]
    public async Task A_WebSocket_from_a_foreign_page_is_refused_before_anything_listens()
    {
        await using var museum = await Museum.OpenAsync();
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", "https://elsewhere.example");
        socket.Options.CollectHttpResponseDetails = true;

        await Assert.ThrowsAsync<WebSocketException>(() =>
            socket.ConnectAsync(new Uri($"ws://{museum.Address.Authority}/hub/session"), TestContext.Current.CancellationToken));

        Assert.Equal(HttpStatusCode.Forbidden, socket.HttpStatusCode);
    }

    [Fact(Timeout = Limit)]
    public async Task Forwarded_headers_of_an_unknown_proxy_are_not_believed()
    {
        await using var museum = await Museum.OpenAsync();

        Assert.Equal(HttpStatusCode.Forbidden, await StartThroughProxyAsync(museum));
    }

    [Fact(Timeout = Limit)]
    public async Task Forwarded_headers_of_a_trusted_proxy_are()
    {
        await using var museum = await Museum.OpenAsync(("Preserve:Web:TrustedProxies:0", "127.0.0.0/8"));

        Assert.Equal(HttpStatusCode.Created, await StartThroughProxyAsync(museum));
    }

    private static async Task<HttpStatusCode> StartThroughProxyAsync(Museum museum)
    {
        await museum.ChangeCatalogAsync(catalog => catalog.Hang("echo"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/exhibits/echo/sessions");
        Add(request, "Origin", "https://museum.example");
        Add(request, "X-Forwarded-For", "192.0.2.7");
        Add(request, "X-Forwarded-Proto", "https");
        Add(request, "X-Forwarded-Host", "museum.example");
        using var answer = await museum.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private static void Add(HttpRequestMessage request, string name, string? value)
    {
        if (value is not null)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
