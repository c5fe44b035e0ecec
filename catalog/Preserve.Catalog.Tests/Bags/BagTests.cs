using System.Security.Cryptography;
using System.Text;
using Preserve.Catalog.Bags;
using Preserve.Catalog.Tests.Ocfl;

namespace Preserve.Catalog.Tests.Bags;

public sealed class BagTests : IDisposable
{
    private static readonly Dictionary<string, (string Version, Action<string> Break, string? Says)> Cases = new()
    {
        ["as it should be"] = ("1.0", _ => { }, null),
        ["of the first draft"] = ("0.93", _ => { }, null),
        ["of a version that never was"] = ("0.92", _ => { }, "version from 0.93 to 1.0"),
        ["without declaration"] = ("1.0", bag => File.Delete(Path.Combine(bag, "bagit.txt")), "is missing"),
        ["byte order mark"] = ("1.0", bag => Write(bag, "bagit.txt", "\uFEFFBagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"), "byte order mark"),
        ["white space, 1.0"] = ("1.0", bag => Write(bag, "bagit.txt", "BagIt-Version : 1.0\nTag-File-Character-Encoding: UTF-8\n"), "white space"),
        ["white space, draft"] = ("0.97", bag => Write(bag, "bagit.txt", "BagIt-Version : 0.97\nTag-File-Character-Encoding : UTF-8\n"), null),
        ["encoding that nobody knows"] = ("1.0", bag => Write(bag, "bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: Klingon\n"), "encoding that is known"),
        ["no payload folder"] = ("1.0", bag => Directory.Delete(Path.Combine(bag, "data"), true), "data is missing"),
        ["no manifest"] = ("1.0", bag => File.Delete(Path.Combine(bag, "manifest-sha256.txt")), "no payload manifest"),
        ["changed by one bit"] = ("1.0", bag => Write(bag, "data/a.txt", "firsu"), "digest"),
        ["file in no manifest"] = ("1.0", bag => Write(bag, "data/more", ""), "is not listed"),
        ["asterisk, 1.0"] = ("1.0", bag => Manifest(bag, "sha256", "first", "*data/a.txt"), "not in data/"),
        ["asterisk, draft"] = ("0.97", bag => Manifest(bag, "sha256", "first", "*data/a.txt"), null),
        ["twice, 1.0"] = ("1.0", bag => File.AppendAllText(Path.Combine(bag, "manifest-sha256.txt"), Line("sha256", "first", "data/a.txt")), "a second time"),
        ["twice, draft"] = ("0.96", bag => File.AppendAllText(Path.Combine(bag, "manifest-sha256.txt"), Line("sha256", "first", "data/a.txt")), null),
        ["twice and different, draft"] = ("0.96", bag => File.AppendAllText(Path.Combine(bag, "manifest-sha256.txt"), Line("sha256", "other", "data/a.txt")), "a second time"),
        ["way out"] = ("1.0", bag => File.AppendAllText(Path.Combine(bag, "manifest-sha256.txt"), Line("sha256", "x", "data/../../etc/passwd")), "not inside the bag"),
        ["home"] = ("1.0", bag => File.AppendAllText(Path.Combine(bag, "manifest-sha256.txt"), Line("sha256", "x", "~/file")), "not inside the bag"),
        ["second manifest lists less, 1.0"] = ("1.0", bag => Write(bag, "manifest-sha512.txt", ""), "is not listed in manifest-sha512.txt"),
        ["second manifest lists less, draft"] = ("0.97", bag => Write(bag, "manifest-sha512.txt", ""), null),
        ["tag manifest without manifest, 1.0"] = ("1.0", bag => Write(bag, "tagmanifest-sha256.txt", ""), "does not list manifest-sha256.txt"),
        ["tag manifest of a missing file"] = ("0.97", bag => Write(bag, "tagmanifest-sha256.txt", Line("sha256", "x", "notes.txt")), "notes.txt is listed in tagmanifest-sha256.txt, but is missing"),
        ["sum that is wrong"] = ("1.0", bag => Write(bag, "bag-info.txt", "Payload-Oxum: 6.1\n"), "the payload has 5.1"),
        ["info of a draft under its later name"] = ("0.95", bag => Write(bag, "package-info.txt", "Payload-Oxum: 6.1\n"), "the payload has 5.1"),
        ["fetched later, missing"] = ("1.0", bag => { Fetch(bag); File.Delete(Path.Combine(bag, "data/a.txt")); }, "is missing"),
        ["fetched already"] = ("1.0", Fetch, null),
        ["fetched from outside data"] = ("1.0", bag => Write(bag, "fetch.txt", "http://127.0.0.1:9/x 5 bagit.txt\n"), "not a URL"),
        ["link"] = ("1.0", bag => File.CreateSymbolicLink(Path.Combine(bag, "data/link"), "/etc/passwd"), "is a symbolic link"),
        ["digest that nobody can compute"] = ("1.0", bag => { File.Delete(Path.Combine(bag, "manifest-sha256.txt")); Write(bag, "manifest-sha3512.txt", $"00 data/a.txt\n"); }, "whose digests can be computed"),
        ["percent signs, 1.0"] = ("1.0", bag => Renamed(bag, "data/50%25 a%0Ab.txt", "data/50% a\nb.txt"), null),
        ["percent signs, draft"] = ("0.97", bag => Renamed(bag, "data/50%25 a%0Ab.txt", "data/50%25 a\nb.txt"), null),
        ["UTF-16"] = ("1.0", InUtf16, null),
    };

