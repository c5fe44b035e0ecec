using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Access;
using Preserve.Catalog.Accounts;
using Preserve.Catalog.Exhibits;
using Preserve.Catalog.Objects;
using Preserve.Catalog.Sessions;
using Preserve.Web.Access;
using Preserve.Web.Tests.Api;
using Preserve.Web.Tests.Running;
using Preserve.Workers.Sessions;

namespace Preserve.Web.Tests.Access;

/// <summary>Objects that are run without an exhibit.</summary>
public sealed class ResearchTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_researcher_runs_an_unpublished_object_and_a_letter_attached_to_it_and_a_visitor_neither()
    {
        await using var museum = await OpenAsync();
        using var researcher = await Person.WithRolesAsync(museum, Roles.Researcher);
        using var member = await Person.WithRolesAsync(museum);

        var own = await WaysAsync(researcher, "echo");
        var letter = await WaysAsync(researcher, "letter");
        using var started = await PostAsync(researcher, "/api/objects/echo/sessions");
        var plain = museum.Sessions.Asked!;
        using var attached = await PostAsync(researcher, "/api/objects/letter/sessions?environment=echo");
        var with = museum.Sessions.Asked!;
        using var visitor = await museum.Client.PostAsync(new Uri("/api/objects/echo/sessions", UriKind.Relative), null, Cancellation);
        using var other = await PostAsync(member, "/api/objects/echo/sessions");

        Assert.Equal(["echo"], own.EnumerateArray().Select(way => way.GetProperty("environment").GetString()));
        Assert.Equal(JsonValueKind.Null, own[0].GetProperty("attached").ValueKind);
        Assert.Equal("loose-files.img", letter[0].GetProperty("attached").GetProperty("floppy1").GetString());
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (started.StatusCode, attached.StatusCode));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden), (visitor.StatusCode, other.StatusCode));
        Assert.Equal((researcher.Actor!.AccountId, "echo", null, TimeSpan.FromHours(2)), (plain.Starter!.Account, plain.Object!.ObjectId, plain.Object.Drives, plain.TimeLimit));
        Assert.Equal(("letter", "echo", "loose-files.img"), (with.Object!.ObjectId, with.Object.EnvironmentId, with.Object.Drives!["floppy1"]));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("rights", false)]
    [InlineData("curators", false)]
    [InlineData("withdrawn", false)]
    [InlineData("embargo", false)]
    [InlineData("base", false)]
    [InlineData("", true)]
    public async Task What_rights_do_not_allow_is_not_there_for_a_researcher(string obstacle, bool isOpen)
    {
        await using var museum = await OpenAsync();
        using var researcher = await Person.WithRolesAsync(museum, Roles.Researcher);
        await museum.ChangeAsync(catalog => catalog.Objects.Where(one => one.Id == (obstacle == "base" ? "echo" : "letter")), one =>
        {
            one.Rights = obstacle == "rights" ? "" : one.Rights;
            one.ResearchUse = obstacle is "curators" or "base" ? ResearchUse.Curators : ResearchUse.Researchers;
            one.WithdrawnAt = obstacle == "withdrawn" ? 1 : null;
        });
        if (obstacle == "embargo")
        {
            await museum.ChangeCatalogAsync(catalog => catalog.Exhibits.Add(new Exhibit
            {
                Slug = "letter", Title = "A letter", ObjectId = "letter", RightsBasis = "CC0", IsPublished = true, CreatedAt = 1, EmbargoUntil = long.MaxValue,
            }));
        }

        using var answer = await PostAsync(researcher, "/api/objects/letter/sessions");
        using var page = await researcher.GetAsync("/objects/letter/run/echo");

        Assert.Equal(isOpen ? (HttpStatusCode.Created, HttpStatusCode.OK) : (HttpStatusCode.NotFound, HttpStatusCode.NotFound), (answer.StatusCode, page.StatusCode));
        Assert.Equal(isOpen, museum.Sessions.Asked is not null);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("curators", false)]
    [InlineData("group", false)]
    [InlineData("room", false)]
    [InlineData("embargo", false)]
    [InlineData("researchers", true)]
    [InlineData("past embargo", true)]
    [InlineData("", true)]
    public async Task An_exhibit_that_was_taken_down_or_waits_opens_nothing_that_its_rule_closes(string rule, bool isOpen)
    {
        await using var museum = await OpenAsync();
        using var researcher = await Person.WithRolesAsync(museum, Roles.Researcher);
        using var curator = await Person.WithRolesAsync(museum, Roles.Curator);
        await museum.ChangeCatalogAsync(catalog => catalog.Exhibits.Add(new Exhibit
        {
            Slug = "letter", Title = "A letter", ObjectId = "letter", RightsBasis = "CC0", IsPublished = false, CreatedAt = 1,
            Audience = rule switch { "curators" => Audience.Curators, "group" => Audience.Groups, "researchers" => Audience.Researchers, _ => Audience.Public },
            RoomRule = rule == "room" ? RoomRule.OnlyInRooms : RoomRule.Anywhere,
            EmbargoUntil = rule switch { "embargo" => long.MaxValue, "past embargo" => 1, _ => null },
        }));

        using var answer = await PostAsync(researcher, "/api/objects/letter/sessions");
        using var byCurator = await PostAsync(curator, "/api/objects/letter/sessions");
        var listed = await researcher.Client.GetFromJsonAsync<JsonElement>("/api/objects", Cancellation);
        var found = await researcher.Client.GetFromJsonAsync<JsonElement>("/api/objects?q=letter", Cancellation);

        Assert.Equal((isOpen ? HttpStatusCode.Created : HttpStatusCode.NotFound, HttpStatusCode.Created), (answer.StatusCode, byCurator.StatusCode));
        Assert.All([listed, found], list => Assert.Equal(isOpen, list.GetProperty("items").EnumerateArray().Any(one => one.GetProperty("id").GetString() == "letter")));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_running_session_closes_when_the_rule_does_and_its_key_opens_nothing_then()
    {
        await using var museum = await OpenAsync();
        using var researcher = await Person.WithRolesAsync(museum, Roles.Researcher);
        using var curator = await Person.WithRolesAsync(museum, Roles.Curator);
        var view = FakeSessions.Running() with { ExhibitSlug = null, Starter = new SessionStarter(researcher.Actor!.AccountId, []), Object = new ObjectUse("letter", "echo", null) };
        museum.Sessions.Session = view;
        museum.Sessions.Screen = [1];
        await museum.ChangeCatalogAsync(catalog => catalog.Sessions.Add(new SessionRecord
        {
            Id = view.Id, Purpose = SessionPurpose.Visit, ObjectId = "letter", State = SessionState.Running, Worker = "local", KeySha256 = new string('a', 64), CreatedAt = 1,
            StartedBy = researcher.Actor!.AccountId,
            Machines = { new SessionMachine { SessionId = view.Id, Channel = 0, EnvironmentId = "echo", EmulatorBuild = "b", EmulatorSha256 = new string('a', 64) } },
        }));
        var watch = museum.Services.GetRequiredService<AccessWatch>();

        Assert.Equal((HttpStatusCode.OK, 0), (await ScreenAsync(museum, view.Id), await watch.LookAsync(Cancellation)));
        using var set = await curator.Client.PutAsJsonAsync("/api/objects/letter/research", new { use = "curators" }, Cancellation);

        Assert.Equal(HttpStatusCode.NoContent, set.StatusCode);
        Assert.Equal((HttpStatusCode.NotFound, 1), (await ScreenAsync(museum, view.Id), await watch.LookAsync(Cancellation)));
        Assert.True(museum.Sessions.HasEnded);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_page_of_an_object_offers_to_run_it_only_to_whom_it_is_open_and_shows_every_text_as_text()
    {
        await using var museum = await OpenAsync();
        await museum.ChangeAsync(catalog => catalog.Objects.Where(one => one.Id == "letter"), one => (one.Title, one.Description) = ("<script>alert(1)</script>", "<b>bold</b>"));
        using var researcher = await Person.WithRolesAsync(museum, Roles.Researcher);

        using var answer = await researcher.GetAsync("/objects/letter");
        var page = await answer.Content.ReadAsStringAsync(Cancellation);
        using var visitor = await museum.Client.GetAsync(new Uri("/objects/letter", UriKind.Relative), Cancellation);
        using var run = await researcher.GetAsync("/objects/letter/run/echo");
        using var nowhere = await researcher.GetAsync("/objects/letter/run/other");
        using var turnedAway = await museum.Client.GetAsync(new Uri("/objects/letter/run/echo", UriKind.Relative), Cancellation);

        Assert.Contains("href=\"/objects/letter/run/echo\"", page, StringComparison.Ordinal);
        Assert.Contains("An echo opens Plain text (x-fmt/111): letter.txt.", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>bold", page, StringComparison.Ordinal);
        Assert.Contains("work=\"objects/letter/sessions?environment=echo\"", await run.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.Redirect), (visitor.StatusCode, nowhere.StatusCode, turnedAway.StatusCode));
    }

    private static async Task<Museum> OpenAsync()
    {
        var museum = await Museum.OpenAsync();
        await museum.ChangeCatalogAsync(SoftwareApiTests.AddEchoAndLetter);
        await museum.ChangeAsync(catalog => catalog.Exhibits, exhibit => exhibit.IsPublished = false);
        await museum.ChangeCatalogAsync(catalog => catalog.SoftwareFormats.Add(new Catalog.Software.SoftwareFormat { ObjectId = "echo", Puid = "x-fmt/111", Use = Catalog.Software.FormatUse.Opens }));
        return museum;
    }

    private static async Task<JsonElement> WaysAsync(Person person, string objectId) =>
        await person.Client.GetFromJsonAsync<JsonElement>($"/api/objects/{objectId}/environments", Cancellation);

    private static Task<HttpResponseMessage> PostAsync(Person person, string path) => person.Client.PostAsync(new Uri(path, UriKind.Relative), null, Cancellation);

    private static async Task<HttpStatusCode> ScreenAsync(Museum museum, Guid session)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/sessions/{session}/screen");
        request.Headers.Authorization = new("Bearer", FakeSessions.Key);
        using var answer = await museum.Client.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }
}
