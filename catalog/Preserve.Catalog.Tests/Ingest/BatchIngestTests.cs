using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Ingest;
using Preserve.Catalog.Tests.Engines;
using Preserve.Catalog.Tests.Import;

namespace Preserve.Catalog.Tests.Ingest;

public sealed class BatchIngestTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("preserve-batch-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact(Timeout = 60_000)]
    public async Task A_sheet_becomes_objects_with_media_of_several_files_and_a_second_run_changes_nothing()
    {
        await using var catalog = await new SqliteEngine().CreateCatalogAsync(ImportSetting.Add);
        Write("game/one.img", "one");
        Write("disc/a.cue", "cue");
        Write("disc/a.bin", "bin");
        var sheet = $"""
            object,title,creators,kind,format,medium,file,sha256,description
            game,"A ""game"", played",Ann; Ben,floppy-1440K,,,game/one.img,{Digest("one")},"two
            lines"
            disc,A disc,,optical,bin-cue,a.cue,disc/a.cue,,
            disc,,,optical,bin-cue,a.cue,disc/a.bin,,
            """;

        var result = await IngestAsync(catalog, sheet);
        var again = await IngestAsync(catalog, sheet);

        Assert.Empty(result.Problems);
        Assert.Equal((2, 0, 0), (result.Accepted, again.Accepted, again.Problems.Count));
        Assert.Equal(["disc", "game"], again.AlreadyThere);
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        var game = await context.Objects.SingleAsync(one => one.Id == "game", Cancellation);
        Assert.Equal(("A \"game\", played", "Ann|Ben", "two\nlines"), (game.Title, string.Join('|', game.Creators), game.Description.ReplaceLineEndings("\n")));
        Assert.Equal(3, await context.Files.CountAsync(Cancellation));
    }

    [Fact(Timeout = 60_000)]
    public async Task Every_mistake_of_sheet_and_folder_is_told_and_nothing_is_brought_in()
    {
        await using var catalog = await new SqliteEngine().CreateCatalogAsync(ImportSetting.Add);
        Write("here.img", "here");

        var words = await IngestAsync(catalog, """
            object,title,kind,file,colour
            Bad Id,,papyrus,../../etc/passwd,red
            good,Good,floppy-1440K,here.img,
            other,Other,floppy-1440K,here.img,
            """);
        Assert.Equal(6, words.Problems.Count);

        Directory.CreateSymbolicLink(Path.Combine(_folder, "link"), "/etc");
        File.CreateSymbolicLink(Path.Combine(_folder, "passwd"), "/etc/passwd");
        var files = await IngestAsync(catalog, """
            object,title,kind,file
            a,A,files,missing.img
            b,B,files,link/passwd
            c,C,files,passwd
            """);
        Assert.Equal(3, files.Problems.Count);
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        Assert.Empty(context.Objects);
        Assert.Empty(context.Uploads);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_file_that_is_not_what_the_sheet_says_keeps_its_object_out_and_the_others_come_in()
    {
        await using var catalog = await new SqliteEngine().CreateCatalogAsync(ImportSetting.Add);
        Write("a.img", "a");
        Write("b.img", "b");

        var result = await IngestAsync(catalog, $"""
            object,title,kind,file,sha256
            a,A,floppy-1440K,a.img,{Digest("something else")}
            b,B,floppy-1440K,b.img,{Digest("b").ToUpperInvariant()}
            """);

        Assert.Equal(1, result.Accepted);
        Assert.Contains("row 2: a.img: SHA-256 is", Assert.Single(result.Problems), StringComparison.Ordinal);
    }

    private Task<BatchResult> IngestAsync(TestCatalog catalog, string sheet) =>
        catalog.Get<BatchIngest>().IngestAsync(_folder, new StringReader(sheet), Actor.CommandLine, progress: null, Cancellation);

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder, path))!);
        File.WriteAllText(Path.Combine(_folder, path), text);
    }

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
