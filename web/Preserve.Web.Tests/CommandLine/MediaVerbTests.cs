using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Preserve.Web.CommandLine;
using Preserve.Web.Tests.Running;

namespace Preserve.Web.Tests.CommandLine;

/// <summary><c>identify</c>, <c>characterise</c>, <c>files</c>, <c>suggest</c> and <c>signatures</c>, as a person runs them: with the real child in the real sandbox.</summary>
public sealed class MediaVerbTests
{
    private const int Limit = 120_000;

    [Fact(Timeout = Limit)]
    public async Task A_floppy_is_identified_by_the_table_that_ships()
    {
        using var folder = OpenFolder();
        var (exitCode, output, errors) = await PreserveProcess.RunAsync("identify", BootableFloppy(folder), "--data", folder.Path);

        Assert.True(exitCode == ExitCode.Done, errors);
        var match = JsonNode.Parse(output)![0]!["matches"]![0]!;
        Assert.Equal(("FAT Disk Image", "fmt/1087", "signature"), ((string?)match["name"], (string?)match["puid"], (string?)match["method"]));
    }

    [Fact(Timeout = Limit)]
    public async Task A_bootable_floppy_gets_the_generic_PC_with_reasons()
    {
        using var folder = OpenFolder();
        var (exitCode, output, errors) = await PreserveProcess.RunAsync("suggest", BootableFloppy(folder), "--data", folder.Path);

        Assert.True(exitCode == ExitCode.Done, errors);
        var first = JsonNode.Parse(output)![0]!;
        Assert.Equal(("pc-classic", "floppy", "boot.img"), ((string?)first["profileId"], (string?)first["boot"], (string?)first["drives"]!["floppy0"]));
        Assert.Contains("80 tracks", (string?)first["reasons"]![0], StringComparison.Ordinal);
    }

    [Theory(Timeout = Limit)]
    [InlineData("identify")]
    [InlineData("characterise")]
    [InlineData("files")]
    [InlineData("suggest")]
    public async Task A_file_that_is_not_there_is_said_so(string verb)
    {
        var (exitCode, _, errors) = await PreserveProcess.RunAsync(verb, "/no/such/file");

        Assert.Equal(ExitCode.Usage, exitCode);
        Assert.Contains("/no/such/file", errors, StringComparison.Ordinal);
    }

    [Theory(Timeout = Limit)]
    [InlineData("words", "neither")]
    [InlineData("<FFSignatureFile", "not well-formed")]
    [InlineData("<!DOCTYPE a [<!ENTITY b 'c'>]><FFSignatureFile>&b;</FFSignatureFile>", "DTD")]
    [InlineData("<FFSignatureFile Version='1'><FileFormatCollection/></FFSignatureFile>", "no format")]
    public async Task A_signature_file_that_cannot_be_used_is_refused_with_3_and_not_kept(string content, string reason)
    {
        using var folder = OpenFolder();
        var file = Path.Combine(folder.Path, "signatures.xml");
        await File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);

        var (exitCode, _, errors) = await PreserveProcess.RunAsync("signatures", "add", file, "--data", folder.Path);

        Assert.Equal(ExitCode.Refused, exitCode);
        Assert.Contains(reason, errors, StringComparison.Ordinal);
        var kept = Path.Combine(folder.Path, "signatures");
        Assert.Empty(Directory.Exists(kept) ? Directory.GetFiles(kept) : []);
    }

    /// <summary>One that the sandbox's user may pass through, as a real data folder.</summary>
    private static TemporaryFolder OpenFolder()
    {
        var folder = new TemporaryFolder();
        File.SetUnixFileMode(folder.Path, File.GetUnixFileMode(folder.Path) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        return folder;
    }

    private static string BootableFloppy(TemporaryFolder folder)
    {
        var disk = new byte[1_474_560];
        ReadOnlySpan<byte> start = [0xEB, 0x3C, 0x90];
        start.CopyTo(disk);
        "MYSYSTEM"u8.CopyTo(disk.AsSpan(3));
        BinaryPrimitives.WriteUInt16LittleEndian(disk.AsSpan(11), 512);
        (disk[13], disk[14], disk[16]) = (1, 1, 2);
        BinaryPrimitives.WriteUInt16LittleEndian(disk.AsSpan(17), 224);
        BinaryPrimitives.WriteUInt16LittleEndian(disk.AsSpan(19), 2880);
        (disk[21], disk[22], disk[24], disk[26], disk[510], disk[511]) = (0xF0, 9, 18, 2, 0x55, 0xAA);
        var path = Path.Combine(folder.Path, "boot.img");
        File.WriteAllBytes(path, disk);
        return path;
    }
}
