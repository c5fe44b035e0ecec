using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Database;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Exhibits;
using Preserve.Catalog.Import;
using Preserve.Catalog.Storage;
using Preserve.Catalog.Tests.Engines;

namespace Preserve.Catalog.Tests.Import;

public abstract class ArchiveImporterTests(TestEngine engine)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task An_object_becomes_media_an_environment_a_published_exhibit_and_events()
    {
        await using var catalog = await engine.CreateCatalogAsync(ImportSetting.Add);
        using var archive = new TestArchive();
        archive.Environment["flashes"] = true;

        var result = await ImportAsync(catalog, archive);

        Assert.Empty(result.Problems);
        Assert.Equal((1, 1, 1, 1), (result.ObjectsAdded, result.MediaAdded, result.EnvironmentsAdded, result.ExhibitsAdded));
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        var exhibit = await context.FindExhibitAsync("game", Cancellation);
        Assert.NotNull(exhibit);
        Assert.True(exhibit.IsPublished && exhibit.Flashes);
        Assert.Equal(("The game", "About game.", "MIT"), (exhibit.Title, exhibit.LabelText, exhibit.RightsBasis));
        Assert.Equal(["dir<enter>", "ver<enter>"], exhibit.TryThis);
        Assert.Equal(["Ada", "Løve"], exhibit.Object!.Creators);
        var bootable = await context.FindBootableEnvironmentAsync("game", Cancellation);
        Assert.NotNull(bootable);
        Assert.Equal((PosterState.Due, 2.5, "pc-486"), (bootable.Environment.PosterState, bootable.Environment.SettlesAfterSeconds, bootable.Profile.Id));
        await using var content = catalog.Get<IContentStore>().Open(Assert.Single(bootable.Drives).Medium.Sha256);
        Assert.Equal("bytes of game", await new StreamReader(content).ReadToEndAsync(Cancellation));
        Assert.Equal(["ingestion", "message digest calculation", "fixity check"], await context.Events.OrderBy(e => e.Id).Select(e => e.Type).ToListAsync(Cancellation));
        Assert.Equal(["preserve import 0.1.0"], await context.Events.Select(e => e.Agent).Distinct().ToListAsync(Cancellation));
        Assert.Empty(ImportSetting.Leftovers(catalog.Options.DataFolder));
    }

    [Fact(Timeout = 60_000)]
    public async Task The_same_archive_again_changes_nothing_not_even_what_a_curator_changed_since()
    {
        await using var catalog = await engine.CreateCatalogAsync(ImportSetting.Add);
        using var archive = new TestArchive();
        await ImportAsync(catalog, archive);
        await using (var context = await catalog.Contexts.CreateDbContextAsync(Cancellation))
        {
            await context.Exhibits.ExecuteUpdateAsync(set => set.SetProperty(e => e.Title, "Curated").SetProperty(e => e.IsPublished, false), Cancellation);
        }

        var before = await DumpAsync(catalog);
        var again = await ImportAsync(catalog, archive);

        Assert.Empty(again.Problems);
        Assert.Equal((0, 0, 1), (again.ObjectsAdded, again.ObjectsUpdated, again.ObjectsUnchanged));
        Assert.Equal(before, await DumpAsync(catalog));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_changed_manifest_describes_anew_and_adds_media_and_environments()
    {
        await using var catalog = await engine.CreateCatalogAsync(ImportSetting.Add);
        using var archive = new TestArchive();
        await ImportAsync(catalog, archive);
        archive.Game["title"] = "The game, again";
        archive.Game["labelText"] = "A *label*.";
        archive.Game["media"]!.AsArray().Add((JsonNode)archive.MakeMedium("two.img", [1, 2, 3]));
        var second = TestArchive.MakeEnvironment("game-two", "two.img");
        second["title"] = "From the second disk";
        archive.Game["environments"]!.AsArray().Add((JsonNode)second);

        var result = await ImportAsync(catalog, archive);

        Assert.Empty(result.Problems);
        Assert.Equal((1, 1, 1, 1), (result.ObjectsUpdated, result.MediaAdded, result.EnvironmentsAdded, result.ExhibitsAdded));
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        var titles = await context.Exhibits.OrderBy(e => e.Slug).Select(e => new { e.Title, e.LabelText }).ToListAsync(Cancellation);
        Assert.Equal([("The game, again (game)", "A *label*."), ("From the second disk", "A *label*.")], titles.Select(e => (e.Title, e.LabelText)));
        Assert.Equal(["game.img", "two.img"], (await context.FindBootableEnvironmentAsync("game", Cancellation))!.Shelf.Select(m => m.Name));
        Assert.Equal(1, await context.Events.CountAsync(e => e.Type == "metadata modification", Cancellation));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_changed_machine_keeps_its_environment_and_gets_a_new_poster()
    {
        await using var catalog = await engine.CreateCatalogAsync(ImportSetting.Add);
        using var archive = new TestArchive();
        archive.Game["media"]!.AsArray().Add((JsonNode)archive.MakeMedium("two.img", [1, 2, 3]));
        await ImportAsync(catalog, archive);
        var claims = catalog.Get<PosterClaims>();
        await claims.ClaimAsync("w", Cancellation);
        await claims.MadeAsync("game", "w", Samples.Digest, 1, 1, Cancellation);

        archive.Environment["settledScreen"] = "another description";
        await ImportAsync(catalog, archive);
        Assert.Null(await claims.ClaimAsync("w", Cancellation));

        archive.Environment["drives"] = new JsonObject { ["floppy0"] = "two.img" };
        archive.Environment["memoryMiB"] = 32;
        Assert.Empty((await ImportAsync(catalog, archive)).Problems);
        Assert.Equal("game", await claims.ClaimAsync("w", Cancellation));
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        var bootable = await context.FindBootableEnvironmentAsync("game", Cancellation);
        Assert.Equal(("two.img", 32), (Assert.Single(bootable!.Drives).Medium.Name, bootable.Environment.MemoryMiB));
    }

    [Fact(Timeout = 60_000)]
    public async Task Bytes_of_a_known_medium_are_never_replaced()
    {
        await using var catalog = await engine.CreateCatalogAsync(ImportSetting.Add);
        using var archive = new TestArchive();
        await ImportAsync(catalog, archive);
        var before = await DumpAsync(catalog);
        archive.Game["media"]![0] = archive.MakeMedium("game.img", [9, 9, 9]);

        var result = await ImportAsync(catalog, archive);

        Assert.StartsWith("objects[0] \"game\" media[0] game.img: the catalog has a medium of this name with other bytes", Assert.Single(result.Problems));
        Assert.Equal(before, await DumpAsync(catalog));
    }

    [Fact(Timeout = 60_000)]
    public async Task An_environment_of_another_object_is_not_taken_over()
    {
        await using var catalog = await engine.CreateCatalogAsync(ImportSetting.Add);
        using var first = new TestArchive();
        await ImportAsync(catalog, first);
        using var second = new TestArchive();
        second.Objects[0] = second.MakeObject("other");
        second.Environment["id"] = "game";

        var result = await ImportAsync(catalog, second);

        Assert.Equal("objects[0] \"other\" environments[0] \"game\": the catalog has an environment with this id, of the object \"game\"", Assert.Single(result.Problems));
        Assert.Single(ImportSetting.Stored(catalog.Options.DataFolder));
    }

    [Fact(Timeout = 60_000)]
    public async Task Without_rights_nothing_is_published_until_they_are_stated()
    {
        await using var catalog = await engine.CreateCatalogAsync(ImportSetting.Add);
        using var archive = new TestArchive();
        archive.Game["rights"] = " ";
        await ImportAsync(catalog, archive);
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        Assert.Equal(0, await context.CountPublishedExhibitsAsync(Cancellation));

        archive.Game["rights"] = "MIT";
        await ImportAsync(catalog, archive);

        Assert.Equal(1, await context.CountPublishedExhibitsAsync(Cancellation));
    }

    [Fact(Timeout = 60_000)]
    public async Task One_wrong_digest_leaves_nothing_of_the_whole_archive()
    {
        await using var catalog = await engine.CreateCatalogAsync(ImportSetting.Add);
        using var archive = new TestArchive();
        archive.Objects.Add((JsonNode)archive.MakeObject("bad"));
        archive.Objects.Add((JsonNode)archive.MakeObject("worse"));
        await File.WriteAllTextAsync(Path.Combine(archive.Folder, "bad.img"), "BYTES of bad", Cancellation);
        await File.WriteAllTextAsync(Path.Combine(archive.Folder, "worse.img"), "BYTES of worse", Cancellation);
        var before = await DumpAsync(catalog);

        var result = await ImportAsync(catalog, archive);

        Assert.Equal(2, result.Problems.Count);
        Assert.Matches("^objects\\[1\\] \"bad\" media\\[0\\] bad\\.img: SHA-256 is [0-9a-f]{64}, the manifest says [0-9a-f]{64}$", result.Problems[0]);
        Assert.Equal(before, await DumpAsync(catalog));
        Assert.Empty(ImportSetting.Stored(catalog.Options.DataFolder));
        Assert.Empty(ImportSetting.Leftovers(catalog.Options.DataFolder));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_cancelled_import_leaves_nothing_but_what_was_there()
    {
        await using var catalog = await engine.CreateCatalogAsync(ImportSetting.Add);
        using var archive = new TestArchive();
        await ImportAsync(catalog, archive);
        archive.Objects.Add((JsonNode)archive.MakeObject("second"));
        archive.Objects.Add((JsonNode)archive.MakeObject("third"));
        var before = await DumpAsync(catalog);
        using var cancellation = new CancellationTokenSource();
        var storedWhenCancelled = 0;
        var progress = new Reports(report =>
        {
            if (report.Entry.Contains("third", StringComparison.Ordinal))
            {
                storedWhenCancelled = ImportSetting.Stored(catalog.Options.DataFolder).Count;
                cancellation.Cancel();
            }
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => catalog.Get<ArchiveImporter>().ImportAsync(archive.Write(), progress, cancellation.Token));

        Assert.Equal(1, storedWhenCancelled);
        Assert.Equal(before, await DumpAsync(catalog));
        Assert.Single(ImportSetting.Stored(catalog.Options.DataFolder));
        Assert.Empty(ImportSetting.Leftovers(catalog.Options.DataFolder));
    }

    [Fact(Timeout = 60_000)]
    public async Task Imports_that_start_together_take_turns_and_the_second_changes_nothing()
    {
        var options = await engine.CreateEmptyAsync();
        using var archive = new TestArchive();
        var folder = archive.Write();
        async Task<ImportResult> ImportOnceAsync()
        {
            var services = new ServiceCollection().AddLogging();
            engine.Register(services, options);
            ImportSetting.Add(services);
            await using var provider = services.BuildServiceProvider();
            await provider.GetRequiredService<CatalogMigrator>().MigrateAsync(Cancellation);
            return await provider.GetRequiredService<ArchiveImporter>().ImportAsync(folder, null, Cancellation);
        }

        var results = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(ImportOnceAsync, Cancellation)));

        Assert.All(results, result => Assert.Empty(result.Problems));
        Assert.Equal((1, 2), (results.Sum(result => result.ObjectsAdded), results.Sum(result => result.ObjectsUnchanged)));
        Directory.Delete(options.DataFolder, recursive: true);
    }

    private static Task<ImportResult> ImportAsync(TestCatalog catalog, TestArchive archive) =>
        catalog.Get<ArchiveImporter>().ImportAsync(archive.Write(), null, Cancellation);

    // Everything that an import writes, as text.
    private static async Task<string> DumpAsync(TestCatalog catalog)
    {
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        return System.Text.Json.JsonSerializer.Serialize(new
        {
            Objects = await context.Objects.AsNoTracking().OrderBy(o => o.Id)
                .Include(o => o.Media).ThenInclude(m => m.Representations).ThenInclude(r => r.Files).ToListAsync(Cancellation),
            Environments = await context.Environments.AsNoTracking().OrderBy(e => e.Id).Include(e => e.Drives).ToListAsync(Cancellation),
            Exhibits = await context.Exhibits.AsNoTracking().OrderBy(e => e.Id).Include(e => e.Environments).ToListAsync(Cancellation),
            Events = await context.Events.AsNoTracking().OrderBy(e => e.Id).ToListAsync(Cancellation),
        });
    }

    private sealed class Reports(Action<ImportProgress> report) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => report(value);
    }
}

public sealed class ArchiveImporterOnSqlite() : ArchiveImporterTests(new SqliteEngine());

public sealed class ArchiveImporterOnPostgreSql(PostgreSqlCluster cluster) : ArchiveImporterTests(new PostgreSqlEngine(cluster));
