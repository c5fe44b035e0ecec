using System.Text.Json.Nodes;
using Preserve.Catalog.Ocfl.Validation;

namespace Preserve.Catalog.Tests.Ocfl;

/// <summary>One breach at a time of an object that is valid otherwise, most of them of rules that came with OCFL 1.1.</summary>
public sealed class OcflObjectRulesTests : IDisposable
{
    private static readonly Dictionary<string, (Action<MadeObject> Break, string Codes)> Cases = new()
    {
        ["two declarations"] = (o => o.Write("0=ocfl_object_1.0", "ocfl_object_1.0\n"), "E003"),
        ["declaration of no release"] = (o => o.Write("0=ocfl_object_9.9", "ocfl_object_9.9\n"), "E003 E004"),
        ["declaration with another digit"] = (o => o.Write("1=ocfl_object_1.1", "ocfl_object_1.1\n"), "E003 E005"),
        ["declaration of a root"] = (o => o.Write("0=ocfl_1.1", "ocfl_1.1\n"), "E003 E006"),
        ["declaration without line feed"] = (o => o.Write("0=ocfl_object_1.1", "ocfl_object_1.1"), "E007"),
        ["type of another release"] = (o => o.V2["type"] = "https://ocfl.io/1.0/spec/#inventory", "E038 E103"),
        ["type of no release"] = (o => o.V2["type"] = "https://example.org/", "E038"),
        ["directory named by number alone"] = (o => o.Write("3/content/c", "third"), "E001 E104"),
        ["version zero"] = (o => o.Write("v0/content/c", "third"), "E001 E105"),
        ["manifest is an array"] = (o => o.V2["manifest"] = new JsonArray(), "E023 E050 E106"),
        ["manifest digest in no state"] = (o => { o.Write("v2/content/c", "third"); o.Manifest[MadeObject.Digest("third")] = new JsonArray("v2/content/c"); }, "E107"),
        ["content directory of two levels"] = (o => o.V2["contentDirectory"] = "content/sub", "E016 E017 E019 E020 E042 E092 E108 W002"),
        ["content directory is parent"] = (o => o.V2["contentDirectory"] = "..", "E016 E018 E019 E020 E042 E092 W002"),
        ["id changed"] = (o => o.V1["id"] = "urn:example:other", "E037 E110"),
        ["id is no text"] = (o => o.V2["id"] = 7, "E037 E110"),
        ["fixity is null"] = (o => o.V2["fixity"] = null, "E111"),
        ["fixity of unknown algorithm"] = (o => o.V2["fixity"] = new JsonObject { ["crc99"] = new JsonObject() }, "E026 E056"),
        ["fixity is no object"] = (o => o.V2["fixity"] = new JsonObject { ["md5"] = new JsonArray() }, "E057"),
        ["fixity of a path nobody knows"] = (o => o.V2["fixity"] = new JsonObject { ["md5"] = new JsonObject { ["d41d8cd98f00b204e9800998ecf8427e"] = new JsonArray("v1/content/x") } }, "E057 E093"),
        ["fixity digest too short"] = (o => o.V2["fixity"] = new JsonObject { ["sha1"] = new JsonObject { ["d41d"] = new JsonArray("v1/content/a.txt") } }, "E029 E093"),
        ["blake2b digest wrong"] = (o => o.V2["fixity"] = new JsonObject { ["blake2b-512"] = new JsonObject { [MadeObject.Digest("first")] = new JsonArray("v1/content/a.txt") } }, "E093"),
        ["unknown key"] = (o => o.V2["extra"] = 1, "E102"),
        ["unknown key of a version"] = (o => o.FirstVersion["extra"] = 1, "E102"),
        ["version is no object"] = (o => o.V2["versions"]!["v1"] = 1, "E047 E066 W011"),
        ["no state"] = (o => o.FirstVersion.Remove("state"), "E048 E066"),
        ["versions is an array"] = (o => o.V2["versions"] = new JsonArray(), "E008 E040 E042 E044 E045 E046 E066 E107"),
        ["no versions"] = (o => o.V2.Remove("versions"), "E008 E040 E041 E042 E043 E046 E066 E107"),
        ["day that does not exist"] = (o => o.FirstVersion["created"] = "2026-02-30T03:04:05Z", "E049 W011"),
        ["state path is a number"] = (o => o.FirstVersion["state"]![MadeObject.Digest("first")] = new JsonArray(1), "E051 E066"),
        ["message is a number"] = (o => o.FirstVersion["message"] = 1, "E094 W011"),
        ["user without name"] = (o => o.FirstVersion["user"]!.AsObject().Remove("name"), "E054 W011"),
        ["empty directory"] = (o => Directory.CreateDirectory(Path.Combine(o.Folder, "v2/content/empty")), "E024"),
        ["directory other than the content directory"] = (o => Directory.CreateDirectory(Path.Combine(o.Folder, "v2/other")), "W002"),
        ["link in content"] = (o => File.CreateSymbolicLink(Path.Combine(o.Folder, "v2/content/link"), "/etc/passwd"), "E090"),
        ["link for a directory"] = (o => Directory.CreateSymbolicLink(Path.Combine(o.Folder, "logs"), "/etc"), "E090"),
        ["logs and a registered extension"] = (o => { o.Write("logs/one", "log"); o.Write("extensions/0005-mutable-head/x", ""); }, ""),
        ["content flipped by one bit"] = (o => o.Write("v1/content/a.txt", "firsu"), "E092"),
        ["version without directory"] = (o => Directory.Delete(Path.Combine(o.Folder, "v1"), true), "E009 E046 E092"),
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("preserve-ocfl-").FullName;

    public static TheoryData<string> Names => [.. Cases.Keys];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory(Timeout = 30_000)]
    [InlineData("1.0")]
    [InlineData("1.1")]
    public async Task An_object_made_by_the_specification_has_no_finding(string release)
    {
        var folder = new MadeObject(Path.Combine(_folder, "object"), release).Finish();

        var report = await OcflObjectValidator.ValidateAsync(folder, Cancellation);

        Assert.Empty(report.Findings.Kept);
        Assert.Equal(("urn:example:made", 11L), (report.Id, report.LengthReadInBytes));
    }

