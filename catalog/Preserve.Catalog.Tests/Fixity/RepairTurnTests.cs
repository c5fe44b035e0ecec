using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Fixity;
using Preserve.Catalog.Ingest;
using Preserve.Catalog.SecondRoots;
using Preserve.Catalog.Storage;
using Preserve.Catalog.Tests.Engines;
using Preserve.Catalog.Tests.Import;
using Preserve.Catalog.Tests.Ingest;

namespace Preserve.Catalog.Tests.Fixity;

/// <summary>A purge that commits while a repair reads its copy.</summary>
public abstract class RepairTurnTests(TestEngine engine)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_purged_meanwhile_does_not_come_back(bool isSecondRoot)
    {
        await using var catalog = await engine.CreateCatalogAsync(ImportSetting.Add);
        var upload = await catalog.BringAsync("one.img", "sectors of one");
        Assert.Empty((await catalog.Get<Acceptance>().AcceptAsync(Bringing.Request("one", upload), Bringing.Curator, Cancellation)).Problems);
        var storage = catalog.Get<ObjectStorage>();
        var options = catalog.Options with { SecondStorageFolder = Path.Combine(catalog.Options.DataFolder, "second") };
        var second = new SecondRoot(options, storage, catalog.Contexts, catalog.Time);
        Assert.Equal(1, await second.FillAsync(null, () => false, Cancellation));
        var root = isSecondRoot ? options.SecondStorageFolder : options.StorageFolder;
        var file = Directory.EnumerateFiles(root, "one.img", SearchOption.AllDirectories).Single();
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        var content = (await context.ContentLocations.AsNoTracking().ToListAsync(Cancellation)).Single(one => file.EndsWith(one.Path, StringComparison.Ordinal));
        Func<Task<string?>> repair = isSecondRoot
            ? () => new SecondRootChecks(second, storage, catalog.Contexts, catalog.Time).RepairAsync(content, "the curator", Cancellation)
            : () => new FixityRepair(options, storage, catalog.Contexts, catalog.Time).RepairAsync(content, "the curator", Cancellation);
        File.Delete(file);
        Assert.Null(await repair());
        Assert.Equal("sectors of one", await File.ReadAllTextAsync(file, Cancellation));

        Task<string?> repairing;
        await using (await storage.Ocfl.TakeTurnAsync(Cancellation))
        {
            repairing = repair();
            await context.ContentLocations.Where(one => one.Id == content.Id).ExecuteDeleteAsync(Cancellation);
            File.Delete(file);
        }

        // Whoever waits for the turn waits by the test's clock.
        while (!repairing.IsCompleted)
        {
            catalog.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(10, Cancellation);
        }

        Assert.Contains("purged meanwhile", await repairing, StringComparison.Ordinal);
        Assert.False(File.Exists(file));
        Assert.DoesNotContain(Directory.EnumerateFiles(catalog.Options.DataFolder, "repair-*", SearchOption.AllDirectories), path => !path.Contains("/damaged/", StringComparison.Ordinal));
    }
}

public sealed class RepairTurnOnSqlite() : RepairTurnTests(new SqliteEngine());

public sealed class RepairTurnOnPostgreSql(PostgreSqlCluster cluster) : RepairTurnTests(new PostgreSqlEngine(cluster));
