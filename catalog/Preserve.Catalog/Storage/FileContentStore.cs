using Preserve.Catalog.Digests;

namespace Preserve.Catalog.Storage;

/// <summary>
/// Content as read-only files, <c>sha256/ab/cd/(digest)</c> below one folder. A file is written under <c>incoming/</c> in the same
/// file system, synced, renamed to its name, and its folder synced: under its name it is complete, also after a power cut.
/// </summary>
public sealed class FileContentStore : IDisposable
{
    private const int BufferLength = 128 * 1024;
    private const int DigestLength = 64;

    private static readonly string[] Algorithms = [DigestNames.Sha256];

    private readonly string _root;
    private readonly ContentWriters _writers;

    /// <param name="folder">Absolute path; made when missing.</param>
    public FileContentStore(string folder)
    {
        _root = Path.Combine(folder, "sha256");
        _writers = new ContentWriters(Path.Combine(folder, "incoming"));
    }

    /// <summary>As <see cref="IContentStore.PutAsync"/>.</summary>
    public async Task<StoredContent> PutAsync(Stream content, long maximumLengthInBytes, CancellationToken cancellationToken)
    {
        var temporary = Path.Combine(_writers.Folder, Guid.NewGuid().ToString("N"));
        try
        {
            var read = await WriteAsync(content, temporary, maximumLengthInBytes, cancellationToken);
            if (read.LengthInBytes > maximumLengthInBytes)
            {
                throw new InvalidDataException($"The content is longer than {maximumLengthInBytes} bytes.");
            }

            Publish(temporary, read);
            return read;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public bool Contains(string sha256) => File.Exists(PathOf(sha256));

    /// <exception cref="FileNotFoundException">No such content.</exception>
    public Stream Open(string sha256) => OpenFile(PathForMount(sha256));

    /// <exception cref="FileNotFoundException">No such content.</exception>
    public string PathForMount(string sha256)
    {
        var path = PathOf(sha256);
        return File.Exists(path) ? path : throw new FileNotFoundException($"No stored content has the digest {sha256}.", sha256);
    }

    /// <summary>Takes away content that no catalog row refers to.</summary>
    public void Remove(string sha256)
    {
        var path = PathOf(sha256);
        if (File.Exists(path))
        {
            File.Delete(path);
            PosixFile.SyncFolder(Path.GetDirectoryName(path)!);
        }
    }

    public void Dispose() => _writers.Dispose();

    internal static FileStream OpenFile(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferLength, FileOptions.Asynchronous);

    internal static void RequireDigest(string sha256)
    {
        if (sha256.Length != DigestLength || !sha256.All(char.IsAsciiHexDigitLower))
        {
            throw new ArgumentException("A digest is 64 lower-case hexadecimal digits.", nameof(sha256));
        }
    }

    private static async Task<StoredContent> WriteAsync(Stream content, string path, long maximum, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        var read = await StreamDigests.ReadAsync(content, Algorithms, file, maximum, cancellationToken);
        File.SetUnixFileMode(file.SafeFileHandle, DurableFile.ReadOnlyMode);
        file.Flush(flushToDisk: true);
        return new StoredContent(read.Digests[DigestNames.Sha256], read.LengthInBytes);
    }

    private void Publish(string temporary, StoredContent content)
    {
        var path = PathOf(content.Sha256);
        var stored = new FileInfo(path);
        if (!stored.Exists)
        {
            DurableFile.CreateFolder(Path.GetDirectoryName(path)!);
            File.Move(temporary, path, overwrite: true);
            PosixFile.SyncFolder(Path.GetDirectoryName(path)!);
        }
        else if (stored.Length != content.LengthInBytes)
        {
            throw new IOException($"The stored content {content.Sha256} is damaged: {stored.Length} bytes instead of {content.LengthInBytes}.");
        }
    }

    private string PathOf(string sha256)
    {
        RequireDigest(sha256);
        return Path.Combine(_root, sha256[..2], sha256[2..4], sha256);
    }
}