    private readonly string _bag = Directory.CreateTempSubdirectory("preserve-bag-").FullName;

    public static TheoryData<string> Names => [.. Cases.Keys];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_bag, recursive: true);

    [Theory(Timeout = 30_000)]
    [MemberData(nameof(Names))]
    public async Task A_bag_is_judged_by_the_rules_of_its_version(string name)
    {
        var (version, change, says) = Cases[name];
        Write(_bag, "bagit.txt", $"BagIt-Version: {version}\nTag-File-Character-Encoding: UTF-8\n");
        Write(_bag, "data/a.txt", "first");
        Manifest(_bag, "sha256", "first", "data/a.txt");
        change(_bag);

        var report = await BagValidator.ValidateAsync(_bag, Cancellation);

        var errors = report.Findings.Where(finding => finding.IsError).Select(finding => $"{finding.Path} {finding.Text}").ToList();
        if (says is null)
        {
            Assert.Empty(errors);
        }
        else
        {
            Assert.Contains(errors, error => error.Contains(says, StringComparison.Ordinal));
        }

        Assert.Equal(says is null, report.IsValid);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("valid", true)]
    [InlineData("invalid", false)]
    public async Task Every_bag_of_the_published_suite_is_judged_as_its_folder_says(string suite, bool isValid)
    {
        var cases = SharedConformance.Require($"bagit-1.0/{suite}");
        Assert.NotEmpty(cases);
        foreach (var folder in cases)
        {
            var report = await BagValidator.ValidateAsync(folder.FullName, Cancellation);
            Assert.True(report.IsValid == isValid, $"{folder.Name}: {string.Join("; ", report.Findings)}");
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task What_is_written_is_valid_whatever_its_files_are_called()
    {
        var folder = Path.Combine(_bag, "made");
        var writer = new BagWriter(folder);
        await writer.AddAsync("a/100% of\nit.txt", "bytes"u8.ToArray(), Cancellation);
        await writer.AddAsync("b", [], Cancellation);
        await writer.FinishAsync([("External-Description", "two\nlines")], Cancellation);

        var report = await BagValidator.ValidateAsync(folder, Cancellation);

        Assert.Empty(report.Findings);
        Assert.Equal((new Version(1, 0), 2, 5L), (report.Version, report.PayloadFiles, report.PayloadLengthInBytes));
        Assert.Equal("External-Description: two lines\nPayload-Oxum: 5.2\n", await File.ReadAllTextAsync(Path.Combine(folder, "bag-info.txt"), Cancellation));
    }

    private static void Write(string bag, string path, string text) => Write(bag, path, Encoding.UTF8.GetBytes(text));

    private static void Write(string bag, string path, byte[] content)
    {
        var file = Path.Combine(bag, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
    }

    private static string Line(string algorithm, string content, string path) =>
        $"{Convert.ToHexStringLower(algorithm == "sha256" ? SHA256.HashData(Encoding.UTF8.GetBytes(content)) : SHA512.HashData(Encoding.UTF8.GetBytes(content)))}  {path}\n";

    private static void Manifest(string bag, string algorithm, string content, string path) => Write(bag, $"manifest-{algorithm}.txt", Line(algorithm, content, path));

    private static void Fetch(string bag) => Write(bag, "fetch.txt", "http://127.0.0.1:9/a.txt 5 data/a.txt\n");

    private static void Renamed(string bag, string written, string real)
    {
        File.Move(Path.Combine(bag, "data/a.txt"), Path.Combine(bag, real));
        Manifest(bag, "sha256", "first", written);
    }

    private static void InUtf16(string bag)
    {
        Write(bag, "bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-16\n");
        File.Move(Path.Combine(bag, "data/a.txt"), Path.Combine(bag, "data/ä.txt"));
        Write(bag, "manifest-sha256.txt", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Line("sha256", "first", "data/ä.txt"))]);
    }
}
