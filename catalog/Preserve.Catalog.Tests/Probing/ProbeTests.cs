using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Preserve.Catalog.Formats;
using Preserve.Catalog.Probing;
using Preserve.Catalog.Tests.Formats;

namespace Preserve.Catalog.Tests.Probing;

public sealed class ProbeTests(ProbeFixture fixture) : IClassFixture<ProbeFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_signature_files_media_are_told_by_the_table_that_ships()
    {
        var qcow = new byte[1024];
        "QFI"u8.CopyTo(qcow);
        (qcow[3], qcow[7]) = (0xfb, 3);
        var results = await LookAsync(SignatureFiles.None, ("disk", qcow), ("a.img", new byte[1474560]), ("words.txt", "hello"u8.ToArray()), ("a.d64", new byte[174848]));
        Assert.Equal(("QEMU Copy-on-Write Disk Image", null, FormatMethod.Signature), Told(results[0]));
        Assert.Equal(("Floppy disk image, raw sectors, 1.44 MB", null, FormatMethod.Length), Told(results[1]));
        Assert.Empty(results[2].Identification.Matches);
        Assert.Equal(("Commodore 1541 Disk Image", null, FormatMethod.Length), Told(results[3]));
        Assert.All(results, result => Assert.Equal("media table 1", result.Identification.SignatureVersion));
    }

    [Fact]
    public async Task With_signature_files_formats_are_PRONOMs_and_answers_keep_the_order_of_the_files()
    {
        var files = Enumerable.Range(0, 70).Select(index => index % 2 == 0 ? ("a", SampleFiles.Png) : ("b", SampleFiles.Docx)).ToArray();
        var results = await LookAsync(Shared(), files);
        Assert.Equal(files.Select((_, index) => index % 2 == 0 ? "fmt/11" : "fmt/412"), results.Select(result => Assert.Single(result.Identification.Matches).Puid));
    }

    [Fact]
    public async Task A_document_that_unpacks_to_a_gigabyte_is_looked_at_within_bounds()
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var content = archive.CreateEntry("[Content_Types].xml", CompressionLevel.Fastest).Open();
            var zeros = new byte[1024 * 1024];
            for (var index = 0; index < 1024; index++)
            {
                content.Write(zeros);
            }
        }

        var result = Assert.Single(await LookAsync(Shared(), ("a.docx", stream.ToArray())));
        Assert.Equal("x-fmt/263", Assert.Single(result.Identification.Matches).Puid);
    }

    [Fact]
    public async Task A_compound_file_whose_chains_run_in_circles_is_told_without_hanging()
    {
        var circle = SampleFiles.WordDocument.ToArray();
        for (uint sector = 1; sector < 20; sector++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(circle.AsSpan(CompoundFile.TableOffset + (int)(sector * 4)), 1);
        }

        var result = Assert.Single(await LookAsync(Shared(), ("a.doc", circle)));
        Assert.Equal("", result.Problem);
        Assert.Contains(result.Identification.Matches, match => match.Puid is "fmt/111" or "fmt/40");
    }

    [Fact]
    public async Task A_signature_file_with_a_DTD_is_refused_with_words()
    {
        var laughs = fixture.Write("droid.xml", "<!DOCTYPE a [<!ENTITY b \"c\">]><FFSignatureFile/>"u8);
        var problem = await Assert.ThrowsAsync<SignatureFileRefusedException>(() =>
            LookAsync(new SignatureFiles(laughs.HostPath, null), ("a", [1])));
        Assert.Contains("DTD", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_child_that_dies_over_one_file_answers_for_all_the_others()
    {
        // Answers one line, then dies: the second file of each batch is what it died of.
        var answer = """{"identification":{"matches":[],"signatureVersion":"v","problem":""},"facts":{"pcPartitions":[],"kernel":"none"},"problem":""}""";
        var dying = new ProbeProgram("/.preserve/sh", ["-c", $"read -r request; echo '{answer}'; exit 9"], []);
        var probe = new Probe(fixture.Sandbox, dying);
        var files = Enumerable.Range(0, 3).Select(index => fixture.Write($"{index}", [1])).ToList();
        var results = await probe.LookAsync(files, SignatureFiles.None, false, Cancellation);
        Assert.Equal(3, results.Count);
        Assert.Equal([true, false, true], results.Select(result => result.Problem.Length == 0));
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"identification":null,"facts":null,"problem":null}""")]
    public void An_answer_that_is_none_becomes_a_problem(string line) =>
        Assert.NotEqual("", ProbeResult.Of(Encoding.UTF8.GetBytes(line)).Problem);

    [Fact]
    public void What_a_child_says_is_cut_to_its_bounds()
    {
        var match = $$"""{"puid":"<script>","name":"{{new string('x', 10_000)}}\u0000","version":"","mimeType":"","method":"signature"}""";
        var line = $$$"""{"identification":{"matches":[{{{string.Join(',', Enumerable.Repeat(match, 5))}}}],"signatureVersion":"v","problem":""},"facts":{"pcPartitions":[],"kernel":"none"},"problem":""}""";
        var result = ProbeResult.Of(Encoding.UTF8.GetBytes(line));
        Assert.Equal("", result.Problem);
        Assert.All(result.Identification.Matches, told =>
        {
            Assert.Null(told.Puid);
            Assert.Equal(2000, told.Name.Length);
        });
    }

    private static (string Name, string? Puid, FormatMethod Method) Told(ProbeResult result)
    {
        var match = Assert.Single(result.Identification.Matches);
        return (match.Name, match.Puid, match.Method);
    }

    private static SignatureFiles Shared()
    {
        Pronom.Require();
        return new SignatureFiles(Path.GetFullPath(Pronom.SignatureFile), Path.GetFullPath(Pronom.ContainerFile));
    }

    private Task<IReadOnlyList<ProbeResult>> LookAsync(SignatureFiles signatures, params (string Name, byte[] Content)[] files) =>
        fixture.Probe.LookAsync([.. files.Select(file => fixture.Write(file.Name, file.Content))], signatures, false, Cancellation);
}
