using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Access;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Descriptions;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Exhibits;
using Preserve.Catalog.Import;
using Preserve.Catalog.Licences;
using Preserve.Catalog.Ocfl.Validation;
using Preserve.Catalog.Storage;
using Preserve.Catalog.Tests.Engines;
using Preserve.Catalog.Tests.Import;
using Preserve.Catalog.Tests.Search;

namespace Preserve.Catalog.Tests.Descriptions;

public abstract class RebuildTests(TestEngine engine)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task A_catalog_made_from_storage_alone_is_the_one_that_was_lost()
    {
        await using var catalog = await engine.CreateCatalogAsync(ImportSetting.Add);
        using var archive = new TestArchive();
        archive.Game["media"]!.AsArray().Add((JsonNode)archive.MakeMedium("two.img", [1, 2, 3]));
        archive.Objects.Add((JsonNode)archive.MakeObject("second"));
        Assert.Empty((await catalog.Get<ArchiveImporter>().ImportAsync(archive.Write(), null, Cancellation)).Problems);
        await MakeDerivativeAsync(catalog);
        await catalog.Get<ObjectVersions>().WriteAsync("second", "a derivative", Cancellation);
        var before = await DumpAsync(catalog);

        await using var rebuilt = await RebuildAsync(catalog);

        Assert.Equal(before, await DumpAsync(rebuilt));
        Assert.Equal(["second"], (await rebuilt.FindAsync(SearchRows.Curator("second"))).Names);
        var bootable = await FindAsync(rebuilt, "grandchild");
        Assert.Equal(("game.img", "game"), (Assert.Single(bootable.Drives).Medium.Name, bootable.Environment.ParentId!));
        Assert.Equal(PosterState.Due, bootable.Environment.PosterState);
        await using var content = rebuilt.Get<IContentStore>().Open(bootable.Drives[0].Medium.Sha256);
        Assert.Equal("bytes of game", await new StreamReader(content).ReadToEndAsync(Cancellation));
    }

    [Fact(Timeout = 120_000)]
    public async Task What_an_import_stores_validates_and_an_unchanged_one_makes_no_version()
    {
        await using var catalog = await engine.CreateCatalogAsync(ImportSetting.Add);
        using var archive = new TestArchive();
        await catalog.Get<ArchiveImporter>().ImportAsync(archive.Write(), null, Cancellation);
        await catalog.Get<ArchiveImporter>().ImportAsync(archive.Write(), null, Cancellation);
        archive.Game["title"] = "Another title";
        await catalog.Get<ArchiveImporter>().ImportAsync(archive.Write(), null, Cancellation);

        var storage = catalog.Get<ObjectStorage>().Ocfl;
        var report = await OcflRootValidator.ValidateAsync(storage.Root, null, Cancellation);

        Assert.Empty(report.Findings.Kept);
        Assert.Equal("v2", storage.FindInventory(ObjectStorage.OcflId("game"))!.Head);
        Assert.Empty(await catalog.Get<ObjectVersions>().FindDueAsync(10, Cancellation));
    }

    [Fact(Timeout = 120_000)]
    public async Task An_event_makes_a_version_due_and_writing_it_settles_that()
    {
        await using var catalog = await engine.CreateCatalogAsync(ImportSetting.Add);
        using var archive = new TestArchive();
        await catalog.Get<ArchiveImporter>().ImportAsync(archive.Write(), null, Cancellation);
        await using (var context = await catalog.Contexts.CreateDbContextAsync(Cancellation))
        {
            await context.Exhibits.ExecuteUpdateAsync(set => set.SetProperty(e => e.Title, "Curated"), Cancellation);
            context.Events.Add(Samples.Event("game", "metadata modification"));
            await context.SaveChangesAsync(Cancellation);
        }

        Assert.Equal(["game"], await catalog.Get<ObjectVersions>().FindDueAsync(10, Cancellation));
        await catalog.Get<ObjectVersions>().WriteAsync("game", "as curated", Cancellation);

        Assert.Empty(await catalog.Get<ObjectVersions>().FindDueAsync(10, Cancellation));
        Assert.Equal("v2", catalog.Get<ObjectStorage>().Ocfl.FindInventory(ObjectStorage.OcflId("game"))!.Head);
    }

    [Fact(Timeout = 120_000)]
    public async Task Media_that_an_earlier_release_kept_by_digest_move_into_their_object()
    {
        await using var catalog = await engine.CreateCatalogAsync(ImportSetting.Add);
        var stored = await catalog.Get<IContentStore>().PutAsync(new MemoryStream("old bytes"u8.ToArray()), 100, Cancellation);
        await using (var context = await catalog.Contexts.CreateDbContextAsync(Cancellation))
        {
            context.Objects.Add(Samples.Object("old", stored));
            await context.SaveChangesAsync(Cancellation);
            context.Events.Add(Samples.Event("old", "ingestion"));
            await context.SaveChangesAsync(Cancellation);
        }

        await catalog.Get<ObjectVersions>().WriteAsync("old", "moved", Cancellation);

        Assert.False(catalog.Get<FileContentStore>().Contains(stored.Sha256));
        await using var content = catalog.Get<IContentStore>().Open(stored.Sha256);
        Assert.Equal("old bytes", await new StreamReader(content).ReadToEndAsync(Cancellation));
    }

    [Theory(Timeout = 120_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_a_kill_storage_does_what_the_catalog_decided(bool isAccepted)
    {
        await using var catalog = await engine.CreateCatalogAsync(ImportSetting.Add);
        using var archive = new TestArchive();
        await catalog.Get<ArchiveImporter>().ImportAsync(archive.Write(), null, Cancellation);
        var storage = catalog.Get<ObjectStorage>();
        await using (var transaction = await storage.Ocfl.BeginAsync(Cancellation))
        {
            var draft = new Catalog.Ocfl.Storage.OcflDraft
            {
                ObjectId = ObjectStorage.OcflId("game"), CreatedAt = DateTimeOffset.UnixEpoch, Message = "m", UserName = "u", UserAddress = "mailto:a@example.org",
            };
            draft.Put("media/more", await transaction.StageAsync([1, 2, 3], Cancellation));
            transaction.Add(draft);
            await transaction.PrepareAsync(Cancellation);
            await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
            context.StorageCommits.Add(new StorageCommit { Id = isAccepted ? transaction.Id : "another" });
            await context.SaveChangesAsync(Cancellation);
        }

        var recovery = await storage.RecoverAsync(Cancellation);

        Assert.Equal(isAccepted ? (1, 0) : (0, 1), (recovery.Finished, recovery.Undone));
        Assert.Equal(isAccepted ? "v2" : "v1", storage.Ocfl.FindInventory(ObjectStorage.OcflId("game"))!.Head);
        Assert.Empty(ImportSetting.Leftovers(catalog.Options.DataFolder));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_catalog_with_objects_is_not_made_anew_and_a_damaged_description_is_told()
    {
        await using var catalog = await engine.CreateCatalogAsync(ImportSetting.Add);
        using var archive = new TestArchive();
        await catalog.Get<ArchiveImporter>().ImportAsync(archive.Write(), null, Cancellation);
        Assert.Null(await catalog.Get<ArchiveRebuild>().RebuildAsync(Cancellation));

        var file = Directory.EnumerateFiles(catalog.Options.StorageFolder, "description.json", SearchOption.AllDirectories).Single();
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.AppendAllTextAsync(file, " ", Cancellation);

        var problem = await Assert.ThrowsAsync<InvalidDataException>(() => RebuildAsync(catalog));
        Assert.Contains("is not what was stored", problem.Message, StringComparison.Ordinal);
    }

    // An environment of the second object that boots the first one's floppy, and a licence.
    private static async Task MakeDerivativeAsync(TestCatalog catalog)
    {
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        var parent = await context.Environments.SingleAsync(one => one.Id == "game", Cancellation);
        var medium = await context.Media.SingleAsync(one => one.Name == "game.img", Cancellation);
        context.Environments.Add(new PreservedEnvironment
        {
            Id = "grandchild", ObjectId = "second", Title = "Grandchild", ParentId = "game", ProfileId = parent.ProfileId, ProfileVersion = parent.ProfileVersion,
            MemoryMiB = 8, Boot = "floppy", Drives = { new EnvironmentDrive { EnvironmentId = "grandchild", Bay = "floppy0", MediumId = medium.Id } },
        });
        context.SoftwareFormats.Add(new Catalog.Software.SoftwareFormat { ObjectId = "second", Puid = "fmt/40", Use = Catalog.Software.FormatUse.Imports });
        context.RightsStatements.Add(Catalog.Rights.RightsDesk.Row("second", new(Catalog.Rights.RightsBasis.Statute, null, null, "DE", "UrhG § 60e", "Terms"), 1));
        context.Identifiers.Add(Catalog.Identifiers.IdentifierDesk.Row("second", new("local", "1987.42.1")));
        context.Licences.Add(new Licence { ObjectId = "second", Title = "Two seats", Seats = 2 });
        context.Events.Add(Samples.Event("second", "creation"));
        context.AddRange(new AccessGroup { Id = "club", Title = "The club" }, new ReadingRoom { Id = "north", Title = "North", Networks = ["192.0.2.0/24"] });
        await context.SaveChangesAsync(Cancellation);
        Assert.Empty(await catalog.Get<AccessRules>().SetAsync(Actor.CommandLine, "second", new AccessRule
        {
            Audience = Audience.Groups, Groups = ["club"], RoomRule = RoomRule.AlsoInRooms, Rooms = ["north"], EmbargoUntil = 5,
        }, Cancellation));
    }

    // Another, empty catalog on the same storage.
    private async Task<TestCatalog> RebuildAsync(TestCatalog lost)
    {
        var rebuilt = await engine.CreateCatalogAsync(ImportSetting.Add);
        Copy(lost.Options.StorageFolder, rebuilt.Options.StorageFolder);
        try
        {
            Assert.NotNull(await rebuilt.Get<ArchiveRebuild>().RebuildAsync(Cancellation));
            return rebuilt;
        }
        catch
        {
            await rebuilt.DisposeAsync();
            throw;
        }
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

    private static async Task<BootableEnvironment> FindAsync(TestCatalog catalog, string id)
    {
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        return (await context.FindBootableEnvironmentAsync(id, Cancellation))!;
    }

    private static async Task<string> DumpAsync(TestCatalog catalog)
    {
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        var descriptions = new List<ObjectDescription>();
        foreach (var id in await context.Objects.OrderBy(one => one.Id).Select(one => one.Id).ToListAsync(Cancellation))
        {
            descriptions.Add(await DescriptionOfRows.DescribeAsync(context, id, Cancellation));
        }

        var contents = await context.ContentLocations.OrderBy(one => one.Path).Select(one => new { one.ObjectId, one.Path, one.Sha256, one.Sha512, one.LengthInBytes, one.State })
            .ToListAsync(Cancellation);
        return JsonSerializer.Serialize(new { descriptions, contents });
    }
}

public sealed class RebuildOnSqlite() : RebuildTests(new SqliteEngine());

public sealed class RebuildOnPostgreSql(PostgreSqlCluster cluster) : RebuildTests(new PostgreSqlEngine(cluster));
