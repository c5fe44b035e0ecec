using System.IO.Compression;
using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Ingest;
using Preserve.Catalog.Ingest.Bags;
using Preserve.Catalog.Ingest.Viruses;
using Preserve.Catalog.Tests.Engines;

namespace Preserve.Catalog.Tests.Ingest;

/// <summary>What stays in quarantine of a packed bag that is not taken.</summary>
public abstract class PackedBagTests(TestEngine engine)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task An_infected_one_stays_until_an_administrator_lets_it_in_and_is_taken_then()
    {
        await using var clamd = new FakeClamd();
        await using var catalog = await BagCatalog.OpenAsync(engine, clamd.Address);
        var package = await catalog.BringAsync("box.zip", Zip(("data/joke.img", $"boot {FakeClamd.Marker}"), ("data/b.img", "clean")));

        var refused = await catalog.Get<BagIntake>().IngestUploadAsync(package.Id, "box", Bringing.Curator, Cancellation);
        var infected = await FindAsync(catalog, "joke.img");
        Assert.Null(await catalog.Get<UploadScans>().OverrideAsync(infected.Id, "The joke is the artifact.", Bringing.Curator, Cancellation));
        var taken = await catalog.Get<BagIntake>().IngestUploadAsync(package.Id, "box", Bringing.Curator, Cancellation);

        Assert.Contains("is infected", Assert.Single(refused.Problems), StringComparison.Ordinal);
        Assert.Empty(taken.Problems);
        Assert.Equal(["box"], taken.Accepted);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_refusal_leaves_what_another_call_unpacked()
    {
        await using var catalog = await BagCatalog.OpenAsync(engine, "");
        var package = await catalog.BringAsync("box.zip", Zip(("data/a.img", "first"), ("data/b.img", "second")));
        Assert.NotNull((await catalog.Get<BagIntake>().ProposeAsync(package.Id, Bringing.Curator, Cancellation)).Proposal);
        var before = catalog.Get<QuarantineFolder>().List().Order().ToList();

        var refused = await catalog.Get<BagIntake>().IngestUploadAsync(package.Id, "No id", Bringing.Curator, Cancellation);

        Assert.NotEmpty(refused.Problems);
        Assert.Equal(before, catalog.Get<QuarantineFolder>().List().Order());
        Assert.Equal("first".Length, (await FindAsync(catalog, "a.img")).LengthInBytes);
    }

    [Fact(Timeout = 120_000)]
    public async Task Of_two_calls_at_one_time_one_takes_it_and_the_other_is_told()
    {
        await using var catalog = await BagCatalog.OpenAsync(engine, "");
        var package = await catalog.BringAsync("box.zip", Zip(("data/a.img", "first")));

        using (catalog.Get<BagPackages>().Claim(package.Id))
        {
            var other = await catalog.Get<BagIntake>().IngestUploadAsync(package.Id, "box", Bringing.Curator, Cancellation);
            var proposed = await catalog.Get<BagIntake>().ProposeAsync(package.Id, Bringing.Curator, Cancellation);
            Assert.All([other, proposed], one => Assert.Contains("package already", Assert.Single(one.Problems), StringComparison.Ordinal));
        }

        Assert.Empty((await catalog.Get<BagIntake>().IngestUploadAsync(package.Id, "box", Bringing.Curator, Cancellation)).Problems);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_folder_whose_name_would_make_one_path_too_deep_is_still_one_bag()
    {
        await using var catalog = await BagCatalog.OpenAsync(engine, "");
        var folder = Directory.CreateTempSubdirectory("preserve-deep-").FullName;
        try
        {
            // 32 names are allowed: with the folder's own these are 33.
            SampleAip.Write(folder, [("data/top.img", "top"), ($"data/{string.Join('/', Enumerable.Repeat("d", 30))}/deep.img", "deep")]);

            Assert.Empty((await catalog.Get<BagIntake>().IngestFolderAsync(folder, "deep", Bringing.Curator, null, Cancellation)).Problems);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Upload> FindAsync(TestCatalog catalog, string name)
    {
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        return await context.Uploads.SingleAsync(upload => upload.State == UploadState.Quarantined && upload.RelativePath.EndsWith(name), Cancellation);
    }

    private static byte[] Zip(params (string Path, string Text)[] files)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, text) in SampleAip.Complete(files))
            {
                using var writer = new StreamWriter(zip.CreateEntry($"box/{path}").Open());
                writer.Write(text);
            }
        }

        return bytes.ToArray();
    }
}

public sealed class PackedBagOnSqlite() : PackedBagTests(new SqliteEngine());

public sealed class PackedBagOnPostgreSql(PostgreSqlCluster cluster) : PackedBagTests(new PostgreSqlEngine(cluster));