    [Theory(Timeout = 30_000)]
    [MemberData(nameof(Names))]
    public async Task A_breach_is_reported_under_its_codes_and_no_others(string name)
    {
        var (break_, codes) = Cases[name];
        var made = new MadeObject(Path.Combine(_folder, "object"));
        made.Finish();
        break_(made);
        if (!name.StartsWith("version without", StringComparison.Ordinal))
        {
            made.Finish();
        }

        var report = await OcflObjectValidator.ValidateAsync(made.Folder, Cancellation);

        Assert.Equal(codes, string.Join(' ', report.Findings.Kept.Select(finding => finding.Code).Distinct().Order()));
    }

    [Fact(Timeout = 30_000)]
    public async Task Keys_that_appear_twice_and_broken_JSON_are_told()
    {
        var made = new MadeObject(Path.Combine(_folder, "object"));
        made.Finish();
        made.Write("inventory.json", "{\"id\":\"urn:a:b\",\"id\":\"urn:a:c\",");

        var report = await OcflObjectValidator.ValidateAsync(made.Folder, Cancellation);

        Assert.Contains(report.Findings.Kept, finding => finding is { Code: "E033", Path: "inventory.json" });
    }

    [Fact(Timeout = 30_000)]
    public async Task A_pipe_in_place_of_content_is_told_and_not_waited_for()
    {
        var made = new MadeObject(Path.Combine(_folder, "object"));
        made.Finish();
        File.Delete(Path.Combine(made.Folder, "v1/content/a.txt"));
        Assert.Equal(0, MakePipe(Path.Combine(made.Folder, "v1/content/a.txt")));

        var report = await OcflObjectValidator.ValidateAsync(made.Folder, Cancellation);

        Assert.Equal(["E089"], report.Findings.Kept.Select(finding => finding.Code));
    }

    private static int MakePipe(string path) => MkFifo(path, 0x180);

#pragma warning disable SYSLIB1054, CA2101 // One call in one test.
    [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "mkfifo", CharSet = System.Runtime.InteropServices.CharSet.Ansi, BestFitMapping = false)]
    private static extern int MkFifo(string path, uint mode);
#pragma warning restore SYSLIB1054, CA2101
}
