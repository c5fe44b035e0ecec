using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Accounts;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Exhibits;
using Preserve.Web.Tests.Running;

namespace Preserve.Web.Tests.Accounts;

public sealed class AccessTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(Timeout = 60_000)]
    [InlineData("/admin", Roles.Administrator, Roles.Curator)]
    [InlineData("/admin/audit", Roles.Administrator, Roles.Curator)]
    [InlineData("/admin/audit.csv", Roles.Administrator, Roles.Curator)]
    [InlineData("/admin/jobs", Roles.Administrator, Roles.Curator)]
    [InlineData("/curate", Roles.Curator, Roles.Administrator)]
    [InlineData("/curate", Roles.Curator, Roles.Researcher)]
    [InlineData("/curate/regression", Roles.Curator, Roles.Administrator)]
    [InlineData("/curate/regression/results/1", Roles.Curator, Roles.Researcher)]
    public async Task Staff_pages_open_to_their_role_alone(string path, string role, string other)
    {
        await using var museum = await Museum.OpenAsync();
        using var visitor = await museum.Client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        using var entitled = await Person.WithRolesAsync(museum, role);
        using var stranger = await Person.WithRolesAsync(museum, other);
        using var open = await entitled.GetAsync(path);
        using var closed = await stranger.GetAsync(path);

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.OK, HttpStatusCode.Redirect), (visitor.StatusCode, open.StatusCode, closed.StatusCode));
        Assert.Contains("/account/denied", closed.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("/curate")]
    [InlineData("/admin")]
    public async Task Staff_pages_may_style_inline_and_nothing_else_that_visitors_pages_may_not(string path)
    {
        await using var museum = await Museum.OpenAsync();
        using var person = await Person.WithRolesAsync(museum, Roles.Curator, Roles.Administrator);

        using var answer = await person.GetAsync(path);

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("style-src 'self' 'unsafe-inline';", policy, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("/")]
    [InlineData("/about")]
    public async Task Visitors_pages_set_no_cookie_may_be_kept_and_carry_nothing_for_interactive_rendering(string path)
    {
        await using var museum = await Museum.OpenAsync();

        using var answer = await museum.Client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);

        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Null(answer.Headers.CacheControl);
        Assert.DoesNotContain("Blazor", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_connection_of_staff_pages_is_refused_to_who_is_not_signed_in()
    {
        await using var museum = await Museum.OpenAsync();
        var negotiate = new Uri("/_blazor/negotiate?negotiateVersion=1", UriKind.Relative);
        using var person = await Person.WithRolesAsync(museum, Roles.Curator);

        using var refused = await museum.Client.PostAsync(negotiate, null, Cancellation);
        using var open = await person.Client.PostAsync(negotiate, null, Cancellation);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (refused.StatusCode, open.StatusCode));
    }

    [Fact(Timeout = 60_000)]
    public async Task One_decision_guards_page_list_poster_and_session_of_an_exhibit_for_researchers()
    {
        await using var museum = await Museum.OpenAsync();
        await museum.ChangeCatalogAsync(catalog => catalog.Hang("secret").Audience = Audience.Researchers);
        using var researcher = await Person.WithRolesAsync(museum, Roles.Researcher);

        foreach (var path in new[] { "/exhibits/secret", "/api/exhibits/secret", "/exhibits/secret/poster.png" })
        {
            using var closed = await museum.Client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
            Assert.Equal(HttpStatusCode.NotFound, closed.StatusCode);
        }

        using var notStarted = await museum.Client.PostAsync(new Uri("/api/exhibits/secret/sessions", UriKind.Relative), null, Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, notStarted.StatusCode);
        Assert.DoesNotContain("secret", await museum.Client.GetStringAsync(new Uri("/api/exhibits", UriKind.Relative), Cancellation), StringComparison.Ordinal);

        using var page = await researcher.GetAsync("/exhibits/secret");
        using var started = await researcher.Client.PostAsync(new Uri("/api/exhibits/secret/sessions", UriKind.Relative), null, Cancellation);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Created), (page.StatusCode, started.StatusCode));
        Assert.Contains("Researchers", await page.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(Audience.SignedIn, new string[0], true)]
    [InlineData(Audience.Researchers, new string[0], false)]
    [InlineData(Audience.Researchers, new[] { Roles.Curator }, true)]
    [InlineData(Audience.Curators, new[] { Roles.Researcher }, false)]
    [InlineData(Audience.Curators, new[] { Roles.Curator }, true)]
    public async Task An_account_opens_what_its_roles_open(Audience audience, string[] roles, bool isOpen)
    {
        await using var museum = await Museum.OpenAsync();
        await museum.ChangeCatalogAsync(catalog => catalog.Hang("work").Audience = audience);
        using var person = await Person.WithRolesAsync(museum, roles);

        using var answer = await person.GetAsync("/api/exhibits/work");

        Assert.Equal(isOpen ? HttpStatusCode.OK : HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_API_token_acts_for_its_owner_and_is_no_key_to_a_session()
    {
        await using var museum = await Museum.OpenAsync();
        await museum.ChangeCatalogAsync(catalog => catalog.Hang("secret").Audience = Audience.Researchers);
        museum.Sessions.Session = FakeSessions.Running();
        using var person = await Person.WithRolesAsync(museum, Roles.Researcher);
        var (token, _) = await museum.Services.GetRequiredService<ApiTokens>().IssueAsync(person.Actor!, "scanner", [Roles.Researcher], TimeSpan.FromDays(1), Cancellation);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(museum.Client, "/api/exhibits/secret", token!));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(museum.Client, "/api/exhibits/secret", token + "x"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(museum.Client, $"/api/sessions/{museum.Sessions.Session.Id}", token!));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(person.Client, $"/api/sessions/{museum.Sessions.Session.Id}", FakeSessions.Key));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_bad_API_token_beside_a_good_cookie_is_nobody()
    {
        await using var museum = await Museum.OpenAsync();
        await museum.ChangeCatalogAsync(catalog => catalog.Hang("secret").Audience = Audience.SignedIn);
        using var person = await Person.WithRolesAsync(museum, Roles.Researcher);

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(person.Client, "/api/exhibits/secret", ApiToken.Prefix + "revoked"));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_spreadsheet_takes_nothing_of_the_exported_trail_for_a_formula()
    {
        await using var museum = await Museum.OpenAsync();
        using var attacker = new Person(museum);
        (await attacker.SignInAsync("=HYPERLINK(\"http://evil.example\")", "not the password")).Dispose();
        using var administrator = await Person.WithRolesAsync(museum, Roles.Administrator);

        using var answer = await administrator.GetAsync("/admin/audit.csv");

        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("'=HYPERLINK", text, StringComparison.Ordinal);
        Assert.DoesNotContain(",=", text, StringComparison.Ordinal);
        Assert.DoesNotContain(",\"=", text, StringComparison.Ordinal);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        var trail = await museum.Services.GetRequiredService<AuditTrail>().ListAsync(new AuditFilter { Action = AuditAction.AuditExported }, 0, 5, Cancellation);
        Assert.Single(trail.Entries);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path, string bearer)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        using var answer = await client.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }
}
