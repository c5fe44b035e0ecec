using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Accounts;
using Preserve.Catalog.Regression;
using Preserve.Regression.Reports;
using Preserve.Regression.Verdicts;
using Preserve.Web.Tests.Running;

namespace Preserve.Web.Tests.NightWatching;

/// <summary>The night watch over HTTP. The jobs are done by the tests themselves, as a worker would by its claims.</summary>
public sealed class RegressionApiTests
{
    private static readonly (string, string) s_nobodyBoots = ("Preserve:Worker:WatchesAtNight", "false");

    private static readonly string[] s_unknown = ["nothing"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_run_is_begun_and_its_results_and_counts_come_as_they_are_found()
    {
        await using var museum = await OpenAsync("one", "two");
        using var curator = await Person.WithRolesAsync(museum, Roles.Curator);
        using var begun = await StartAsync(curator, new { });
        Assert.Equal(HttpStatusCode.Created, begun.StatusCode);
        var address = begun.Headers.Location!.ToString();
        await FindAsync(museum, new EnvironmentReport { EnvironmentId = "x", Title = "x", Verdict = Verdict.EmulatorRegression, Message = "Six pixels.", Failed = 2, Boots = 2 });

        var run = await ReadAsync(curator, address);
        var results = await ReadAsync(curator, address + "/results");

        Assert.Equal(("running", 2, 1), ((string?)run["state"], (int)run["jobs"]!, (int)run["done"]!));
        Assert.Equal(1, (int)run["verdicts"]!["EmulatorRegression"]!);
        Assert.Equal("Six pixels.", (string?)results.AsArray().Single(result => result!["report"] is not null)!["report"]!["message"]);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_is_done_comes_as_JUnit_with_a_suite_for_each_build()
    {
        await using var museum = await OpenAsync("one");
        using var curator = await Person.WithRolesAsync(museum, Roles.Curator);
        using var begun = await StartAsync(curator, new { });
        await FindAsync(museum, new EnvironmentReport { EnvironmentId = "one", Title = "One", Verdict = Verdict.ChangedEverywhere, Message = "Another screen.", Failed = 2, Boots = 2 });

        using var answer = await curator.GetAsync(begun.Headers.Location + "/junit");

        Assert.Equal("application/xml", answer.Content.Headers.ContentType!.MediaType);
        var failure = XDocument.Parse(await answer.Content.ReadAsStringAsync(Token)).Descendants("failure").Single();
        Assert.Equal("ChangedEverywhere", failure.Attribute("type")!.Value);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_run_of_what_is_not_there_is_refused_with_every_reason()
    {
        await using var museum = await OpenAsync("one");
        using var curator = await Person.WithRolesAsync(museum, Roles.Curator);

        using var answer = await StartAsync(curator, new { environments = s_unknown, builds = s_unknown });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var words = await answer.Content.ReadAsStringAsync(Token);
        Assert.Contains("no environment", words, StringComparison.Ordinal);
        Assert.Contains("no emulator build", words, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_run_is_cancelled_once()
    {
        await using var museum = await OpenAsync("one");
        using var curator = await Person.WithRolesAsync(museum, Roles.Curator);
        using var begun = await StartAsync(curator, new { });
        var cancel = new Uri(begun.Headers.Location + "/cancel", UriKind.Relative);

        using var first = await curator.Client.PostAsync(cancel, null, Token);
        using var second = await curator.Client.PostAsync(cancel, null, Token);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.Conflict), (first.StatusCode, second.StatusCode));
        Assert.Equal("cancelled", (string?)(await ReadAsync(curator, begun.Headers.Location!.ToString()))["state"]);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("runs/77")]
    [InlineData("runs/77/results")]
    [InlineData("runs/77/junit")]
    [InlineData("results/77/actual.png")]
    [InlineData("results/77/..%2F..%2Fcatalog.db")]
    [InlineData("baselines/one/screen-0.png")]
    [InlineData("baselines/..%2F../screen-0.png")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        await using var museum = await OpenAsync();
        using var curator = await Person.WithRolesAsync(museum, Roles.Curator);
        using var answer = await curator.GetAsync($"/api/regression/{path}");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("runs")]
    [InlineData("runs/1/results")]
    [InlineData("results/1/actual.png")]
    [InlineData("baselines/one/screen-0.png")]
    public async Task Nothing_of_it_is_for_who_is_no_curator(string path)
    {
        await using var museum = await OpenAsync();
        using var researcher = await Person.WithRolesAsync(museum, Roles.Researcher);
        using var visitor = await museum.Client.GetAsync(new Uri($"/api/regression/{path}", UriKind.Relative), Token);
        using var other = await researcher.GetAsync($"/api/regression/{path}");

        Assert.NotEqual(HttpStatusCode.OK, visitor.StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, other.StatusCode);
        Assert.NotEqual(HttpStatusCode.NotFound, visitor.StatusCode);
        Assert.NotEqual(HttpStatusCode.NotFound, other.StatusCode);
    }

    private static async Task<Museum> OpenAsync(params string[] environments)
    {
        var museum = await Museum.OpenAsync(s_nobodyBoots);
        await museum.ChangeCatalogAsync(catalog => Array.ForEach(environments, id => catalog.Hang(id)));
        return museum;
    }

    private static Task<HttpResponseMessage> StartAsync(Person person, object wish) =>
        person.Client.PostAsJsonAsync(new Uri("/api/regression/runs", UriKind.Relative), wish, Token);

    private static async Task<JsonNode> ReadAsync(Person person, string path) =>
        JsonNode.Parse(await person.Client.GetStringAsync(new Uri(path, UriKind.Relative), Token))!;

    /// <summary>Does one job that is due.</summary>
    private static async Task FindAsync(Museum museum, EnvironmentReport report)
    {
        var claims = museum.Services.GetRequiredService<RegressionClaims>();
        var claim = await claims.ClaimAsync("test", Token);
        Assert.True(await claims.FinishAsync(claim!, new RegressionFinding(report.Verdict.ToString(), report.ClusterKey, ReportJson.Write(report)), Token));
    }
}
