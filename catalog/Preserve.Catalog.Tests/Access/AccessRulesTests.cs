using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Access;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Exhibits;
using Preserve.Catalog.Licences;
using Preserve.Catalog.Sessions;
using Preserve.Catalog.Tests.Engines;

namespace Preserve.Catalog.Tests.Access;

public abstract class AccessRulesTests(TestEngine engine)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_rule_is_kept_as_it_was_set_and_setting_it_again_changes_nothing()
    {
        await using var catalog = await ExhibitAsync();
        var rule = new AccessRule { Audience = Audience.Groups, Groups = ["club", "seminar"], RoomRule = RoomRule.OnlyInRooms, Rooms = ["north"], EmbargoUntil = 1_900_000_000_000 };

        Assert.Empty(await catalog.Get<AccessRules>().SetAsync(Actor.CommandLine, "show", rule, Cancellation));
        Assert.Empty(await catalog.Get<AccessRules>().SetAsync(Actor.CommandLine, "show", rule with { Groups = ["seminar", "club", "club"] }, Cancellation));

        var found = await catalog.Get<AccessRules>().FindAsync("show", Cancellation);
        Assert.Equal(rule with { Groups = [], Rooms = [] }, found! with { Groups = [], Rooms = [] });
        Assert.Equal(["club", "seminar", "north"], found.Groups.Concat(found.Rooms));
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        Assert.Equal(
            "access rule of the exhibit show: from Public to groups club, seminar; only in north; not before 2030-03-17T17:46Z",
            (await context.Events.SingleAsync(Cancellation)).Detail);

        Assert.Empty(await catalog.Get<AccessRules>().SetAsync(Actor.CommandLine, "show", new AccessRule { Audience = Audience.Groups, Groups = ["club"] }, Cancellation));
        Assert.Equal(["club"], (await catalog.Get<AccessRules>().FindAsync("show", Cancellation))!.Groups);
        Assert.Equal(0, await context.Set<ExhibitRoom>().CountAsync(Cancellation));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_group_or_room_that_a_rule_names_is_not_deleted()
    {
        await using var catalog = await ExhibitAsync();
        await catalog.Get<AccessRules>().SetAsync(
            Actor.CommandLine, "show", new AccessRule { Audience = Audience.Groups, Groups = ["club"], RoomRule = RoomRule.AlsoInRooms, Rooms = ["north"] }, Cancellation);

        Assert.Contains("show", Assert.Single(await catalog.Get<AccessGroups>().DeleteAsync(Actor.CommandLine, "club", Cancellation)), StringComparison.Ordinal);
        Assert.Contains("show", Assert.Single(await catalog.Get<ReadingRooms>().DeleteAsync(Actor.CommandLine, "north", Cancellation)), StringComparison.Ordinal);
        Assert.Empty(await catalog.Get<AccessGroups>().DeleteAsync(Actor.CommandLine, "seminar", Cancellation));
        Assert.Equal(["club"], (await catalog.Get<AccessGroups>().ListAsync(Cancellation)).Select(group => group.Id));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("0.0.0.0/0")]
    [InlineData("::/0")]
    [InlineData("192.0.2.7/24")]
    [InlineData("300.1.1.1")]
    [InlineData("10.1")]
    [InlineData("north")]
    [InlineData("")]
    public async Task A_room_takes_no_network_that_is_everybody_or_none(string network)
    {
        await using var catalog = await ExhibitAsync();

        Assert.NotEmpty(await catalog.Get<ReadingRooms>().SaveAsync(Actor.CommandLine, "south", "South", [network], Cancellation));
        Assert.DoesNotContain(await catalog.Get<ReadingRooms>().ListAsync(Cancellation), room => room.Id == "south");
    }

    [Fact(Timeout = 60_000)]
    public async Task Seats_are_shown_for_every_object_in_the_ancestry_and_a_licence_in_use_stays()
    {
        await using var catalog = await ExhibitAsync();
        await using (var context = await catalog.Contexts.CreateDbContextAsync(Cancellation))
        {
            context.Add(Samples.Object("system"));
            context.Add(Samples.Environment("root", "system"));
            await context.SaveChangesAsync(Cancellation);
            await context.Environments.Where(one => one.Id == "e").ExecuteUpdateAsync(set => set.SetProperty(one => one.ParentId, "root"), Cancellation);
        }

        var desk = catalog.Get<LicenceDesk>();
        Assert.Empty(await desk.AddAsync(Actor.CommandLine, "system", "Box 7", 1, Cancellation));
        var session = Samples.Session("here", "e");
        Assert.True((await catalog.Get<SessionRegister>().AdmitAsync(session, Cancellation)).IsAdmitted);
        Assert.Equal("Box 7", (await catalog.Get<SessionRegister>().AdmitAsync(Samples.Session("here", "root"), Cancellation)).FullLicence);

        var objects = await desk.OfExhibitAsync("show", Cancellation);
        Assert.Equal(["a", "system"], objects.Select(one => one.Id));
        var licence = Assert.Single(objects[1].Licences);
        Assert.Equal((1, 1), (licence.Seats, licence.Taken));
        Assert.NotEmpty(await desk.RemoveAsync(Actor.CommandLine, licence.Id, Cancellation));

        await catalog.Get<SessionRegister>().EndAsync(session.Id, SessionEndReason.Stopped, "", Cancellation);
        Assert.Empty(await desk.RemoveAsync(Actor.CommandLine, licence.Id, Cancellation));
    }

    [Fact(Timeout = 60_000)]
    public async Task Who_started_a_session_is_forgotten_when_it_ends()
    {
        await using var catalog = await ExhibitAsync();
        var register = catalog.Get<SessionRegister>();
        var session = new SessionRecord
        {
            Id = Guid.NewGuid(), Purpose = SessionPurpose.Visit, State = SessionState.Queued, Worker = "here", KeySha256 = Samples.Digest, CreatedAt = 1,
            StartedBy = Guid.NewGuid(), StartedIn = ["north"],
        };
        await register.AdmitAsync(session, Cancellation);
        Assert.Equal((session.StartedBy, "north"), ((await register.FindAsync(session.Id, Cancellation))!.StartedBy, (await register.FindAsync(session.Id, Cancellation))!.StartedIn[0]));

        await register.EndAsync(session.Id, SessionEndReason.Stopped, "", Cancellation);

        var row = await register.FindAsync(session.Id, Cancellation);
        Assert.Null(row!.StartedBy);
        Assert.Empty(row.StartedIn);
    }

    private async Task<TestCatalog> ExhibitAsync()
    {
        var catalog = await engine.CreateCatalogAsync();
        await catalog.AddEnvironmentsAsync("e");
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        context.Add(Samples.Exhibit("show", "a", isPublished: true, "e"));
        context.AddRange(new AccessGroup { Id = "club", Title = "The club" }, new AccessGroup { Id = "seminar", Title = "The seminar" });
        context.Add(new ReadingRoom { Id = "north", Title = "The north room", Networks = ["192.0.2.0/24"] });
        await context.SaveChangesAsync(Cancellation);
        return catalog;
    }
}

public sealed class AccessRulesOnSqlite() : AccessRulesTests(new SqliteEngine());

public sealed class AccessRulesOnPostgreSql(PostgreSqlCluster cluster) : AccessRulesTests(new PostgreSqlEngine(cluster));
