using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog;
using Preserve.Catalog.Accounts;
using Preserve.Catalog.Exhibits;
using Preserve.Catalog.Storage;
using Preserve.Web.Tests.Running;

namespace Preserve.Web.Tests.Access;

public sealed class WithdrawalTests
{
    private const int Limit = 120_000;
    private const string Why = "The maker has asked us to.";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limit)]
    public async Task A_withdrawn_object_closes_every_door_ends_its_session_and_revokes_its_links()
    {
        await using var doors = await Doors.OpenAsync();
        using var curator = await Person.WithRolesAsync(doors.Museum, Roles.Curator);
        await RunAsync(doors, "echo");

        using var answer = await PostAsync(curator, "withdrawal", new { reason = Why });

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.True(doors.Museum.Sessions.HasEnded);
        Assert.DoesNotContain(await doors.TryAsync(doors.Museum.Client), door => door.IsOpen);
        await using var context = await ContextAsync(doors);
        Assert.NotNull((await context.WatchLinks.SingleAsync(Cancellation)).EndedAt);
        Assert.Null((await context.Environments.SingleAsync(Cancellation)).PosterSha256);
    }

    [Theory(Timeout = Limit)]
    [InlineData("/exhibits/echo")]
    [InlineData("/api/exhibits/echo")]
    [InlineData("/api/objects/echo")]
    [InlineData("/exhibits/echo/poster.png")]
    public async Task What_was_open_is_gone_and_says_why_to_those_it_was_open_to_and_to_nobody_else(string path)
    {
        await using var doors = await Doors.OpenAsync();
        using var curator = await Person.WithRolesAsync(doors.Museum, Roles.Curator);
        using var researcher = await Person.WithRolesAsync(doors.Museum, Roles.Researcher);
        (await PostAsync(curator, "withdrawal", new { reason = Why })).Dispose();

        using var gone = await researcher.GetAsync(path);
        var text = await gone.Content.ReadAsStringAsync(Cancellation);
        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
        Assert.Contains(Why, text, StringComparison.Ordinal);
        Assert.Contains("was withdrawn on", text, StringComparison.Ordinal);

        await doors.SetAsync(exhibit => exhibit.Audience = Audience.Researchers);
        using var stranger = await doors.Museum.Client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
    }

    [Fact(Timeout = Limit)]
    public async Task An_object_that_is_opened_again_opens_its_page_again()
    {
        await using var doors = await Doors.OpenAsync();
        using var curator = await Person.WithRolesAsync(doors.Museum, Roles.Curator);
        (await PostAsync(curator, "withdrawal", new { reason = Why })).Dispose();
        (await PostAsync(curator, "reinstatement", new { reason = "It is settled." })).Dispose();

        using var page = await doors.Museum.Client.GetAsync(new Uri("/exhibits/echo", UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact(Timeout = Limit)]
    public async Task Bytes_are_purged_by_two_curators_through_the_API_and_by_no_fewer()
    {
        await using var doors = await Doors.OpenAsync();
        using var first = await Person.WithRolesAsync(doors.Museum, Roles.Curator);
        using var second = await Person.WithRolesAsync(doors.Museum, Roles.Curator);
        using var researcher = await Person.WithRolesAsync(doors.Museum, Roles.Researcher);
        (await PostAsync(first, "withdrawal", new { reason = Why })).Dispose();

        using var asked = await PostAsync(first, "purge", new { reason = "A court wants it." });
        using var alone = await PostAsync(first, "purge/approval", new { });
        using var outsider = await PostAsync(researcher, "purge/approval", new { });
        using var approved = await PostAsync(second, "purge/approval", new { });

        Assert.Equal(
            (HttpStatusCode.NoContent, HttpStatusCode.Conflict, HttpStatusCode.Forbidden, HttpStatusCode.NoContent),
            (asked.StatusCode, alone.StatusCode, outsider.StatusCode, approved.StatusCode));
        Assert.Contains("A second person", (string?)(await alone.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["detail"], StringComparison.Ordinal);
        var page = await doors.Museum.Client.GetAsync(new Uri("/exhibits/echo", UriKind.Relative), Cancellation);
        Assert.Contains("has been deleted", await page.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal("v1", doors.Museum.Services.GetRequiredService<ObjectStorage>().Ocfl.FindInventory(ObjectStorage.OcflId("echo"))!.Head);
    }

    // Withdrawal looks for sessions by the machines they run.
    private static async Task RunAsync(Doors doors, string environment)
    {
        await using var context = await ContextAsync(doors);
        context.SessionMachines.Add(new Catalog.Sessions.SessionMachine
        {
            SessionId = FakeSessions.Running().Id, Channel = 0, EnvironmentId = environment, EmulatorBuild = "a", EmulatorSha256 = new string('a', 64),
        });
        await context.SaveChangesAsync(Cancellation);
    }

    private static Task<CatalogContext> ContextAsync(Doors doors) =>
        doors.Museum.Services.GetRequiredService<IDbContextFactory<CatalogContext>>().CreateDbContextAsync(Cancellation);

    private static async Task<HttpResponseMessage> PostAsync(Person person, string act, object body) =>
        await person.Client.PostAsync(new Uri($"/api/objects/echo/{act}", UriKind.Relative), JsonContent.Create(body), Cancellation);
}
