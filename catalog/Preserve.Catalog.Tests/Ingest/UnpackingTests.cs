using System.IO.Compression;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Ingest;
using Preserve.Catalog.Tests.Engines;
using Preserve.Catalog.Tests.Import;

namespace Preserve.Catalog.Tests.Ingest;

/// <summary>Packages, unpacked by the real programs in the real sandbox.</summary>
public sealed class UnpackingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task A_ZIP_comes_apart_with_its_folders_and_what_it_came_from_is_kept_with_the_object()
    {
        await using var catalog = await OpenAsync();
        var package = await catalog.BringAsync("game.zip", Zip(("disks/one.img", "one"), ("disks/[2]*?.img", "two"), ("-x", "three")));

        var result = await catalog.Get<Unpacking>().UnpackAsync(package.Id, Bringing.Curator, Cancellation);

        Assert.Equal((3, ""), (result.Files, result.Problem));
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        var files = await context.Uploads.Where(upload => upload.UnpackedFromId == package.Id).ToDictionaryAsync(upload => upload.RelativePath, Cancellation);
        Assert.Equal(["game.zip.unpacked/-x", "game.zip.unpacked/disks/[2]*?.img", "game.zip.unpacked/disks/one.img"], files.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("two", await TextAsync(catalog, files["game.zip.unpacked/disks/[2]*?.img"].Id));

        var accepted = await catalog.Get<Acceptance>().AcceptAsync(Bringing.Request("game", files["game.zip.unpacked/disks/one.img"]), Bringing.Curator, Cancellation);
        Assert.Empty(accepted.Problems);
        var forms = await context.Representations.Include(form => form.Files).OrderBy(form => form.Format).ToListAsync(Cancellation);
        Assert.Equal([("raw", "one.img", true), ("zip", "game.zip", false)], forms.Select(form => (form.Format, form.Files.Single().Name, form.IsAccessCopy)));
        Assert.Contains(context.Events, happened => happened.Type == "decompression" && happened.Detail.Contains(package.Sha256!));

        // A second object out of the same package, whose bytes may have left the quarantine by then.
        await catalog.Get<QuarantineKeeping>().KeepAsync(Cancellation);
        Assert.Empty((await catalog.Get<Acceptance>().AcceptAsync(Bringing.Request("other", files["game.zip.unpacked/-x"]), Bringing.Curator, Cancellation)).Problems);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("disk.img.gz")]
    [InlineData("disk.img.xz")]
    public async Task A_single_packed_file_loses_its_ending(string name)
    {
        await using var catalog = await OpenAsync();
        var bytes = Encoding.UTF8.GetBytes("sectors");
        var package = await catalog.BringAsync($"folder/{name}", name.EndsWith(".gz", StringComparison.Ordinal) ? Gzip(bytes) : Convert.FromBase64String(
            "/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAGc2VjdG9ycwAALZ7hPGMl8zkAAR8HFi64cx+2830BAAAAAARZWg=="));

        var result = await catalog.Get<Unpacking>().UnpackAsync(package.Id, Bringing.Curator, Cancellation);

        Assert.Equal((1, ""), (result.Files, result.Problem));
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        var file = await context.Uploads.SingleAsync(upload => upload.UnpackedFromId == package.Id, Cancellation);
        Assert.Equal(("folder/disk.img", "sectors"), (file.RelativePath, await TextAsync(catalog, file.Id)));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_bomb_is_stopped_at_the_bound_and_leaves_nothing()
    {
        await using var catalog = await OpenAsync(new IngestOptions { MaximumUnpackedLengthInBytes = 1_000_000 });
        var zip = await catalog.BringAsync("bomb.zip", Zip(("a", new string('0', 900_000)), ("b", new string('0', 900_000))));
        var gzip = await catalog.BringAsync("bomb.gz", Gzip(new byte[50_000_000]));

        foreach (var package in new[] { zip, gzip })
        {
            var result = await catalog.Get<Unpacking>().UnpackAsync(package.Id, Bringing.Curator, Cancellation);
            Assert.Contains("More comes out of it than", result.Problem, StringComparison.Ordinal);
        }

        Assert.Equal(2, catalog.Get<QuarantineFolder>().List().Count);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("../../escape")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../b")]
    public async Task A_ZIP_whose_names_lead_out_of_it_is_refused_as_a_whole(string name)
    {
        await using var catalog = await OpenAsync();
        var package = await catalog.BringAsync("evil.zip", Zip(("good", "good"), (name, "evil")));

        var result = await catalog.Get<Unpacking>().UnpackAsync(package.Id, Bringing.Curator, Cancellation);

        Assert.Contains("no path inside a folder", result.Problem, StringComparison.Ordinal);
        Assert.Single(catalog.Get<QuarantineFolder>().List());
    }

    [Fact(Timeout = 120_000)]
    public async Task Too_many_files_twice_the_same_name_and_no_ZIP_at_all_are_refused()
    {
        await using var catalog = await OpenAsync(new IngestOptions { MaximumUnpackedFiles = 2 });
        var many = await catalog.BringAsync("many.zip", Zip(("a", "1"), ("b", "2"), ("c", "3")));
        var twice = await catalog.BringAsync("twice.zip", Zip(("a", "1"), ("a", "2")));
        var none = await catalog.BringAsync("none.zip", "this is no ZIP");
        var unpacking = catalog.Get<Unpacking>();

        Assert.Contains("3 files; 2 are allowed", (await unpacking.UnpackAsync(many.Id, Bringing.Curator, Cancellation)).Problem, StringComparison.Ordinal);
        Assert.Contains("'a' twice", (await unpacking.UnpackAsync(twice.Id, Bringing.Curator, Cancellation)).Problem, StringComparison.Ordinal);
        Assert.Contains("cannot be unpacked", (await unpacking.UnpackAsync(none.Id, Bringing.Curator, Cancellation)).Problem, StringComparison.Ordinal);
    }

    private static async Task<TestCatalog> OpenAsync(IngestOptions? options = null)
    {
        var catalog = await new SqliteEngine().CreateCatalogAsync(services =>
        {
            ImportSetting.Add(services);
            services.AddSingleton(options ?? new IngestOptions());
        });
        // The sandbox's user passes through to what it is shown.
        File.SetUnixFileMode(catalog.Options.DataFolder, (UnixFileMode)0b111_101_101);
        await catalog.RequireSandboxAsync();
        ImportSetting.Require(File.Exists("/usr/bin/unzip"), "unzip is missing. Install the package unzip.");
        return catalog;
    }

    private static byte[] Zip(params (string Name, string Text)[] files)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return bytes.ToArray();
    }

    private static byte[] Gzip(byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return bytes.ToArray();
    }

    private static async Task<string> TextAsync(TestCatalog catalog, Guid id)
    {
        using var text = new StreamReader(catalog.Get<QuarantineFolder>().OpenForReading(id));
        return await text.ReadToEndAsync(Cancellation);
    }
}
