using Preserve.Web.Tests.Running;

namespace Preserve.Web.Tests.Security;

public sealed class HeaderTests
{
    [Theory(Timeout = 60_000)]
    [InlineData("/")]
    [InlineData("/about")]
    [InlineData("/not/here")]
    [InlineData("/api/exhibits")]
    [InlineData("/css/page.css")]
    public async Task Every_answer_keeps_a_page_to_its_own_scripts_and_out_of_frames(string path)
    {
        await using var museum = await Museum.OpenAsync();

        using var answer = await museum.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self' 'wasm-unsafe-eval';", policy, StringComparison.Ordinal);
        Assert.Contains("style-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains($"ws://{museum.Address.Authority}", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Opener-Policy")));
        Assert.False(answer.Headers.Contains("Server"));
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Pages_hold_no_inline_script_and_no_inline_style()
    {
        await using var museum = await Museum.OpenAsync();
        await museum.ChangeCatalogAsync(catalog => catalog.Hang("echo"));

        foreach (var path in new[] { "/", "/about", "/exhibits/echo", "/nothing" })
        {
            using var answer = await museum.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.DoesNotMatch("<script(?![^>]* src=)", page);
            Assert.DoesNotMatch("<style|\\sstyle=|\\son[a-z]+=", page);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_plain_http_name_other_than_localhost_gets_its_own_sockets_and_no_opener_policy()
    {
        await using var museum = await Museum.OpenAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Host = "museum.example:5080";

        using var answer = await museum.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.True(answer.IsSuccessStatusCode);
        Assert.Contains("ws://museum.example:5080;", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Cross-Origin-Opener-Policy"));
    }
}
