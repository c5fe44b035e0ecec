using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Descriptions;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Fixity;
using Preserve.Catalog.Import;
using Preserve.Catalog.Ocfl.Validation;
using Preserve.Catalog.Storage;
using Preserve.Catalog.Tests.Engines;
using Preserve.Catalog.Tests.Import;

namespace Preserve.Catalog.Tests.Fixity;

public abstract class FixityTests(TestEngine engine)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task A_file_flipped_by_one_bit_is_found_told_and_not_served_until_it_is_repaired_from_the_second_root()
    {
        await using var catalog = await ImportAsync();
        var sha256 = await MediumAsync(catalog);
        var store = catalog.Get<IContentStore>();
        var path = store.PathForMount(sha256);
        Copy(catalog.Options.StorageFolder, Second(catalog));
        Flip(path);
        Assert.True(store.Contains(sha256));

        var results = await CheckAllAsync(catalog);

        var damage = Assert.Single(results, result => result.Outcome != FixityOutcome.Sound);
        Assert.Equal((FixityOutcome.Differs, "game"), (damage.Outcome, damage.ObjectId));
        Assert.False(store.Contains(sha256));
        Assert.Throws<FileNotFoundException>(() => store.Open(sha256));
        Assert.Contains("SHA-256 is", store.FindProblem(sha256), StringComparison.Ordinal);
        await AssertStatusAsync(catalog, damaged: 1, "game");

        var repair = RepairOf(catalog);
        Assert.Null(await repair.RepairAsync(Assert.Single(await repair.FindDamagedAsync(null, Cancellation)), "the curator", Cancellation));

        Assert.All(await CheckAllAsync(catalog), result => Assert.Equal(FixityOutcome.Sound, result.Outcome));
        await using (var content = store.Open(sha256))
        {
            Assert.Equal("bytes of game", await new StreamReader(content).ReadToEndAsync(Cancellation));
        }

        await AssertStatusAsync(catalog, damaged: 0);
        Assert.Empty((await OcflRootValidator.ValidateAsync(catalog.Options.StorageFolder, null, Cancellation)).Findings.Kept);
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        Assert.Equal("the curator", (await context.Events.SingleAsync(one => one.Type == "recovery", Cancellation)).Agent);
        Assert.Equal(["game"], await catalog.Get<ObjectVersions>().FindDueAsync(10, Cancellation));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_copy_that_is_damaged_too_repairs_nothing()
    {
        await using var catalog = await ImportAsync();
        var path = catalog.Get<IContentStore>().PathForMount(await MediumAsync(catalog));
        Flip(path);
        Copy(catalog.Options.StorageFolder, Second(catalog));
        await CheckAllAsync(catalog);

        await CheckAllAsync(catalog);
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        Assert.Equal(1, await context.Events.CountAsync(one => one.Outcome == "failure" && !one.IsRoutine, Cancellation));

        var repair = RepairOf(catalog);
        var problem = await repair.RepairAsync(Assert.Single(await repair.FindDamagedAsync("game", Cancellation)), "the curator", Cancellation);

        Assert.Equal("the copy in the second storage root is damaged too", problem);
        await AssertStatusAsync(catalog, damaged: 1, "game");
    }

    [Fact(Timeout = 120_000)]
    public async Task A_missing_file_is_told()
    {
        await using var catalog = await ImportAsync();
        File.Delete(catalog.Get<IContentStore>().PathForMount(await MediumAsync(catalog)));

        Assert.Contains(await CheckAllAsync(catalog), result => result.Outcome == FixityOutcome.Missing);
    }

    [Fact(Timeout = 120_000)]
    public async Task Each_file_is_checked_once_a_round_by_one_of_many_and_only_what_is_due()
    {
        await using var catalog = await ImportAsync(objects: 5);
        var checks = catalog.Get<FixityChecks>();
        catalog.Time.Advance(TimeSpan.FromDays(1));
        var scope = new FixityScope(catalog.Time.GetUtcNow().ToUnixTimeMilliseconds());

        async Task<int> WorkAsync(string name)
        {
            var count = 0;
            while (await checks.CheckNextAsync(scope, name, null, Cancellation) is not null)
            {
                count++;
            }

            return count;
        }

        var counts = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Task.Run(() => WorkAsync($"w{number}"), Cancellation)));

        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        var files = await context.ContentLocations.CountAsync(Cancellation);
        Assert.Equal(files, counts.Sum());
        Assert.Equal(files, await context.Events.CountAsync(one => one.IsRoutine && one.Type == "fixity check", Cancellation));
        Assert.Null(await checks.CheckNextAsync(scope with { ObjectId = "game" }, "w", null, Cancellation));
        Assert.Empty(await catalog.Get<ObjectVersions>().FindDueAsync(10, Cancellation));
    }

    [Fact(Timeout = 120_000)]
    public async Task What_a_dead_worker_had_taken_is_free_again()
    {
        await using var catalog = await ImportAsync();
        var claims = catalog.Get<FixityClaims>();
        var scope = new FixityScope(long.MaxValue);
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        var files = await context.ContentLocations.CountAsync(Cancellation);
        for (var file = 0; file < files; file++)
        {
            Assert.NotNull(await claims.ClaimAsync(scope, "dead", Cancellation));
        }

        Assert.Null(await claims.ClaimAsync(scope, "living", Cancellation));
        catalog.Time.Advance(FixityClaims.Lease + TimeSpan.FromSeconds(1));
        Assert.NotNull(await claims.ClaimAsync(scope, "living", Cancellation));
        Assert.Equal(files - 1, await claims.ReleaseOfWorkerAsync("dead", Cancellation));
    }

    private async Task<TestCatalog> ImportAsync(int objects = 1)
    {
        var catalog = await engine.CreateCatalogAsync(ImportSetting.Add);
        using var archive = new TestArchive();
        for (var more = 1; more < objects; more++)
        {
            archive.Objects.Add((JsonNode)archive.MakeObject($"more{more}"));
        }

        Assert.Empty((await catalog.Get<ArchiveImporter>().ImportAsync(archive.Write(), null, Cancellation)).Problems);
        return catalog;
    }

    private static async Task<string> MediumAsync(TestCatalog catalog)
    {
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        return (await context.FindBootableEnvironmentAsync("game", Cancellation))!.Drives[0].Medium.Sha256;
    }

    private static async Task<List<FixityResult>> CheckAllAsync(TestCatalog catalog)
    {
        catalog.Time.Advance(TimeSpan.FromDays(1));
        var scope = new FixityScope(catalog.Time.GetUtcNow().ToUnixTimeMilliseconds());
        var results = new List<FixityResult>();
        while (await catalog.Get<FixityChecks>().CheckNextAsync(scope, "test", null, Cancellation) is { } result)
        {
            results.Add(result);
        }

        Assert.NotEmpty(results);
        return results;
    }

    private static async Task AssertStatusAsync(TestCatalog catalog, int damaged, params string[] objects)
    {
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        var status = await context.FixityStatusAsync(Cancellation);
        Assert.Equal(damaged, status.Damaged);
        Assert.Equal(objects, status.DamagedObjects);
        Assert.Equal(objects, await context.FindDamagedEnvironmentsAsync(["game"], Cancellation));
    }

    private static string Second(TestCatalog catalog) => Path.Combine(catalog.Options.DataFolder, "second");

    private static FixityRepair RepairOf(TestCatalog catalog) => new(
        catalog.Options with { SecondStorageFolder = Second(catalog) }, catalog.Get<ObjectStorage>(), catalog.Contexts, catalog.Time);

    private static void Flip(string path)
    {
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        var first = file.ReadByte();
        file.Position = 0;
        file.WriteByte((byte)(first ^ 1));
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}

public sealed class FixityOnSqlite() : FixityTests(new SqliteEngine());

public sealed class FixityOnPostgreSql(PostgreSqlCluster cluster) : FixityTests(new PostgreSqlEngine(cluster));
