using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Preserve.Web.Tests.Running;
using Preserve.Workers.Sessions;

namespace Preserve.Web.Tests.Api;

public sealed class ExhibitsApiTests
{
    private const int Limit = 60_000;

    [Fact(Timeout = Limit)]
    public async Task Open_exhibits_are_listed_and_unpublished_ones_are_not_there()
    {
        await using var museum = await Museum.OpenAsync();
        await museum.ChangeCatalogAsync(catalog =>
        {
            catalog.Hang("echo");
            catalog.Hang("draft", isPublished: false);
        });

        var listed = await museum.Client.GetFromJsonAsync<JsonObject>("/api/exhibits", TestContext.Current.CancellationToken);

        var exhibit = Assert.Single(listed!["items"]!.AsArray());
        Assert.Equal("echo", (string?)exhibit!["slug"]);
        Assert.Equal("one 1.44 MB floppy disk", (string?)exhibit["medium"]);
        Assert.Equal("Generic PC", (string?)exhibit["machines"]![0]);
    }

    [Theory(Timeout = Limit)]
    [InlineData("GET", "/api/exhibits/draft")]
    [InlineData("POST", "/api/exhibits/draft/sessions")]
    [InlineData("GET", "/exhibits/draft")]
    [InlineData("GET", "/exhibits/draft/poster.png")]
    public async Task An_unpublished_exhibit_and_everything_derived_from_it_is_not_found(string method, string path)
    {
        await using var museum = await Museum.OpenAsync();
        await museum.ChangeCatalogAsync(catalog => catalog.Hang("draft", isPublished: false, poster: new string('b', 64)));

        using var answer = await museum.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Null(museum.Sessions.Asked);
    }

    [Fact(Timeout = Limit)]
    public async Task A_started_session_answers_201_with_its_key_ticket_and_hub()
    {
        await using var museum = await Museum.OpenAsync();
        await museum.ChangeCatalogAsync(catalog => catalog.Hang("echo"));

        using var answer = await museum.Client.PostAsync(new Uri("/api/exhibits/echo/sessions", UriKind.Relative), null, TestContext.Current.CancellationToken);
        var session = await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal($"/api/sessions/{session!["id"]}", answer.Headers.Location?.OriginalString);
        Assert.Equal("starting", (string?)session["state"]);
        Assert.Equal("/hub/session", (string?)session["hub"]);
        Assert.Equal(FakeSessions.Key, (string?)session["key"]);
        Assert.Equal("a-ticket", (string?)session["ticket"]);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Equal(["echo"], museum.Sessions.Asked!.EnvironmentIds);
        Assert.Equal(TimeSpan.FromMinutes(15), museum.Sessions.Asked.TimeLimit);
    }

    [Theory(Timeout = Limit)]
    [InlineData(SessionStartOutcome.Invalid, HttpStatusCode.Conflict)]
    [InlineData(SessionStartOutcome.NoSeat, HttpStatusCode.Conflict)]
    [InlineData(SessionStartOutcome.NoCapacity, HttpStatusCode.ServiceUnavailable)]
    [InlineData(SessionStartOutcome.Unavailable, HttpStatusCode.ServiceUnavailable)]
    public async Task Every_refusal_of_the_worker_is_a_problem_with_its_words(SessionStartOutcome outcome, HttpStatusCode status)
    {
        await using var museum = await Museum.OpenAsync();
        await museum.ChangeCatalogAsync(catalog => catalog.Hang("echo"));
        museum.Sessions.Outcome = outcome;

        using var answer = await museum.Client.PostAsync(new Uri("/api/exhibits/echo/sessions", UriKind.Relative), null, TestContext.Current.CancellationToken);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);
        Assert.Equal("Words of the worker.", (string?)problem!["detail"]);
    }

    [Fact(Timeout = Limit)]
    public async Task More_starts_than_allowed_in_a_minute_are_refused_with_429_and_a_time_to_wait()
    {
        await using var museum = await Museum.OpenAsync(("Preserve:Web:StartsPerMinute", "2"));
        await museum.ChangeCatalogAsync(catalog => catalog.Hang("echo"));
        var path = new Uri("/api/exhibits/echo/sessions", UriKind.Relative);
        (await museum.Client.PostAsync(path, null, TestContext.Current.CancellationToken)).Dispose();
        (await museum.Client.PostAsync(path, null, TestContext.Current.CancellationToken)).Dispose();

        using var third = await museum.Client.PostAsync(path, null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
        Assert.NotNull(third.Headers.RetryAfter);
        Assert.Equal("application/problem+json", third.Content.Headers.ContentType?.MediaType);
    }

    [Theory(Timeout = Limit)]
    [InlineData("/api/nothing")]
    [InlineData("/api/exhibits/nothing")]
    [InlineData("/api/sessions/not-a-guid")]
    public async Task An_unknown_address_of_the_api_is_a_problem_document(string path)
    {
        await using var museum = await Museum.OpenAsync();

        using var answer = await museum.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact(Timeout = Limit)]
    public async Task The_OpenAPI_document_names_every_operation()
    {
        await using var museum = await Museum.OpenAsync();

        var document = await museum.Client.GetFromJsonAsync<JsonObject>("/openapi/v1.json", TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                "/api/bags/{upload}",
                "/api/drafts/{id}", "/api/drafts/{id}/environment", "/api/drafts/{id}/sessions",
                "/api/environments/{id}", "/api/environments/{id}/differences", "/api/environments/{id}/drafts", "/api/environments/{id}/exhibits", "/api/environments/{id}/poster.png",
                "/api/exhibits", "/api/exhibits/{slug}", "/api/exhibits/{slug}/input", "/api/exhibits/{slug}/rule", "/api/exhibits/{slug}/sessions",
                "/api/identifiers", "/api/infections/{upload}",
                "/api/objects", "/api/objects/{id}", "/api/objects/{id}/environments", "/api/objects/{id}/identifiers", "/api/objects/{id}/proofs", "/api/objects/{id}/purge", "/api/objects/{id}/purge/approval",
                "/api/objects/{id}/reinstatement", "/api/objects/{id}/research", "/api/objects/{id}/rights", "/api/objects/{id}/sessions", "/api/objects/{id}/software", "/api/objects/{id}/suggestions",
                "/api/objects/{id}/withdrawal",
                "/api/proofs/{id}/environment", "/api/proofs/{id}/screens/{order}.png",
                "/api/regression/baselines/{environment}/{name}", "/api/regression/results/{job}/{name}", "/api/regression/runs",
                "/api/regression/runs/{id}", "/api/regression/runs/{id}/cancel", "/api/regression/runs/{id}/junit", "/api/regression/runs/{id}/results",
                "/api/sessions/{id}", "/api/sessions/{id}/keys", "/api/sessions/{id}/links", "/api/sessions/{id}/links/{link}",
                "/api/sessions/{id}/printed.bin", "/api/sessions/{id}/printed.pdf", "/api/sessions/{id}/screen", "/api/sessions/{id}/text", "/api/sessions/{id}/tickets",
                "/api/uploads", "/api/uploads/{id}", "/api/watch/{link}", "/api/watch/{link}/tickets", "/healthz",
            ],
            document!["paths"]!.AsObject().Select(path => path.Key).Order(StringComparer.Ordinal));
    }
}
