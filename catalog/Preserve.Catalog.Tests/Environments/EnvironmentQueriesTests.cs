using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Objects;
using Preserve.Catalog.Tests.Engines;

namespace Preserve.Catalog.Tests.Environments;

public abstract class EnvironmentQueriesTests(TestEngine engine)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_bootable_environment_comes_with_profile_drives_and_every_medium_of_its_object()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        await catalog.AddEnvironmentsAsync("e1");
        await using (var context = await catalog.Contexts.CreateDbContextAsync(Cancellation))
        {
            var second = Samples.Medium("a", "two.img", 2, new string('2', 64));
            var first = Samples.Medium("a", "one.img", 1, new string('1', 64));
            var preservation = new Representation { Format = "raw", IsAccessCopy = false };
            preservation.Files.Add(new StoredFile { Name = "one.flux", LengthInBytes = 9, Sha256 = new string('f', 64) });
            first.Representations.Insert(0, preservation);
            context.AddRange(second, first);
            await context.SaveChangesAsync(Cancellation);
            context.Add(new EnvironmentDrive { EnvironmentId = "e1", Bay = "floppy0", MediumId = first.Id });
            await context.SaveChangesAsync(Cancellation);
        }

        await using var reading = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        var found = await reading.FindBootableEnvironmentAsync("e1", Cancellation);

        Assert.NotNull(found);
        Assert.Equal("harddisk", found.Profile.Bays["disk0"]);
        var drive = Assert.Single(found.Drives);
        Assert.Equal(("floppy0", "one.img", new string('1', 64), 512L), (drive.Bay, drive.Medium.Name, drive.Medium.Sha256, drive.Medium.LengthInBytes));
        Assert.Equal(["one.img", "two.img"], found.Shelf.Select(medium => medium.Name));
        Assert.Null(await reading.FindBootableEnvironmentAsync("other", Cancellation));
    }

    [Fact(Timeout = 60_000)]
    public async Task Profiles_are_refreshed_and_older_versions_stay()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        var register = catalog.Get<ProfileRegister>();
        await register.UpsertAsync([Samples.Profile()], Cancellation);
        var refreshed = Samples.Profile();
        refreshed.Title = "A 486";
        refreshed.Bays["disk2"] = "harddisk";

        await register.UpsertAsync([refreshed, Samples.Profile(version: 2)], Cancellation);

        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        var rows = await context.Profiles.AsNoTracking().OrderBy(profile => profile.Version).ToListAsync(Cancellation);
        Assert.Equal([(1, "A 486", 5), (2, "PC with 486 processor", 4)], rows.Select(row => (row.Version, row.Title, row.Bays.Count)));
    }

    [Fact(Timeout = 60_000)]
    public async Task Services_that_start_together_can_all_register_profiles()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        var register = catalog.Get<ProfileRegister>();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => register.UpsertAsync([Samples.Profile()], Cancellation), Cancellation)));

        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        Assert.Equal(1, await context.Profiles.CountAsync(Cancellation));
    }
}

public sealed class EnvironmentQueriesOnSqlite() : EnvironmentQueriesTests(new SqliteEngine());

public sealed class EnvironmentQueriesOnPostgreSql(PostgreSqlCluster cluster) : EnvironmentQueriesTests(new PostgreSqlEngine(cluster));
