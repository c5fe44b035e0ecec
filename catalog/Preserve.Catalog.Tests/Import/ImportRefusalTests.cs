using System.Text.Json.Nodes;
using Preserve.Catalog.Import;
using Preserve.Catalog.Tests.Engines;

namespace Preserve.Catalog.Tests.Import;

/// <summary>Archives that are refused: each says which entry and why, and leaves nothing. The engine makes no difference here.</summary>
public sealed class ImportRefusalTests
{
    private const string Game = "objects[0] \"game\"";
    private const string Medium = Game + " media[0] game.img";
    private const string Machine = Game + " environments[0] \"game\"";

    private static readonly Dictionary<string, (Action<TestArchive> Break, string Says)> Cases = new()
    {
        ["no manifest"] = (_ => { }, "archive.json: is missing"),
        ["other format"] = (a => a.Manifest["format"] = "preserve-archive/2", "archive.json: format is not \"preserve-archive/1\""),
        ["no objects"] = (a => a.Manifest.Remove("objects"), "archive.json: objects is missing"),
        ["too many objects"] = (a => a.Manifest["objects"] = new JsonArray([.. Enumerable.Range(0, 10_001).Select(_ => (JsonNode?)null)]), "archive.json: objects is not a list of at most 10000 elements"),
        ["object no object"] = (a => a.Objects[0] = 7, "objects[0]: is not a JSON object"),
        ["bad id"] = (a => a.Game["id"] = "Game!", "objects[0] \"Game!\": id \"Game!\" is not 1 to 64 of a-z, 0-9 and -"),
        ["id with line end"] = (a => a.Game["id"] = "game\n", "objects[0] \"game?\": id \"game?\" is not 1 to 64 of a-z, 0-9 and -"),
        ["no title"] = (a => a.Game.Remove("title"), $"{Game}: title is missing"),
        ["long title"] = (a => a.Game["title"] = new string('x', 201), $"{Game}: title is longer than 200 characters"),
        ["title a number"] = (a => a.Game["title"] = 7, $"{Game}: title is not a text"),
        ["control characters"] = (a => a.Game["description"] = "a\u0000b", $"{Game}: description holds control characters"),
        ["same object twice"] = (a => a.Objects.Add(a.Game.DeepClone()), $"objects[1] \"game\": another object with this id is at {Game}"),
        ["same environment twice"] = (a => a.Game["environments"]!.AsArray().Add(a.Environment.DeepClone()), $"{Game} environments[1] \"game\": another environment with this id is at {Machine}"),
        ["same medium twice"] = (a => a.Game["media"]!.AsArray().Add(a.Medium.DeepClone()), $"{Game} media[1] game.img: another medium of this name is at {Medium}"),
        ["path"] = (a => a.Medium["file"] = "../game.img", $"{Medium}: file \"../game.img\" is not a plain file name"),
        ["absolute path"] = (a => a.Medium["file"] = "/etc/passwd", $"{Medium}: file \"/etc/passwd\" is not a plain file name"),
        ["parent"] = (a => a.Medium["file"] = "..", $"{Medium}: file \"..\" is not a plain file name"),
        ["name with separator"] = (a => a.Medium["name"] = "a/b", $"{Game} media[0] a/b: name \"a/b\" is not a plain file name"),
        ["missing file"] = (a => a.Medium["file"] = "gone.img", $"{Medium}: gone.img is missing"),
        ["folder for a file"] = (a => { Directory.CreateDirectory(Path.Combine(a.Folder, "dir")); a.Medium["file"] = "dir"; }, $"{Medium}: dir is not a regular file"),
        ["link"] = (a => { File.CreateSymbolicLink(Path.Combine(a.Folder, "link"), "game.img"); a.Medium["file"] = "link"; }, $"{Medium}: link is a link"),
        ["size too small"] = (a => a.Medium["size"] = 12, $"{Medium}: game.img is 13 bytes, the manifest says 12"),
        ["size too big"] = (a => a.Medium["size"] = 14, $"{Medium}: game.img is 13 bytes, the manifest says 14"),
        ["no size"] = (a => a.Medium.Remove("size"), $"{Medium}: size is missing"),
        ["negative size"] = (a => a.Medium["size"] = -1, $"{Medium}: size is not a whole number from 1 to 274877906944"),
        ["fractional size"] = (a => a.Medium["size"] = 13.5, $"{Medium}: size is not a whole number from 1 to 274877906944"),
        ["bad digest"] = (a => a.Medium["sha256"] = "abc", $"{Medium}: sha256 is not 64 lower-case hexadecimal digits"),
        ["wrong digest"] = (a => a.Medium["sha256"] = new string('0', 64), $"{Medium}: SHA-256 is "),
        ["unknown kind"] = (a => a.Medium["kind"] = "punch-card", $"{Medium}: kind \"punch-card\" is unknown"),
        ["too big for its kind"] = (a => a.Medium["kind"] = "floppy-12B", $"{Medium}: size 13 is more than a floppy-12B holds (12)"),
        ["unknown format"] = (a => a.Medium["format"] = "iso", $"{Medium}: format \"iso\" is none of raw, qcow2, vmdk, vhd, vdi"),
        ["unknown bay"] = (a => a.Environment["drives"] = new JsonObject { ["floppy0"] = "game.img", ["tape0"] = "game.img" }, $"{Machine}: drives.tape0: the profile pc-486 has no such bay; it has disk0, disk1, floppy0, optical0"),
        ["kind does not fit"] = (a => a.Environment["drives"] = new JsonObject { ["floppy0"] = "game.img", ["disk0"] = "game.img" }, $"{Machine}: drives.disk0: game.img is a floppy-1440K, and the bay takes a harddisk"),
        ["unknown medium"] = (a => a.Environment["drives"] = new JsonObject { ["floppy0"] = "other.img" }, $"{Machine}: drives.floppy0: the object has no medium \"other.img\""),
        ["unknown profile"] = (a => a.Environment["profile"] = "abacus", $"{Machine}: the profile \"abacus\" is unknown"),
        ["unknown machine"] = (a => a.Environment["machine"] = "abacus", $"{Machine}: no profile stands for the machine \"abacus\" of architecture \"i386\""),
        ["other architecture"] = (a => { a.Environment["profile"] = "pc-486"; a.Environment["architecture"] = "ppc"; }, $"{Machine}: architecture ppc is not that of the profile pc-486, i386"),
        ["no architecture"] = (a => a.Environment.Remove("architecture"), $"{Machine}: architecture is missing, and no profile is named"),
        ["too much memory"] = (a => a.Environment["memoryMiB"] = 513, $"{Machine}: memoryMiB 513 is not within 4 to 512 of the profile pc-486"),
        ["unknown boot"] = (a => a.Environment["boot"] = "network", $"{Machine}: boot \"network\" is no way to boot the profile pc-486; it boots from floppy, disk, optical"),
        ["boot without medium"] = (a => a.Environment["boot"] = "optical", $"{Machine}: boot \"optical\", but no medium is in a bay for it"),
        ["flashes a text"] = (a => a.Environment["flashes"] = "yes", $"{Machine}: flashes is neither true nor false"),
        ["bad settling"] = (a => a.Environment["settlesAfterSeconds"] = -1, $"{Machine}: settlesAfterSeconds is not a number from 0 to 86400"),
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Names))]
    public async Task Is_refused_with_words_that_name_the_entry(string name)
    {
        await using var catalog = await new SqliteEngine().CreateCatalogAsync(ImportSetting.Add);
        using var archive = new TestArchive();
        Cases[name].Break(archive);
        if (name != "no manifest")
        {
            archive.Write();
        }

        var result = await catalog.Get<ArchiveImporter>().ImportAsync(archive.Folder, null, Cancellation);

        Assert.Contains(result.Problems, problem => problem.StartsWith(Cases[name].Says, StringComparison.Ordinal));
        await AssertNothingAsync(catalog);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("{", "archive.json: is not valid JSON")]
    [InlineData("[]", "archive.json: is not a JSON object")]
    [InlineData("""{"format":"preserve-archive/1","objects":[],"objects":[]}""", "archive.json: is not valid JSON")]
    [InlineData("""{"format":"preserve-archive/1","objects":[[[[[[[[[]]]]]]]]]}""", "archive.json: is not valid JSON")]
    [InlineData("""{"format":"preserve-archive/1","objects":[{"id":"a","title":"\ud800"}]}""", "objects[0] \"a\": title is not a text")]
    public async Task A_manifest_that_is_not_what_it_should_be_is_refused(string json, string says)
    {
        await using var catalog = await new SqliteEngine().CreateCatalogAsync(ImportSetting.Add);
        using var archive = new TestArchive();
        await File.WriteAllTextAsync(Path.Combine(archive.Folder, "archive.json"), json, Cancellation);

        var result = await catalog.Get<ArchiveImporter>().ImportAsync(archive.Folder, null, Cancellation);

        Assert.StartsWith(says, Assert.Single(result.Problems));
        await AssertNothingAsync(catalog);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_manifest_longer_than_eight_mebibytes_is_refused_unread()
    {
        await using var catalog = await new SqliteEngine().CreateCatalogAsync(ImportSetting.Add);
        using var archive = new TestArchive();
        await File.WriteAllBytesAsync(Path.Combine(archive.Folder, "archive.json"), new byte[(8 * 1024 * 1024) + 1], Cancellation);

        var result = await catalog.Get<ArchiveImporter>().ImportAsync(archive.Folder, null, Cancellation);

        Assert.Equal("archive.json: is longer than 8388608 bytes", Assert.Single(result.Problems));
    }

    [Fact(Timeout = 60_000)]
    public async Task All_problems_are_told_at_once()
    {
        await using var catalog = await new SqliteEngine().CreateCatalogAsync(ImportSetting.Add);
        using var archive = new TestArchive();
        archive.Game.Remove("title");
        archive.Medium["kind"] = "punch-card";
        archive.Environment["boot"] = "network";

        var result = await catalog.Get<ArchiveImporter>().ImportAsync(archive.Write(), null, Cancellation);

        Assert.Equal(3, result.Problems.Count);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_folder_that_is_not_there_is_refused()
    {
        await using var catalog = await new SqliteEngine().CreateCatalogAsync(ImportSetting.Add);

        var result = await catalog.Get<ArchiveImporter>().ImportAsync("/nowhere/at/all", null, Cancellation);

        Assert.Equal("/nowhere/at/all: is missing", Assert.Single(result.Problems));
    }

    private static async Task AssertNothingAsync(TestCatalog catalog)
    {
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        Assert.False(context.Objects.Any() || context.Environments.Any() || context.Exhibits.Any() || context.Events.Any());
        Assert.Empty(ImportSetting.Stored(catalog.Options.DataFolder));
        Assert.Empty(ImportSetting.Leftovers(catalog.Options.DataFolder));
    }
}
