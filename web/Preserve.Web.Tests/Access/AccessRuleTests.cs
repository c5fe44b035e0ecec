using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Access;
using Preserve.Catalog.Accounts;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Exhibits;
using Preserve.Web.Access;
using Preserve.Web.Tests.Running;
using Preserve.Workers.Sessions;

namespace Preserve.Web.Tests.Access;

/// <summary>Each rule, through every door.</summary>
public sealed class AccessRuleTests
{
    private const int Limit = 120_000;
    private const string InRoom = "192.0.2.7";
    private const string Elsewhere = "198.51.100.1";
    private static readonly string[] _byKey = ["ticket", "screen", "text", "keys", "new link"];
    private static readonly string[] _nobody = ["nobody"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limit)]
    public async Task What_is_open_to_everybody_opens_every_door_to_a_visitor()
    {
        await using var doors = await Doors.OpenAsync();

        await AssertOpenAsync(doors, doors.Museum.Client);
    }

    [Fact(Timeout = Limit)]
    public async Task Every_door_of_an_exhibit_for_accounts_is_closed_to_visitors()
    {
        await using var doors = await Doors.OpenAsync();
        using var person = await Person.WithRolesAsync(doors.Museum);
        await doors.SetAsync(exhibit => exhibit.Audience = Audience.SignedIn);

        await AssertClosedAsync(doors, doors.Museum.Client);
        await AssertOpenAsync(doors, person.Client);
    }

    [Fact(Timeout = Limit)]
    public async Task Every_door_of_an_exhibit_for_researchers_is_closed_to_other_accounts()
    {
        await using var doors = await Doors.OpenAsync();
        using var person = await Person.WithRolesAsync(doors.Museum);
        using var researcher = await Person.WithRolesAsync(doors.Museum, Roles.Researcher);
        await doors.SetAsync(exhibit => exhibit.Audience = Audience.Researchers);

        await AssertClosedAsync(doors, person.Client);
        await AssertOpenAsync(doors, researcher.Client);
    }

    [Fact(Timeout = Limit)]
    public async Task Every_door_of_an_exhibit_for_a_group_is_open_to_its_members_for_as_long_as_they_are()
    {
        await using var doors = await Doors.OpenAsync();
        using var member = await Person.WithRolesAsync(doors.Museum);
        using var other = await Person.WithRolesAsync(doors.Museum, Roles.Researcher);
        var groups = doors.Museum.Services.GetRequiredService<AccessGroups>();
        await groups.SaveAsync(Actor.CommandLine, "seminar", "The seminar", Cancellation);
        await groups.AddMemberAsync(Actor.CommandLine, "seminar", member.Actor!.Name, Cancellation);
        await SetRuleAsync(doors, new AccessRule { Audience = Audience.Groups, Groups = ["seminar"] });

        await AssertClosedAsync(doors, other.Client);
        await AssertOpenAsync(doors, member.Client);
        using var page = await member.GetAsync("/exhibits/echo");
        Assert.Contains("Members of The seminar", await page.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);

        await groups.RemoveMemberAsync(Actor.CommandLine, "seminar", member.Actor.AccountId!.Value, Cancellation);
        await AssertClosedAsync(doors, member.Client);
    }

    [Fact(Timeout = Limit)]
    public async Task An_exhibit_that_is_bound_to_a_reading_room_opens_no_door_elsewhere_not_even_to_curators()
    {
        await using var doors = await Doors.OpenAsync();
        using var curator = await Person.WithRolesAsync(doors.Museum, Roles.Curator);
        await MakeRoomAsync(doors);
        await SetRuleAsync(doors, new AccessRule { RoomRule = RoomRule.OnlyInRooms, Rooms = ["north"] });

        await AssertOpenAsync(doors, doors.Museum.Client, InRoom);
        await AssertOpenAsync(doors, doors.Museum.Client, "::ffff:192.0.2.7");
        await AssertClosedAsync(doors, doors.Museum.Client, Elsewhere);

        // What is preserved is a curator's to describe, wherever; what is shown is not.
        Assert.Equal(["object"], (await doors.TryAsync(curator.Client, Elsewhere)).Where(door => door.IsOpen).Select(door => door.Door));
    }

    [Fact(Timeout = Limit)]
    public async Task A_reading_room_can_be_another_way_in()
    {
        await using var doors = await Doors.OpenAsync();
        using var researcher = await Person.WithRolesAsync(doors.Museum, Roles.Researcher);
        await MakeRoomAsync(doors);
        await SetRuleAsync(doors, new AccessRule { Audience = Audience.Researchers, RoomRule = RoomRule.AlsoInRooms, Rooms = ["north"] });

        await AssertOpenAsync(doors, doors.Museum.Client, InRoom);
        await AssertOpenAsync(doors, researcher.Client, Elsewhere);
        await AssertClosedAsync(doors, doors.Museum.Client, Elsewhere);
    }

    [Fact(Timeout = Limit)]
    public async Task An_address_that_somebody_only_claims_is_not_believed()
    {
        await using var museum = await Sharing.OpenAsync();
        await museum.Services.GetRequiredService<ReadingRooms>().SaveAsync(Actor.CommandLine, "north", "North", ["192.0.2.0/24"], Cancellation);
        await museum.Services.GetRequiredService<AccessRules>().SetAsync(
            Actor.CommandLine, "echo", new AccessRule { RoomRule = RoomRule.OnlyInRooms, Rooms = ["north"] }, Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/exhibits/echo");
        request.Headers.Add("X-Forwarded-For", InRoom);

        using var answer = await museum.Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact(Timeout = Limit)]
    public async Task No_door_opens_to_anybody_before_an_embargo_has_ended()
    {
        await using var doors = await Doors.OpenAsync();
        using var curator = await Person.WithRolesAsync(doors.Museum, Roles.Curator);
        var now = TimeProvider.System.GetUtcNow();
        await doors.SetAsync(exhibit => exhibit.EmbargoUntil = now.AddDays(1).ToUnixTimeMilliseconds());

        await AssertClosedAsync(doors, doors.Museum.Client);
        Assert.Equal(["object"], (await doors.TryAsync(curator.Client)).Where(door => door.IsOpen).Select(door => door.Door));

        await doors.SetAsync(exhibit => exhibit.EmbargoUntil = now.AddDays(-1).ToUnixTimeMilliseconds());
        await AssertOpenAsync(doors, doors.Museum.Client);
    }

    [Fact(Timeout = Limit)]
    public async Task The_key_of_a_session_stands_for_whoever_started_it_as_long_as_they_may()
    {
        await using var doors = await Doors.OpenAsync();
        using var researcher = await Person.WithRolesAsync(doors.Museum, Roles.Researcher);
        await doors.SetAsync(exhibit => exhibit.Audience = Audience.Researchers);
        doors.Museum.Sessions.Session = FakeSessions.Running() with { Starter = new SessionStarter(researcher.Actor!.AccountId, []) };
        Assert.Equal(_byKey, (await doors.TryAsync(doors.Museum.Client)).Where(door => door.IsOpen).Select(door => door.Door));

        await doors.Museum.Services.GetRequiredService<AccountAdministration>().SetRolesAsync(
            Actor.CommandLine, researcher.Actor.AccountId!.Value, [], Cancellation);
        await AssertClosedAsync(doors, doors.Museum.Client);
    }

    [Fact(Timeout = Limit)]
    public async Task Who_starts_a_session_is_noted_only_where_the_rule_asks()
    {
        await using var doors = await Doors.OpenAsync();
        using var researcher = await Person.WithRolesAsync(doors.Museum, Roles.Researcher);

        (await researcher.Client.PostAsync(new Uri("/api/exhibits/echo/sessions", UriKind.Relative), null, Cancellation)).Dispose();
        Assert.Equal((null, 0), (doors.Museum.Sessions.Asked!.Starter!.Account, doors.Museum.Sessions.Asked.Starter.Rooms.Length));

        await doors.SetAsync(exhibit => exhibit.Audience = Audience.Researchers);
        (await researcher.Client.PostAsync(new Uri("/api/exhibits/echo/sessions", UriKind.Relative), null, Cancellation)).Dispose();
        Assert.Equal(researcher.Actor!.AccountId, doors.Museum.Sessions.Asked.Starter!.Account);
    }

    [Fact(Timeout = Limit)]
    public async Task A_changed_rule_ends_the_sessions_and_links_of_people_it_does_not_let_in()
    {
        await using var doors = await Doors.OpenAsync();
        using var curator = await Person.WithRolesAsync(doors.Museum, Roles.Curator);
        var watch = doors.Museum.Services.GetRequiredService<AccessWatch>();
        Assert.Equal(0, await watch.LookAsync(Cancellation));

        using var answer = await Json(curator, new { audience = "researchers" });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(doors.Museum.Sessions.HasEnded);
        await using var context = await doors.Museum.Services.GetRequiredService<IDbContextFactory<Catalog.CatalogContext>>().CreateDbContextAsync(Cancellation);
        Assert.NotNull((await context.WatchLinks.SingleAsync(Cancellation)).EndedAt);
        Assert.Equal("echo", (await context.AuditEntries.SingleAsync(entry => entry.Action == AuditAction.AccessRuleChanged, Cancellation)).Subject);
        Assert.Contains("from Public to Researchers", (await context.Events.SingleAsync(Cancellation)).Detail, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task A_rule_that_names_what_does_not_exist_is_refused_in_words_and_only_curators_set_any()
    {
        await using var doors = await Doors.OpenAsync();
        using var curator = await Person.WithRolesAsync(doors.Museum, Roles.Curator);
        using var researcher = await Person.WithRolesAsync(doors.Museum, Roles.Researcher);

        using var unknown = await Json(curator, new { audience = "groups", groups = _nobody });
        using var empty = await Json(curator, new { audience = "public", roomRule = "onlyInRooms" });
        using var refused = await Json(researcher, new { audience = "public" });

        Assert.Equal(
            (HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.Forbidden),
            (unknown.StatusCode, empty.StatusCode, refused.StatusCode));
        Assert.Contains("no group \"nobody\"", (string?)(await unknown.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["detail"], StringComparison.Ordinal);
        await AssertOpenAsync(doors, doors.Museum.Client);
    }

    private static async Task<HttpResponseMessage> Json(Person person, object rule) =>
        await person.Client.PutAsync(new Uri("/api/exhibits/echo/rule", UriKind.Relative), JsonContent.Create(rule), Cancellation);

    private static async Task MakeRoomAsync(Doors doors) => Assert.Empty(await doors.Museum.Services.GetRequiredService<ReadingRooms>()
        .SaveAsync(Actor.CommandLine, "north", "The north room", ["192.0.2.0/24"], Cancellation));

    private static async Task SetRuleAsync(Doors doors, AccessRule rule) =>
        Assert.Empty(await doors.Museum.Services.GetRequiredService<AccessRules>().SetAsync(Actor.CommandLine, "echo", rule, Cancellation));

    private static async Task AssertOpenAsync(Doors doors, HttpClient client, string address = Elsewhere) =>
        Assert.Empty((await doors.TryAsync(client, address)).Where(door => !door.IsOpen).Select(door => door.Door));

    private static async Task AssertClosedAsync(Doors doors, HttpClient client, string address = Elsewhere) =>
        Assert.Empty((await doors.TryAsync(client, address)).Where(door => door.IsOpen).Select(door => door.Door));
}
