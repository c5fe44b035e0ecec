using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Preserve.Catalog.Exhibits;
using Preserve.Web.Tests.Running;

namespace Preserve.Web.Tests.Searching;

public sealed class SearchApiTests
{
    private const int Limit = 60_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(Timeout = Limit)]
    [InlineData("/api/exhibits", "slug")]
    [InlineData("/api/objects", "id")]
    public async Task A_list_is_gone_through_by_its_links_without_gap_or_repetition(string path, string name)
    {
        await using var museum = await Museum.OpenAsync();
        await museum.ChangeCatalogAsync(catalog =>
        {
            for (var number = 0; number < 13; number++)
            {
                catalog.Hang($"work-{number}", $"Same title {number % 3}", $"{1980 + (number % 5)}");
            }
        });
        var seen = new List<string>();
        for (string? next = $"{path}?q=title&limit=4"; next is not null;)
        {
            var page = await ReadAsync(museum.Client, next);
            Assert.Equal(13 + (seen.Count > 0 ? 1 : 0), (int)page["total"]!);
            seen.AddRange(page["items"]!.AsArray().Select(item => (string)item![name]!));
            next = (string?)page["next"];
            if (seen.Count == 4)
            {
                await museum.ChangeCatalogAsync(catalog => catalog.Hang("added", "Same title 0", "1980"));
            }
        }

        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Equal(13, seen.Count(one => one != "added"));
    }

    [Fact(Timeout = Limit)]
    public async Task Facets_are_counted_and_filter()
    {
        await using var museum = await Museum.OpenAsync();
        await museum.ChangeCatalogAsync(catalog =>
        {
            catalog.Hang("echo", "Echo & Co", "1987");
            catalog.Hang("tune", "A tune", "1991");
            catalog.Hang("undated", "A thing", "unknown");
        });

        var all = await ReadAsync(museum.Client, "/api/exhibits");
        var one = await ReadAsync(museum.Client, "/api/exhibits?era=1990&platform=i386");
        var maker = await ReadAsync(museum.Client, "/api/objects?creator=echo%20co");

        Assert.Equal("1980 1, 1990 1, undated 1", Counts(all, "era"));
        Assert.Equal("i386 3", Counts(all, "platform"));
        Assert.Equal("tune", (string)Assert.Single(one["items"]!.AsArray())!["slug"]!);
        Assert.Equal("echo", (string)Assert.Single(maker["items"]!.AsArray())!["id"]!);
    }

    [Fact(Timeout = Limit)]
    public async Task Visitors_neither_find_nor_count_what_is_closed_to_them_and_curators_do()
    {
        await using var museum = await Museum.OpenAsync();
        await museum.ChangeCatalogAsync(catalog =>
        {
            catalog.Hang("echo");
            catalog.Hang("secret", "Secret", isPublished: false);
            catalog.Hang("later", "Secret later").EmbargoUntil = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
            catalog.Hang("staff", "Secret staff").Audience = Audience.Researchers;
        });
        using var curator = await Person.WithRolesAsync(museum, "curator");
        using var researcher = await Person.WithRolesAsync(museum, "researcher");

        foreach (var path in new[] { "/api/objects", "/api/exhibits" })
        {
            Assert.Equal(1, (int)(await ReadAsync(museum.Client, path))["total"]!);
            var found = await ReadAsync(museum.Client, $"{path}?q=secret");
            Assert.Equal(0, (int)found["total"]!);
            Assert.DoesNotContain("ecret", found["facets"]!.ToJsonString(), StringComparison.Ordinal);
        }

        // Researchers see the exhibit that is for them, and what they may run without one: not what an embargo closes.
        Assert.Equal(["staff"], Names(await ReadAsync(researcher.Client, "/api/exhibits?q=secret"), "slug"));
        Assert.Equal(["secret", "staff"], Names(await ReadAsync(researcher.Client, "/api/objects?q=secret"), "id"));

        var all = await ReadAsync(curator.Client, "/api/objects?q=secret&state=published");
        Assert.Equal("published 2, draft 1", Counts(all, "state"));
        Assert.Equal(2, (int)all["total"]!);
    }

    [Fact(Timeout = Limit)]
    public async Task A_withdrawn_object_is_gone_from_lists_for_visitors_at_once()
    {
        await using var museum = await Museum.OpenAsync();
        await museum.ChangeCatalogAsync(catalog => catalog.Hang("echo"));
        Assert.Equal(1, (int)(await ReadAsync(museum.Client, "/api/objects?q=echo"))["total"]!);

        await museum.ChangeCatalogAsync(catalog => catalog.Objects.Single().WithdrawnAt = 1);

        Assert.Equal(0, (int)(await ReadAsync(museum.Client, "/api/objects?q=echo"))["total"]!);
        Assert.Empty((await ReadAsync(museum.Client, "/api/exhibits"))["facets"]!.AsObject());
    }

    [Theory(Timeout = Limit)]
    [InlineData("limit=0", "'limit' is a number from 1 to 200")]
    [InlineData("limit=201", "'limit' is a number from 1 to 200")]
    [InlineData("limit=many", "'limit' is a number from 1 to 200")]
    [InlineData("era=1985", "'era' is the first year of a decade")]
    [InlineData("after=nonsense!", "'after' is not a place in a list")]
    [InlineData("q=a&q=b", "'q' is given 2 times")]
    [InlineData("state=draft", "'state' can be asked for by curators only")]
    [InlineData("rights=MIT", "'rights' can be asked for by curators only")]
    public async Task What_cannot_be_asked_is_refused_with_the_reason(string query, string reason)
    {
        await using var museum = await Museum.OpenAsync();

        using var answer = await museum.Client.GetAsync(new Uri($"/api/objects?{query}", UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains(reason, (string)(await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["detail"]!, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task A_text_that_is_too_long_is_refused_with_its_bound()
    {
        await using var museum = await Museum.OpenAsync();

        using var answer = await museum.Client.GetAsync(new Uri($"/api/exhibits?q={new string('x', 5000)}", UriKind.Relative), Cancellation);
        using var longest = await museum.Client.GetAsync(new Uri($"/api/exhibits?q={new string('x', 10_240)}", UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("'q' has 5000 characters; it may have 200.", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        // The server's own bound of a request line.
        Assert.Equal(HttpStatusCode.RequestUriTooLong, longest.StatusCode);
    }

    private static async Task<JsonObject> ReadAsync(HttpClient client, string path) => (await client.GetFromJsonAsync<JsonObject>(path, Cancellation))!;

    private static IEnumerable<string> Names(JsonObject page, string name) =>
        page["items"]!.AsArray().Select(item => (string)item![name]!).Order(StringComparer.Ordinal);

    private static string Counts(JsonObject page, string facet) =>
        string.Join(", ", page["facets"]![facet]!.AsArray().Select(value => $"{value!["value"]} {value["count"]}"));
}
