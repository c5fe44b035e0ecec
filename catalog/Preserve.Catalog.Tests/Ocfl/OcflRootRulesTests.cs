using Preserve.Catalog.Digests;
using Preserve.Catalog.Ocfl.Layouts;
using Preserve.Catalog.Ocfl.Validation;

namespace Preserve.Catalog.Tests.Ocfl;

public sealed class OcflRootRulesTests : IDisposable
{
    private const string Layout = """{ "extension": "0003-hash-and-id-n-tuple-storage-layout", "description": "by digest" }""";

    private static readonly Dictionary<string, (Action<string> Break, string Codes)> Cases = new()
    {
        ["nothing wrong"] = (_ => { }, ""),
        ["no declaration"] = (root => File.Delete(Path.Combine(root, "0=ocfl_1.1")), "E069 E076"),
        ["two declarations"] = (root => Write(root, "0=ocfl_1.0", "ocfl_1.0\n"), "E076"),
        ["declaration of an object"] = (root => Write(root, "0=ocfl_object_1.1", "ocfl_object_1.1\n"), "E076 E079"),
        ["declaration of no release"] = (root => Write(root, "0=ocfl_7.0", "ocfl_7.0\n"), "E076 E077"),
        ["declaration with other contents"] = (root => Write(root, "0=ocfl_1.1", "ocfl\n"), "E080"),
        ["layout without description"] = (root => Write(root, "ocfl_layout.json", """{ "extension": "0004-hashed-n-tuple-storage-layout" }"""), "E070 E083"),
        ["layout not registered"] = (root => Write(root, "ocfl_layout.json", """{ "extension": "mine", "description": "" }"""), "E071"),
        ["file in the hierarchy"] = (root => Write(root, "3c0/stray", ""), "E072 E084"),
        ["empty directory"] = (root => Directory.CreateDirectory(Path.Combine(root, "3c0", "empty")), "E073"),
        ["end that is no object"] = (root => Write(root, "abc/def/file", ""), "E072 E084 E085 E088"),
        ["unknown file in the root"] = (root => Write(root, "README.md", "hello"), ""),
        ["file among the extensions"] = (root => Write(root, "extensions/stray", ""), "E112"),
        ["extension not registered"] = (root => Write(root, "extensions/mine/config.json", "{}"), "W016"),
        ["object at another place"] = (root => Directory.Move(Path.Combine(root, "3c0/ff4/240/object-01"), Path.Combine(root, "3c0/ff4/240/object-02")), "E083"),
        ["link in the hierarchy"] = (root => Directory.CreateSymbolicLink(Path.Combine(root, "3c0/link"), "/etc"), "E090"),
        ["newer object"] = (root => { File.Delete(Path.Combine(root, "0=ocfl_1.1")); Write(root, "0=ocfl_1.0", "ocfl_1.0\n"); }, "E081"),
        ["twice the same id"] = (root => new MadeObject(Path.Combine(root, "twin"), id: "object-01").Finish(), "E037 E083 W005 W015"),
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("preserve-ocfl-").FullName;

    public static TheoryData<string> Names => [.. Cases.Keys];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory(Timeout = 30_000)]
    [MemberData(nameof(Names))]
    public async Task A_breach_is_reported_under_its_codes_and_no_others(string name)
    {
        var (break_, codes) = Cases[name];
        Write(_folder, "0=ocfl_1.1", "ocfl_1.1\n");
        Write(_folder, "ocfl_layout.json", Layout);
        new MadeObject(Path.Combine(_folder, "3c0/ff4/240/object-01"), id: "object-01").Finish();
        break_(_folder);

        var report = await OcflRootValidator.ValidateAsync(_folder, null, TestContext.Current.CancellationToken);

        // The id of the published example is no URI.
        var found = report.Findings.Kept.Select(finding => finding.Code).Distinct().Order().Where(code => code != "W005" || codes.Contains("W005", StringComparison.Ordinal));
        Assert.Equal(codes, string.Join(' ', found));
    }

    [Theory]
    [InlineData("object-01", "3c0/ff4/240/object-01")]
    [InlineData("..hor/rib:le-$id", "487/326/d8c/%2e%2ehor%2frib%3ale-%24id")]
    [InlineData("..Hor/rib:lè-$id", "373/529/21a/%2e%2eHor%2frib%3al%c3%a8-%24id")]
    public void Objects_lie_where_extension_0003_says(string id, string path) => Assert.Equal(path, new HashedLayout().PathOf(id));

    [Fact]
    public void Long_ids_are_cut_and_end_in_their_digest() => Assert.Equal(
        $"5cc/73e/648/{string.Concat(Enumerable.Repeat("abcdefghij", 10))}-5cc73e648fbcff136510e330871180922ddacf193b68fdeff855683a01464220",
        new HashedLayout().PathOf(string.Concat(Enumerable.Repeat("abcdefghij", 10)) + "a"));

    [Theory]
    [InlineData(DigestNames.Sha256, 3, 3, false, "3c0/ff4/240/3c0ff4240c1e116dba14c7627f2319b58aa3d77606d0d90dfc6161608ac987d4")]
    [InlineData(DigestNames.Md5, 2, 15, true, "ff/75/53/44/92/48/5e/ab/b3/9f/86/35/67/28/88/4e")]
    public void Objects_lie_where_extension_0004_says(string algorithm, int size, int tuples, bool isShort, string path) =>
        Assert.Equal(path, new HashedLayout(algorithm, size, tuples, ShowsId: false, isShort).PathOf("object-01"));

    private static void Write(string root, string path, string text)
    {
        var file = Path.Combine(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
