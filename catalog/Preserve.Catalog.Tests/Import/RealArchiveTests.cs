using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Exhibits;
using Preserve.Catalog.Import;
using Preserve.Catalog.Tests.Engines;

namespace Preserve.Catalog.Tests.Import;

public abstract class RealArchiveTests(TestEngine engine)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 300_000)]
    public async Task The_archive_of_real_systems_is_imported_and_a_second_time_changes_nothing()
    {
        var folder = SharedArchive.Require();
        await using var catalog = await engine.CreateCatalogAsync(ImportSetting.Add);
        await catalog.RequireSandboxAsync();
        var reports = new List<ImportProgress>();

        var first = await catalog.Get<ArchiveImporter>().ImportAsync(folder, new Progress(reports), Cancellation);
        var second = await catalog.Get<ArchiveImporter>().ImportAsync(folder, null, Cancellation);

        Assert.Empty(first.Problems);
        Assert.Equal((14, 17, 17), (first.ObjectsAdded, first.EnvironmentsAdded, first.ExhibitsAdded));
        Assert.Equal((0, 0, 14), (second.ObjectsAdded, second.ObjectsUpdated, second.ObjectsUnchanged));
        Assert.Equal(first.LengthCheckedInBytes, reports[^1].DoneInBytes);
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        var exhibits = await context.ListPublishedExhibitsAsync(0, 100, Cancellation);
        Assert.Equal(17, exhibits.Select(exhibit => exhibit.Title).Distinct().Count());
        Assert.Contains("OpenGEM 6 (floppy disk)", exhibits.Select(exhibit => exhibit.Title));
        Assert.Contains("OpenBIOS (SPARCstation 5)", exhibits.Select(exhibit => exhibit.Title));
        foreach (var exhibit in exhibits)
        {
            var bootable = await context.FindBootableEnvironmentAsync(exhibit.Slug, Cancellation);
            Assert.All(bootable!.Shelf, medium => Assert.Equal(medium.LengthInBytes, new FileInfo(StoredPath(catalog, medium)).Length));
        }

        Assert.Equal(14, await context.Events.CountAsync(e => e.Type == "ingestion", Cancellation));
        Assert.Equal(15, await context.Events.CountAsync(e => e.Type == "decompression", Cancellation));
    }

    private static string StoredPath(TestCatalog catalog, BootableMedium medium) =>
        catalog.Get<Preserve.Catalog.Storage.IContentStore>().PathForMount(medium.Sha256);

    private sealed class Progress(List<ImportProgress> reports) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => reports.Add(value);
    }
}

public sealed class RealArchiveOnSqlite() : RealArchiveTests(new SqliteEngine());

public sealed class RealArchiveOnPostgreSql(PostgreSqlCluster cluster) : RealArchiveTests(new PostgreSqlEngine(cluster));
