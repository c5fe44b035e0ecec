using Preserve.Catalog.Formats;

namespace Preserve.Catalog.Tests.Formats;

/// <summary>With the real signature files.</summary>
public sealed class PronomTests
{
    public static TheoryData<string, byte[], string, FormatMethod> Files => new()
    {
        { "a.png", SampleFiles.Png, "fmt/11", FormatMethod.Signature },
        { "a.gif", SampleFiles.Gif, "fmt/4", FormatMethod.Signature },
        { "a.jpg", SampleFiles.Jpeg, "fmt/43", FormatMethod.Signature },
        { "a.wav", SampleFiles.Wav, "fmt/141", FormatMethod.Signature },
        { "a.pdf", SampleFiles.Pdf, "fmt/18", FormatMethod.Signature },
        { "a.html", SampleFiles.Html, "fmt/471", FormatMethod.Signature },
        { "a.rtf", SampleFiles.Rtf, "fmt/45", FormatMethod.Signature },
        { "a.mid", SampleFiles.Midi, "x-fmt/230", FormatMethod.Signature },
        { "a.gz", SampleFiles.Gzip, "x-fmt/266", FormatMethod.Signature },
        { "a.exe", SampleFiles.DosProgram, "x-fmt/409", FormatMethod.Signature },
        { "a.bmp", SampleFiles.Bmp, "fmt/116", FormatMethod.Signature },
        { "a", SampleFiles.Elf, "fmt/688", FormatMethod.Signature },
        { "a.zip", SampleFiles.Zip(("a.txt", "text")), "x-fmt/263", FormatMethod.Signature },
        { "a.docx", SampleFiles.Docx, "fmt/412", FormatMethod.Container },
        { "a.epub", SampleFiles.Epub, "fmt/483", FormatMethod.Container },
        { "a.odt", SampleFiles.OpenDocumentText, "fmt/291", FormatMethod.Container },
        { "a.doc", SampleFiles.WordDocument, "fmt/40", FormatMethod.Container },
        { "a.doc", CompoundFile.Build(("Other", new byte[5000])), "fmt/111", FormatMethod.Signature },
        { "a.bat", "echo hello"u8.ToArray(), "x-fmt/413", FormatMethod.Extension },
        { "a.txt", "hello"u8.ToArray(), "x-fmt/111", FormatMethod.Extension },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Files_of_many_formats_are_told_by_what_they_are(string name, byte[] content, string puid, FormatMethod method)
    {
        var identification = Identify(name, content);
        Assert.Equal("", identification.Problem);
        Assert.Contains(identification.Matches, match => match.Puid == puid && match.Method == method);
        Assert.True(identification.Matches.Count == 1, string.Join(", ", identification.Matches.Select(match => $"{match.Puid} {match.Name}")));
    }

    [Fact]
    public void The_signature_version_is_told() => Assert.Equal("DROID 122, containers 40, media table 1", Pronom.Require().SignatureVersion);

    [Fact]
    public void Names_do_not_matter_where_bytes_tell() => Assert.Equal("fmt/11", Assert.Single(Identify("a.doc", SampleFiles.Png).Matches).Puid);

    [Fact]
    public void Nothing_is_said_of_what_nobody_knows() => Assert.Empty(Identify("a.zzz-unheard-of", [1, 2, 3, 4]).Matches);

    [Fact]
    public void A_name_says_nothing_where_the_bytes_it_stands_for_are_missing()
    {
        Assert.Empty(Identify("a.png", "not a picture"u8.ToArray()).Matches);
        Assert.DoesNotContain(Identify("a.img", new byte[700]).Matches, match => match.Puid is "fmt/1609" or "fmt/1740");
        Assert.Null(MediaFormats.Shipped.OfExtension("img"));
    }

    [Fact]
    public void An_empty_file_is_no_mistake() => Assert.Empty(Identify("a", []).Matches);

    [Fact]
    public void Every_PUID_of_the_table_that_ships_is_one_of_PRONOM()
    {
        Pronom.Require();
        using var stream = File.OpenRead(Pronom.SignatureFile);
        var known = Preserve.Catalog.Formats.Signatures.SignatureFile.Read(stream);
        Assert.NotEmpty(MediaFormats.Shipped.All);
        Assert.All(MediaFormats.Shipped.All.Where(format => format.Puid is not null), format =>
            Assert.Equal(format.Name, known.OfPuid(format.Puid!)?.Name));
    }

    private static FileIdentification Identify(string name, byte[] content)
    {
        using var stream = new MemoryStream(content);
        return Pronom.Require().Identify(stream, name);
    }
}
