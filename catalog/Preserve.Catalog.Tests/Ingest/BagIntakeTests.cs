using System.IO.Compression;
using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Carriers;
using Preserve.Catalog.Descriptions;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Ingest;
using Preserve.Catalog.Ingest.Bags;
using Preserve.Catalog.Objects;
using Preserve.Catalog.Tests.Engines;
using Preserve.Catalog.Tests.Import;
using Preserve.Catalog.Tests.Ocfl;

namespace Preserve.Catalog.Tests.Ingest;

/// <summary>Bags, judged by the real child in the real sandbox.</summary>
public abstract class BagIntakeTests(TestEngine engine) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("preserve-bags-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Bag => Path.Combine(_folder, "box");

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact(Timeout = 120_000)]
    public async Task The_payload_of_a_bag_becomes_media_and_its_tag_files_are_kept_beside()
    {
        await using var catalog = await BagCatalog.OpenAsync(engine);
        SampleAip.Write(Bag, SampleAip.Plain);

        var result = await IngestAsync(catalog);

        Assert.Empty(result.Problems);
        var id = Assert.Single(result.Accepted);
        var description = await DescribeAsync(catalog, id);
        Assert.Equal(("Disks of a museum, in a box", "A museum"), (description.Title, description.Source));
        Assert.Equal(["one.img", "one.img (2)", "files", "bag"], description.Media.Select(medium => medium.Name));
        Assert.Equal(["data/b/one.img", "data/one.img"], description.Media.Take(2).SelectMany(Files).Select(file => file.OriginalName));
        Assert.Equal(["data/notes/more.txt", "data/notes/read me.txt"], Files(description.Media[2]).Select(file => file.OriginalName));
        Assert.Equal(["bag-info.txt", "bagit.txt", "extra/tag.txt", "manifest-sha256.txt"], Files(description.Media[3]).Select(file => file.OriginalName));
        await using (var context = await catalog.Contexts.CreateDbContextAsync(Cancellation))
        {
            Assert.Equal(["more.txt", "read_me.txt"], (await context.FindCarrierAsync(id, CarrierPlan.Floppy, Cancellation))!.Files.Select(file => file.Name).Order(StringComparer.Ordinal));
        }

        Assert.Contains(description.Events, one => one.Type == "validation" && one.Detail.Contains("valid by BagIt 1.0: 4 payload files", StringComparison.Ordinal));
        Assert.Empty(catalog.Get<QuarantineFolder>().List());
        Assert.Empty(ImportSetting.Leftovers(catalog.Options.DataFolder));
    }

    [Fact(Timeout = 120_000)]
    public async Task What_the_METS_of_an_AIP_says_is_taken_as_said_by_somebody_else()
    {
        await using var catalog = await BagCatalog.OpenAsync(engine);
        SampleAip.Write(Bag, SampleAip.Aip);

        var result = await IngestAsync(catalog, "club");

        Assert.Empty(result.Problems);
        var description = await DescribeAsync(catalog, "club");
        Assert.Equal(("Tape of the computing club", "1986", "Two <b>disks</b>."), (description.Title, description.Date, description.Description));
        Assert.Equal(["Ada Løve"], description.Creators);
        Assert.DoesNotContain("Private", description.Source, StringComparison.Ordinal);
        var file = Files(description.Media[0]).Single();
        Assert.Equal(("Kaese_Brot.img", "objects/Käse & Brot.img"), (file.Name, file.OriginalName));
        Assert.Equal([(Identification.Stated, "fmt/1087", $"METS.{SampleAip.Uuid}.xml")], file.Identifications.Select(one => (one.Method, one.Puid, one.Tool)));
        var scan = Assert.Single(description.Events, one => one.Type == "virus check");
        Assert.Equal(("Archivematica", "success", 1614834367123), (scan.Agent, scan.Outcome, scan.OccurredAt));
        Assert.Contains("22222222-2222-4222-8222-222222222222", scan.Detail, StringComparison.Ordinal);
        Assert.Contains($"data/METS.{SampleAip.Uuid}.xml", Files(description.Media[^1]).Select(one => one.OriginalName));
        Assert.Contains("data/objects/submissionDocumentation/letter.txt", Files(description.Media[^1]).Select(one => one.OriginalName));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_METS_file_with_a_DTD_is_not_read_and_that_is_told()
    {
        await using var catalog = await BagCatalog.OpenAsync(engine);
        SampleAip.Write(Bag, [("data/a.img", "a"), ($"data/METS.{SampleAip.Uuid}.xml", "<!DOCTYPE mets [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><mets>&x;</mets>")]);

        Assert.Empty((await IngestAsync(catalog, "dtd")).Problems);

        var judged = Assert.Single((await DescribeAsync(catalog, "dtd")).Events, one => one.Type == "validation");
        Assert.Equal("failure", judged.Outcome);
        Assert.Contains("DTD", judged.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", judged.Detail, StringComparison.Ordinal);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("changed", "has the sha256 digest")]
    [InlineData("fetch", "Nothing is ever fetched")]
    [InlineData("link", "Links are not followed")]
    [InlineData("empty", "no payload")]
    [InlineData("declaration", "no bagit.txt")]
    public async Task What_is_no_valid_bag_is_refused_with_the_reason_and_nothing_is_left(string fault, string says)
    {
        await using var catalog = await BagCatalog.OpenAsync(engine);
        SampleAip.Write(Bag, fault == "empty" ? [] : SampleAip.Plain);
        switch (fault)
        {
            case "changed": await File.WriteAllTextAsync(Path.Combine(Bag, "data/one.img"), "firsu", Cancellation); break;
            case "fetch": File.Delete(Path.Combine(Bag, "data/one.img")); await File.WriteAllTextAsync(Path.Combine(Bag, "fetch.txt"), "http://127.0.0.1:9/x 5 data/one.img\n", Cancellation); break;
            case "link": File.CreateSymbolicLink(Path.Combine(Bag, "data/link"), "/etc/passwd"); break;
            case "empty": Directory.CreateDirectory(Path.Combine(Bag, "data")); break;
            default: File.Delete(Path.Combine(Bag, "bagit.txt")); break;
        }

        var result = await IngestAsync(catalog);

        Assert.Contains(result.Problems, problem => problem.Contains(says, StringComparison.Ordinal));
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        Assert.Equal((0, 0), (await context.Objects.CountAsync(Cancellation), await context.Uploads.CountAsync(Cancellation)));
        Assert.Empty(catalog.Get<QuarantineFolder>().List());
    }

    [Fact(Timeout = 120_000)]
    public async Task Bags_of_the_published_suite_are_taken_or_refused_as_their_folder_says()
    {
        await using var catalog = await BagCatalog.OpenAsync(engine);
        foreach (var (suite, isValid) in new[] { ("valid", true), ("invalid", false) })
        {
            foreach (var (number, folder) in SharedConformance.Require($"bagit-1.0/{suite}").Index())
            {
                var result = await catalog.Get<BagIntake>().IngestFolderAsync(folder.FullName, $"{suite}-{number}", Bringing.Curator, null, Cancellation);
                Assert.True(result.IsDone == isValid, $"{folder.Name}: {string.Join("; ", result.Problems)}");
            }
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task A_packed_bag_is_unpacked_judged_and_taken_and_the_package_itself_is_only_recorded()
    {
        await using var catalog = await BagCatalog.OpenAsync(engine);
        var package = await catalog.BringAsync("box.zip", Zip(SampleAip.Complete(SampleAip.Plain)));

        var proposed = await catalog.Get<BagIntake>().ProposeAsync(package.Id, Bringing.Curator, Cancellation);
        Assert.Equal(4, proposed.Proposal!.Media.Count);
        var result = await catalog.Get<BagIntake>().IngestUploadAsync(package.Id, "box", Bringing.Curator, Cancellation);

        Assert.Empty(result.Problems);
        Assert.Equal((UploadState.Accepted, "box"), ((await catalog.UploadAsync(package.Id)).State, (await catalog.UploadAsync(package.Id)).ObjectId));
        var description = await DescribeAsync(catalog, "box");
        Assert.Contains(description.Events, one => one.Type == "decompression" && one.Detail.Contains("was for transport and is not kept", StringComparison.Ordinal));
        Assert.DoesNotContain(description.Media.SelectMany(Files), file => file.Sha256 == package.Sha256);
    }

    [Fact(Timeout = 120_000)]
    public async Task Of_a_packed_bag_that_is_refused_only_the_package_stays()
    {
        await using var catalog = await BagCatalog.OpenAsync(engine);
        var package = await catalog.BringAsync("box.zip", Zip(SampleAip.Complete(SampleAip.Plain).Where(file => file.Path != "data/one.img")));

        var result = await catalog.Get<BagIntake>().IngestUploadAsync(package.Id, null, Bringing.Curator, Cancellation);

        Assert.Contains(result.Problems, problem => problem.Contains("data/one.img is listed", StringComparison.Ordinal));
        Assert.Equal([package.Id], catalog.Get<QuarantineFolder>().List());
        Assert.Equal(UploadState.Quarantined, (await catalog.UploadAsync(package.Id)).State);
    }

    private Task<BagResult> IngestAsync(TestCatalog catalog, string? id = null) => catalog.Get<BagIntake>().IngestFolderAsync(Bag, id, Bringing.Curator, null, Cancellation);

    private static IEnumerable<FileDescription> Files(MediumDescription medium) => medium.Representations.SelectMany(form => form.Files);

    private static async Task<ObjectDescription> DescribeAsync(TestCatalog catalog, string id)
    {
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        return await DescriptionOfRows.DescribeAsync(context, id, Cancellation);
    }

    private static byte[] Zip(IEnumerable<(string Path, string Text)> files)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, text) in files)
            {
                using var writer = new StreamWriter(zip.CreateEntry($"box/{path}").Open());
                writer.Write(text);
            }
        }

        return bytes.ToArray();
    }
}

public sealed class BagIntakeOnSqlite() : BagIntakeTests(new SqliteEngine());

public sealed class BagIntakeOnPostgreSql(PostgreSqlCluster cluster) : BagIntakeTests(new PostgreSqlEngine(cluster));
