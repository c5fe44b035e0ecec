using System.Text;
using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Access;
using Preserve.Catalog.Descriptions;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Exhibits;
using Preserve.Catalog.Identifiers;
using Preserve.Catalog.Ingest.Bags;
using Preserve.Catalog.Objects;
using Preserve.Catalog.Rights;
using Preserve.Catalog.Tests.Engines;

namespace Preserve.Catalog.Tests.Ingest;

/// <summary>Bags laid out as Preserve exports them, by whoever wrote them.</summary>
public abstract class BagReturnTests(TestEngine engine) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("preserve-return-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact(Timeout = 120_000)]
    public async Task What_comes_back_is_scanned_as_whatever_comes_in()
    {
        await using var clamd = new FakeClamd();
        await using var catalog = await OpenAsync(clamd.Address);

        var infected = await ReturnAsync(catalog, "infected", $"boot {FakeClamd.Marker} sector", Object("game", $"boot {FakeClamd.Marker} sector"));
        var clean = await ReturnAsync(catalog, "clean", "sectors", Object("report", "sectors"));

        Assert.Contains(infected.Problems, problem => problem.Contains("is infected, as clamd says", StringComparison.Ordinal));
        Assert.Empty(clean.Problems);
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        Assert.Equal(["report"], await context.Objects.Select(one => one.Id).ToListAsync(Cancellation));
        var scan = await context.Events.SingleAsync(one => one.Type == "virus check", Cancellation);
        Assert.Equal(("report", "clamd", "success", "media/disk.img/disk.img: clean"), (scan.ObjectId, scan.Agent, scan.Outcome, scan.Detail));
    }

    [Fact(Timeout = 120_000)]
    public async Task It_opens_nothing_rooms_come_without_networks_and_what_was_narrow_is_for_curators()
    {
        await using var catalog = await OpenAsync();
        var narrow = Object("game", "sectors") with { Environments = [Environment("game-486")], Exhibits = [Exhibit("game") with { RoomRule = RoomRule.OnlyInRooms, Rooms = [new("hall", "Hall", ["0.0.0.0/1"])] }] };
        var open = Object("report", "sectors") with { Environments = [Environment("report-486")], Exhibits = [Exhibit("report")] };

        var result = await ReturnAsync(catalog, "bag", "sectors", narrow, open);

        Assert.Empty(result.Problems);
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        Assert.Empty((await context.ReadingRooms.SingleAsync(Cancellation)).Networks);
        Assert.Equal([("game", ResearchUse.Curators), ("report", ResearchUse.Researchers)], (await context.Objects.OrderBy(one => one.Id).ToListAsync(Cancellation)).Select(one => (one.Id, one.ResearchUse)));
        Assert.All(await context.Exhibits.ToListAsync(Cancellation), one => Assert.False(one.IsPublished));
    }

    [Theory(Timeout = 120_000)]
    [InlineData("pc-486", 999_999, "is none up to 1")]
    [InlineData("pc-of-theirs", 1, "is not installed here")]
    public async Task A_machine_profile_that_would_be_the_newest_is_refused_and_none_is_left(string id, int version, string says)
    {
        await using var catalog = await OpenAsync();

        var result = await ReturnAsync(catalog, "bag", "sectors", Object("game", "sectors") with
        {
            Environments = [Environment("game-486") with { ProfileId = id, ProfileVersion = version }], Profiles = [Samples.Profile(id, version)],
        });

        Assert.Contains(result.Problems, problem => problem.Contains(says, StringComparison.Ordinal));
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        Assert.Equal([1], await context.Profiles.Select(profile => profile.Version).ToListAsync(Cancellation));
        Assert.Equal(0, await context.Objects.CountAsync(Cancellation));
    }

    [Fact(Timeout = 120_000)]
    public async Task An_earlier_version_of_an_installed_profile_comes_along()
    {
        await using var catalog = await OpenAsync();
        await catalog.Get<ProfileRegister>().UpsertAsync([Samples.Profile(version: 3)], Cancellation);

        var result = await ReturnAsync(catalog, "bag", "sectors", Object("game", "sectors") with
        {
            Environments = [Environment("game-486") with { ProfileVersion = 2 }], Profiles = [Samples.Profile(version: 2)],
        });

        Assert.Empty(result.Problems);
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        Assert.Equal([2], (await DescriptionOfRows.DescribeAsync(context, "game", Cancellation)).Profiles.Select(profile => profile.Version));
    }

    [Fact(Timeout = 120_000)]
    public async Task Environments_over_a_withdrawn_object_are_closed()
    {
        await using var catalog = await OpenAsync();
        Assert.Empty((await ReturnAsync(catalog, "first", "sectors", Object("system", "sectors"))).Problems);
        Assert.Empty((await catalog.Get<Preserve.Catalog.Withdrawals.Withdrawals>().WithdrawAsync(Bringing.Curator, "system", "A court says so.", Cancellation)).Problems);

        var result = await ReturnAsync(catalog, "second", "sectors", Object("game", "sectors") with
        {
            Environments = [Environment("on-system") with { Drives = [new("floppy0", "system", "disk.img")] }, Environment("alone")],
        });

        Assert.Empty(result.Problems);
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        Assert.Equal([("alone", null), ("on-system", "system")], (await context.Environments.OrderBy(one => one.Id).ToListAsync(Cancellation)).Select(one => (one.Id, one.WithdrawnWith)));
    }

    [Theory(Timeout = 120_000)]
    [InlineData("media", "the medium \"disk.img\" is there more than once")]
    [InlineData("environment", "the environment \"same\" is there more than once")]
    [InlineData("cycle", "has itself, or more than 64 others, for parents")]
    [InlineData("bay", "the bay \"floppy0\" is there more than once")]
    [InlineData("rights", "it says nothing: give a URI or terms")]
    [InlineData("identifier", "'ten' is no DOI")]
    public async Task What_no_collection_can_hold_is_refused_in_words(string fault, string says)
    {
        await using var catalog = await OpenAsync();
        var (one, other) = (Object("game", "sectors"), Object("report", "sectors"));
        (one, other) = fault switch
        {
            "media" => (one with { Media = [.. one.Media, .. one.Media] }, other),
            "environment" => (one with { Environments = [Environment("same")] }, other with { Environments = [Environment("same")] }),
            "cycle" => (one with { Environments = [Environment("a") with { ParentId = "b" }] }, other with { Environments = [Environment("b") with { ParentId = "a" }] }),
            "bay" => (one with { Environments = [Environment("a") with { Drives = [new("floppy0", "game", "disk.img"), new("floppy0", "game", "disk.img")] }] }, other),
            "rights" => (one with { RightsStatements = [new RightsToState(RightsBasis.Donor, Terms: "  ")] }, other),
            _ => (one with { Identifiers = [new NamedIdentifier("doi", "ten")] }, other),
        };

        var result = await ReturnAsync(catalog, "bag", "sectors", one, other);

        Assert.Contains(result.Problems, problem => problem.Contains(says, StringComparison.Ordinal));
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        Assert.Equal((0, 0), (await context.Objects.CountAsync(Cancellation), await context.Uploads.CountAsync(Cancellation)));
    }

    private static ObjectDescription Object(string id, string content) => new()
    {
        Id = id, Title = $"Object {id}", CreatedAt = 1,
        Media = [new("disk.img", "floppy-1440K", 1, "", [new("raw", true, [new("disk.img", "media/disk.img/disk.img", 1, Encoding.UTF8.GetByteCount(content), SampleAip.Digest(content), [])])])],
    };

    private static EnvironmentDescription Environment(string id) => new() { Id = id, Title = id, ProfileId = "pc-486", ProfileVersion = 1, MemoryMiB = 16, Boot = "floppy" };

    private static ExhibitDescription Exhibit(string id) => new() { Slug = id, Title = id, Environments = [$"{id}-486"], TimeLimitInSeconds = 600, IsPublished = true, CreatedAt = 1, Audience = Audience.Public };

    private Task<BagResult> ReturnAsync(TestCatalog catalog, string name, string content, params ObjectDescription[] objects)
    {
        var bag = Path.Combine(_folder, name);
        SampleAip.Write(bag, objects.SelectMany(one => new[]
        {
            ($"data/objects/{one.Id}/description.json", Encoding.UTF8.GetString(one.ToJson())), ($"data/objects/{one.Id}/media/disk.img/disk.img", content),
        }));
        return catalog.Get<BagIntake>().IngestFolderAsync(bag, null, Bringing.Curator, null, Cancellation);
    }

    private async Task<TestCatalog> OpenAsync(string clamd = "")
    {
        var catalog = await BagCatalog.OpenAsync(engine, clamd);
        await catalog.Get<ProfileRegister>().UpsertAsync([Samples.Profile()], Cancellation);
        return catalog;
    }
}

public sealed class BagReturnOnSqlite() : BagReturnTests(new SqliteEngine());

public sealed class BagReturnOnPostgreSql(PostgreSqlCluster cluster) : BagReturnTests(new PostgreSqlEngine(cluster));
