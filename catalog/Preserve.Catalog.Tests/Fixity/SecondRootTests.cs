using Preserve.Catalog.Descriptions;
using Preserve.Catalog.Ingest;
using Preserve.Catalog.Ocfl.Validation;
using Preserve.Catalog.SecondRoots;
using Preserve.Catalog.Storage;
using Preserve.Catalog.Tests.Engines;
using Preserve.Catalog.Tests.Import;
using Preserve.Catalog.Tests.Ingest;

namespace Preserve.Catalog.Tests.Fixity;

public abstract class SecondRootTests(TestEngine engine)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task Objects_are_copied_into_a_valid_root_and_new_versions_follow()
    {
        await using var catalog = await OpenAsync("one", "two");
        var second = Second(catalog);

        Assert.Equal(2, await FillAsync(second));
        Assert.Equal(0, await FillAsync(second));
        Assert.Equal((2, 2), (second.Status!.Objects, second.Status.Copied));
        await AssertSameAsync(catalog);

        await ChangeAsync(catalog, "one");
        Assert.Equal(1, await FillAsync(second));
        await AssertSameAsync(catalog);
        Assert.Equal(0, await FillAsync(Second(catalog)));
        Assert.Empty(Directory.EnumerateFileSystemEntries($"{Folder(catalog)}.work"));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_fill_that_gave_way_goes_on_where_it_was_and_one_that_was_killed_leaves_no_half_object()
    {
        await using var catalog = await OpenAsync("one", "two", "three");
        var second = Second(catalog);
        var asked = 0;

        Assert.Equal(1, await second.FillAsync(null, () => asked++ > 0, Cancellation));
        Assert.Equal((3, 1), (second.Status!.Objects, second.Status.Copied));
        Directory.CreateDirectory(Path.Combine($"{Folder(catalog)}.work", "left", "by a killed process"));

        Assert.Equal(2, await FillAsync(Second(catalog)));
        await AssertSameAsync(catalog);
        Assert.Empty(Directory.EnumerateFileSystemEntries($"{Folder(catalog)}.work"));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_move_that_was_cut_between_inventory_and_sidecar_is_finished()
    {
        await using var catalog = await OpenAsync("one");
        await FillAsync(Second(catalog));
        var sidecar = Directory.EnumerateFiles(Folder(catalog), "inventory.json.sha512", SearchOption.AllDirectories).OrderBy(path => path.Length).First();
        var old = await File.ReadAllBytesAsync(sidecar, Cancellation);
        await ChangeAsync(catalog, "one");
        await FillAsync(Second(catalog));
        File.Delete(sidecar);
        await File.WriteAllBytesAsync(sidecar, old, Cancellation);

        var second = Second(catalog);
        Assert.True(await FillAsync(second) == 1, string.Join("; ", second.Status!.Problems));
        await AssertSameAsync(catalog);
    }

    [Fact(Timeout = 120_000)]
    public async Task Damage_is_not_copied_and_is_told_while_the_others_are_copied()
    {
        await using var catalog = await OpenAsync("bad", "good");
        Flip(FileOf(catalog.Options.StorageFolder, "bad"));
        var second = Second(catalog);

        Assert.Equal(1, await FillAsync(second));

        Assert.Contains("is damaged in the first root", Assert.Single(second.Status!.Problems), StringComparison.Ordinal);
        Assert.Equal((2, 1), (second.Status.Objects, second.Status.Copied));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_damaged_copy_is_found_and_put_right_from_the_first_root_after_approval()
    {
        await using var catalog = await OpenAsync("one");
        var checks = new SecondRootChecks(Second(catalog), catalog.Get<ObjectStorage>(), catalog.Contexts, catalog.Time);
        Assert.Empty(await checks.FindAsync(null, Cancellation));
        await FillAsync(Second(catalog));
        Flip(FileOf(Folder(catalog), "one"));

        var files = await checks.FindAsync("one", Cancellation);
        var problems = new List<ContentLocation>();
        foreach (var file in files)
        {
            if (await checks.CheckAsync(file, null, Cancellation) is not null)
            {
                problems.Add(file);
            }
        }

        var damaged = Assert.Single(problems);
        Assert.True(files.Count > 1);
        Assert.Null(await checks.RepairAsync(damaged, "the curator", Cancellation));
        Assert.Null(await checks.CheckAsync(damaged, null, Cancellation));
        await AssertSameAsync(catalog);
        Flip(FileOf(catalog.Options.StorageFolder, "one"));
        Assert.Contains("no good copy either", await checks.RepairAsync(damaged, "the curator", Cancellation), StringComparison.Ordinal);
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        Assert.Equal(["fixity check failure", "recovery success"], context.Events.Where(one => one.Detail.Contains("second storage root")).OrderBy(one => one.Id).Select(one => one.Type + " " + one.Outcome));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_file_that_is_missing_is_told_while_the_others_are_copied()
    {
        await using var catalog = await OpenAsync("bad", "good", "other");
        var file = FileOf(catalog.Options.StorageFolder, "bad");
        File.Delete(file);
        File.CreateSymbolicLink(file, "/dev/null");
        var second = Second(catalog);

        Assert.Equal(2, await FillAsync(second));

        Assert.Contains("is missing in the first root", Assert.Single(second.Status!.Problems), StringComparison.Ordinal);
        Assert.Equal((3, 2), (second.Status.Objects, second.Status.Copied));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_folder_in_another_file_system_than_the_one_beside_it_is_refused_in_words()
    {
        await using var catalog = await OpenAsync("one");
        var elsewhere = Directory.CreateDirectory($"/dev/shm/preserve-{Guid.NewGuid():N}").FullName;
        try
        {
            Assert.SkipWhen(PosixFile.Device(elsewhere) == PosixFile.Device(catalog.Options.DataFolder), "There is one file system.");
            Directory.CreateSymbolicLink(Folder(catalog), elsewhere);
            var second = Second(catalog);

            var problem = await Assert.ThrowsAsync<IOException>(() => FillAsync(second));

            Assert.Contains("in different file systems", problem.Message, StringComparison.Ordinal);
            Assert.Equal([problem.Message], second.Status!.Problems);
        }
        finally
        {
            Directory.Delete(elsewhere, recursive: true);
        }
    }

    private static Task<int> FillAsync(SecondRoot second) => second.FillAsync(null, () => false, Cancellation);

    private static string Folder(TestCatalog catalog) => Path.Combine(catalog.Options.DataFolder, "second");

    private static SecondRoot Second(TestCatalog catalog) =>
        new(catalog.Options with { SecondStorageFolder = Folder(catalog) }, catalog.Get<ObjectStorage>(), catalog.Contexts, catalog.Time);

    private static string FileOf(string root, string id) => Directory.EnumerateFiles(root, $"{id}.img", SearchOption.AllDirectories).Single();

    private static void Flip(string path)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[0] ^= 1;
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllBytes(path, bytes);
    }

    private static async Task ChangeAsync(TestCatalog catalog, string id)
    {
        await using (var context = await catalog.Contexts.CreateDbContextAsync(Cancellation))
        {
            context.Events.Add(Samples.Event(id, "metadata modification"));
            await context.SaveChangesAsync(Cancellation);
        }

        await catalog.Get<ObjectVersions>().WriteAsync(id, "a test", Cancellation);
    }

    private static async Task AssertSameAsync(TestCatalog catalog)
    {
        Assert.Empty((await OcflRootValidator.ValidateAsync(Folder(catalog), null, Cancellation)).Findings.Kept);
        Assert.Equal(Contents(catalog.Options.StorageFolder), Contents(Folder(catalog)));
    }

    private static IEnumerable<string> Contents(string root) => Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(file => $"{Path.GetRelativePath(root, file)} {Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))}");

    private async Task<TestCatalog> OpenAsync(params string[] ids)
    {
        var catalog = await engine.CreateCatalogAsync(ImportSetting.Add);
        foreach (var id in ids)
        {
            var upload = await catalog.BringAsync($"{id}.img", $"sectors of {id}");
            Assert.Empty((await catalog.Get<Acceptance>().AcceptAsync(Bringing.Request(id, upload), Bringing.Curator, Cancellation)).Problems);
        }

        return catalog;
    }
}

public sealed class SecondRootOnSqlite() : SecondRootTests(new SqliteEngine());

public sealed class SecondRootOnPostgreSql(PostgreSqlCluster cluster) : SecondRootTests(new PostgreSqlEngine(cluster));
