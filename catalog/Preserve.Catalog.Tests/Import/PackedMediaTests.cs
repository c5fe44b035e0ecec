using System.Text.Json.Nodes;
using Preserve.Catalog.Import;
using Preserve.Catalog.Storage;
using Preserve.Catalog.Tests.Engines;
using Preserve.Sandbox;
using Preserve.Sandbox.Tools;

namespace Preserve.Catalog.Tests.Import;

/// <summary>Media packed as .xz, unpacked by the real program in the real sandbox.</summary>
public sealed class PackedMediaTests
{
    private const string Medium = "objects[0] \"game\" media[0] game.img";
    private const int Length = 1_000_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_packed_medium_is_stored_unpacked()
    {
        await using var catalog = await new SqliteEngine().CreateCatalogAsync(ImportSetting.Add);
        using var archive = await PackAsync(catalog);

        var result = await catalog.Get<ArchiveImporter>().ImportAsync(archive.Write(), null, Cancellation);

        Assert.Empty(result.Problems);
        Assert.Equal(Length, new FileInfo(catalog.Get<IContentStore>().PathForMount((string)archive.Medium["sha256"]!)).Length);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_file_that_unpacks_to_more_than_it_says_is_stopped_and_refused()
    {
        await using var catalog = await new SqliteEngine().CreateCatalogAsync(ImportSetting.Add);
        using var archive = await PackAsync(catalog);
        archive.Medium["size"] = 1000;

        await AssertRefusedAsync(catalog, archive, $"{Medium}: game.img.xz is longer than 1000 bytes, which the manifest says");
    }

    [Fact(Timeout = 60_000)]
    public async Task A_file_that_unpacks_to_less_than_it_says_is_refused()
    {
        await using var catalog = await new SqliteEngine().CreateCatalogAsync(ImportSetting.Add);
        using var archive = await PackAsync(catalog);
        archive.Medium["size"] = Length + 1;

        await AssertRefusedAsync(catalog, archive, $"{Medium}: game.img.xz is {Length} bytes, the manifest says {Length + 1}");
    }

    [Fact(Timeout = 60_000)]
    public async Task A_broken_packed_file_is_refused_with_the_words_of_xz_though_all_its_content_came_out()
    {
        await using var catalog = await new SqliteEngine().CreateCatalogAsync(ImportSetting.Add);
        using var archive = await PackAsync(catalog);
        var packed = Path.Combine(archive.Folder, "game.img.xz");
        var bytes = await File.ReadAllBytesAsync(packed, Cancellation);
        await File.WriteAllBytesAsync(packed, bytes[..^8], Cancellation);

        await AssertRefusedAsync(catalog, archive, $"{Medium}: game.img.xz cannot be unpacked: Finished, exit code 1: ");
    }

    [Fact(Timeout = 60_000)]
    public async Task A_file_that_is_only_called_packed_is_refused()
    {
        await using var catalog = await new SqliteEngine().CreateCatalogAsync(ImportSetting.Add);
        using var archive = await PackAsync(catalog);
        await File.WriteAllTextAsync(Path.Combine(archive.Folder, "game.img.xz"), "not packed at all", Cancellation);

        await AssertRefusedAsync(catalog, archive, $"{Medium}: game.img.xz cannot be unpacked: ");
    }

    private static async Task AssertRefusedAsync(TestCatalog catalog, TestArchive archive, string says)
    {
        var result = await catalog.Get<ArchiveImporter>().ImportAsync(archive.Write(), null, Cancellation);

        Assert.StartsWith(says, Assert.Single(result.Problems));
        Assert.Empty(ImportSetting.Stored(catalog.Options.DataFolder));
        Assert.Empty(ImportSetting.Leftovers(catalog.Options.DataFolder));
    }

    private static async Task<TestArchive> PackAsync(TestCatalog catalog)
    {
        await catalog.RequireSandboxAsync();
        var archive = new TestArchive();
        var content = new byte[Length];
        new Random(1).NextBytes(content.AsSpan(0, 5000));
        archive.Game["media"] = new JsonArray(archive.MakeMedium("game.img", content));
        archive.Medium["file"] = "game.img.xz";
        var packed = await catalog.Get<ISandbox>().RunAsync(Packer, new ToolLimits { Timeout = TimeSpan.FromSeconds(50), OutputLengthInBytes = Length }, new MemoryStream(content), Cancellation);
        Assert.True(packed.IsSuccess, packed.Describe());
        await File.WriteAllBytesAsync(Path.Combine(archive.Folder, "game.img.xz"), packed.Output.ToArray(), Cancellation);
        File.Delete(Path.Combine(archive.Folder, "game.img"));
        return archive;
    }

    private static SandboxSpec Packer { get; } = new()
    {
        Name = "pack",
        Program = "/usr/bin/xz",
        Arguments = ["--compress", "--stdout", "--format=xz", "--threads=1"],
        Bounds = new SandboxBounds
        {
            MemoryInBytes = 1024L * 1024 * 1024,
            ProcessorTime = TimeSpan.FromMinutes(1),
            Processes = 8,
            FileLengthInBytes = 1024,
            PrivateFolderLengthInBytes = 0,
        },
        Filter = SandboxFilter.Ours,
    };
}
