using System.Text;
using Preserve.Catalog.Ocfl.Storage;
using Preserve.Catalog.Ocfl.Validation;

namespace Preserve.Catalog.Tests.Ocfl;

public sealed class OcflStorageTests : IDisposable
{
    private const string Id = "urn:example:one";

    private readonly string _folder = Directory.CreateTempSubdirectory("preserve-ocfl-").FullName;
    private readonly HashSet<string> _accepted = [];
    private readonly OcflStorage _storage;

    public OcflStorageTests() => _storage = Open();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Root => Path.Combine(_folder, "storage");

    private string ObjectFolder => Path.Combine(Root, OcflStorage.PathOf(Id));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact(Timeout = 30_000)]
    public async Task What_is_written_is_valid_without_a_warning_and_lies_where_the_layout_says()
    {
        await WriteAsync(Id, ("media/disk.img", "bytes"), ("object.json", "{}"));
        await WriteAsync(Id, ("object.json", "{ }"));
        await WriteAsync("urn:example:two", ("object.json", "{}"));

        var report = await ValidateAsync();

        Assert.Equal(2, report.Objects);
        Assert.Equal("bytes", await File.ReadAllTextAsync(Path.Combine(ObjectFolder, "v1/content/media/disk.img"), Cancellation));
        Assert.Equal("{ }", await File.ReadAllTextAsync(Path.Combine(ObjectFolder, "v2/content/object.json"), Cancellation));
        Assert.Equal("444", Convert.ToString((int)File.GetUnixFileMode(Path.Combine(ObjectFolder, "v1/content/media/disk.img")), 8));
    }

    [Fact(Timeout = 30_000)]
    public async Task Bytes_that_an_object_has_are_not_stored_again_and_those_of_others_are()
    {
        await WriteAsync(Id, ("a", "same"), ("b", "same"));
        await WriteAsync(Id, ("c", "same"));
        await WriteAsync("urn:example:two", ("a", "same"));

        Assert.Single(Directory.EnumerateFiles(ObjectFolder, "*", SearchOption.AllDirectories), file => file.Contains("/content/", StringComparison.Ordinal));
        Assert.Equal(["a", "b", "c"], _storage.FindInventory(Id)!.Versions["v2"].State.Single().Value);
        Assert.Equal(2, Directory.EnumerateFiles(Root, "a", SearchOption.AllDirectories).Count());
        await ValidateAsync();
    }

    [Fact(Timeout = 30_000)]
    public async Task A_draft_that_changes_nothing_makes_no_version()
    {
        await WriteAsync(Id, ("a", "one"));
        Assert.Empty(await WriteAsync(Id, ("a", "one")));

        Assert.Equal("v1", _storage.FindInventory(Id)!.Head);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_removed_file_stays_with_the_earlier_versions()
    {
        await WriteAsync(Id, ("a", "one"), ("b", "two"));
        await using (var transaction = await _storage.BeginAsync(Cancellation))
        {
            var draft = Draft(Id);
            draft.Remove("a");
            transaction.Add(draft);
            await transaction.PrepareAsync(Cancellation);
            transaction.Accept();
        }

        var inventory = _storage.FindInventory(Id)!;
        Assert.Equal(["b"], inventory.Versions["v2"].State.SelectMany(pair => pair.Value));
        Assert.Equal(["a", "b"], inventory.Versions["v1"].State.SelectMany(pair => pair.Value).Order());
        await ValidateAsync();
    }

    [Fact(Timeout = 30_000)]
    public async Task A_transaction_that_was_not_prepared_leaves_nothing()
    {
        await using (var transaction = await _storage.BeginAsync(Cancellation))
        {
            await transaction.StageAsync("bytes"u8.ToArray(), Cancellation);
        }

        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(_folder, "storage.work", "writers")));
        Assert.Empty(_storage.ListObjects());
    }

    [Theory(Timeout = 30_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_prepared_transaction_is_finished_or_undone_as_its_owner_decided(bool isAccepted)
    {
        await WriteAsync(Id, ("a", "one"));
        await PrepareAsync(Id, "a", "two", isAccepted);
        await PrepareAsync("urn:example:two", "a", "two", isAccepted: false);

        var recovery = await Open().RecoverAsync(Cancellation);

        Assert.Equal(new OcflRecovery(0, 0), await _storage.RecoverAsync(Cancellation));
        Assert.Equal(isAccepted ? "v2" : "v1", _storage.FindInventory(Id)!.Head);
        Assert.Null(_storage.FindInventory("urn:example:two"));
        Assert.Equal(0, recovery.Finished);
        await ValidateAsync();
    }

    [Fact(Timeout = 30_000)]
    public async Task Between_the_root_inventory_and_its_sidecar_every_version_is_readable()
    {
        await WriteAsync(Id, ("a", "one"));
        await WriteAsync(Id, ("a", "two"));
        File.Copy(Path.Combine(ObjectFolder, "v1/inventory.json.sha512"), Path.Combine(ObjectFolder, "sidecar"));
        File.Move(Path.Combine(ObjectFolder, "sidecar"), Path.Combine(ObjectFolder, "inventory.json.sha512"), overwrite: true);

        Assert.Equal(["v1", "v2"], _storage.FindInventory(Id)!.Versions.Keys.Order());
    }

    [Fact(Timeout = 30_000)]
    public async Task Names_that_are_no_paths_are_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => WriteAsync(Id, ("../outside", "bytes")));

        Assert.Empty(_storage.ListObjects());
    }

    private static OcflDraft Draft(string id) => new()
    {
        ObjectId = id,
        CreatedAt = DateTimeOffset.UnixEpoch,
        Message = "test",
        UserName = "A test",
        UserAddress = "mailto:test@example.org",
    };

    private OcflStorage Open() => new(Root, (id, _) => Task.FromResult(_accepted.Contains(id)), TimeProvider.System);

    private async Task<OcflRootReport> ValidateAsync()
    {
        var report = await OcflRootValidator.ValidateAsync(Root, null, Cancellation);
        Assert.Empty(report.Findings.Kept);
        return report;
    }

    private async Task<IReadOnlyList<OcflNewContent>> WriteAsync(string id, params (string Path, string Text)[] files)
    {
        await using var transaction = await _storage.BeginAsync(Cancellation);
        var draft = Draft(id);
        foreach (var (path, text) in files)
        {
            draft.Put(path, await transaction.StageAsync(Encoding.UTF8.GetBytes(text), Cancellation));
        }

        transaction.Add(draft);
        var added = await transaction.PrepareAsync(Cancellation);
        transaction.Accept();
        return added;
    }

    private async Task PrepareAsync(string id, string path, string text, bool isAccepted)
    {
        await using var transaction = await _storage.BeginAsync(Cancellation);
        var draft = Draft(id);
        draft.Put(path, await transaction.StageAsync(Encoding.UTF8.GetBytes(text), Cancellation));
        transaction.Add(draft);
        await transaction.PrepareAsync(Cancellation);
        if (isAccepted)
        {
            _accepted.Add(transaction.Id);
        }
    }
}
