using System.Security.Cryptography;
using Preserve.Catalog.Storage;

namespace Preserve.Catalog.Tests.Storage;

public sealed class FileContentStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("preserve-content-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact(Timeout = 30_000)]
    public async Task What_is_put_comes_back_under_its_digest_in_a_read_only_file_that_others_can_reach()
    {
        using var store = new FileContentStore(_folder);
        var bytes = RandomNumberGenerator.GetBytes(300_001);

        var stored = await store.PutAsync(new MemoryStream(bytes), 1_000_000, Cancellation);

        Assert.Equal(new StoredContent(Convert.ToHexStringLower(SHA256.HashData(bytes)), 300_001), stored);
        var path = store.PathForMount(stored.Sha256);
        Assert.Equal(Path.Combine(_folder, "sha256", stored.Sha256[..2], stored.Sha256[2..4], stored.Sha256), path);
        Assert.Equal("444", Octal(path));
        Assert.Equal("755", Octal(Path.GetDirectoryName(path)!));
        await using var content = store.Open(stored.Sha256);
        Assert.Equal(bytes, await ReadAllAsync(content));
        Assert.Empty(Leftovers());
    }

    [Fact(Timeout = 30_000)]
    public async Task Content_that_is_there_is_kept()
    {
        using var store = new FileContentStore(_folder);
        var first = await store.PutAsync(new MemoryStream([1, 2, 3]), 3, Cancellation);
        var before = File.GetLastWriteTimeUtc(store.PathForMount(first.Sha256));

        Assert.Equal(first, await store.PutAsync(new MemoryStream([1, 2, 3]), 3, Cancellation));
        Assert.Equal(before, File.GetLastWriteTimeUtc(store.PathForMount(first.Sha256)));
    }

    [Fact(Timeout = 30_000)]
    public async Task Content_longer_than_allowed_is_refused_and_leaves_nothing()
    {
        using var store = new FileContentStore(_folder);

        await Assert.ThrowsAsync<InvalidDataException>(() => store.PutAsync(new MemoryStream(new byte[1_000_000]), 999_999, Cancellation));

        Assert.Empty(StoredFiles());
        Assert.Empty(Leftovers());
    }

    [Fact(Timeout = 30_000)]
    public async Task A_cancelled_put_leaves_nothing()
    {
        using var store = new FileContentStore(_folder);
        using var cancellation = new CancellationTokenSource();
        var content = new CancellingStream(cancellation);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.PutAsync(content, long.MaxValue - 1, cancellation.Token));

        Assert.Empty(StoredFiles());
        Assert.Empty(Leftovers());
    }

    [Fact(Timeout = 30_000)]
    public async Task A_new_writer_clears_what_a_dead_one_left_and_spares_the_living()
    {
        using var living = new FileContentStore(_folder);
        await living.PutAsync(new MemoryStream([1]), 1, Cancellation);
        var dead = Directory.CreateDirectory(Path.Combine(_folder, "incoming", "dead")).FullName;
        await File.WriteAllTextAsync(Path.Combine(dead, "lock"), "", Cancellation);
        await File.WriteAllTextAsync(Path.Combine(dead, "half"), "of a file", Cancellation);

        using var next = new FileContentStore(_folder);
        await next.PutAsync(new MemoryStream([2]), 1, Cancellation);

        Assert.False(Directory.Exists(dead));
        Assert.Equal(2, Directory.GetDirectories(Path.Combine(_folder, "incoming")).Length);
        await living.PutAsync(new MemoryStream([3]), 1, Cancellation);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../../../etc/passwd")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void A_digest_that_is_none_is_refused(string digest)
    {
        using var store = new FileContentStore(_folder);

        Assert.Throws<ArgumentException>(() => store.PathForMount(digest));
    }

    [Fact(Timeout = 30_000)]
    public async Task Removed_content_is_gone()
    {
        using var store = new FileContentStore(_folder);
        var stored = await store.PutAsync(new MemoryStream([1]), 1, Cancellation);

        store.Remove(stored.Sha256);
        store.Remove(stored.Sha256);

        Assert.False(store.Contains(stored.Sha256));
        Assert.Throws<FileNotFoundException>(() => store.Open(stored.Sha256));
    }

    private static string Octal(string path) => Convert.ToString((int)File.GetUnixFileMode(path), 8);

    private static async Task<byte[]> ReadAllAsync(Stream stream)
    {
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Cancellation);
        return copy.ToArray();
    }

    private string[] StoredFiles() => Files("sha256");

    private string[] Leftovers() => [.. Files("incoming").Where(file => Path.GetFileName(file) != "lock")];

    private string[] Files(string below) =>
        Directory.Exists(Path.Combine(_folder, below)) ? Directory.GetFiles(Path.Combine(_folder, below), "*", SearchOption.AllDirectories) : [];

    // Endless, and cancels the reader after a while.
    private sealed class CancellingStream(CancellationTokenSource cancellation) : MemoryStream
    {
        private int _reads;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (++_reads == 5)
            {
                cancellation.Cancel();
            }

            cancellationToken.ThrowIfCancellationRequested();
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
