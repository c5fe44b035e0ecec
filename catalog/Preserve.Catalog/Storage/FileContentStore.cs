using System.Buffers;
using System.Security.Cryptography;

namespace Preserve.Catalog.Storage;

/// <summary>
/// Content as read-only files, <c>sha256/ab/cd/(digest)</c> below one folder. A file is written under <c>incoming/</c> in the same
/// file system, synced, renamed to its name, and its folder synced: under its name it is complete, also after a power cut.
/// </summary>
public sealed class FileContentStore : IContentStore, IDisposable
{
    private const int BufferLength = 128 * 1024;
    private const int DigestLength = 64;

    private const UnixFileMode FolderMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute |
        UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private const UnixFileMode FileMode0444 = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly string _root;
    private readonly ContentWriters _writers;

    /// <param name="folder">Absolute path; made when missing.</param>
    public FileContentStore(string folder)
    {
        _root = Path.Combine(folder, "sha256");
        _writers = new ContentWriters(Path.Combine(folder, "incoming"));
    }

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

    public async Task<StoredContent> PutExpectedAsync(Stream content, StoredContent expected, CancellationToken cancellationToken)
    {
        RequireDigest(expected.Sha256);
        if (Contains(expected.Sha256))
        {
            return await ReadAsync(content, Stream.Null, expected.LengthInBytes, cancellationToken);
        }

        var temporary = Path.Combine(_writers.Folder, Guid.NewGuid().ToString("N"));
        try
        {
            var read = await WriteAsync(content, temporary, expected.LengthInBytes, cancellationToken);
            if (read == expected)
            {
                Publish(temporary, read);
            }

            return read;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public bool Contains(string sha256) => File.Exists(PathOf(sha256));

    public Stream Open(string sha256) =>
        new FileStream(PathForMount(sha256), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferLength, FileOptions.Asynchronous);

    public string PathForMount(string sha256)
    {
        var path = PathOf(sha256);
        return File.Exists(path) ? path : throw new FileNotFoundException($"No stored content has the digest {sha256}.", sha256);
    }

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

    private static async Task<StoredContent> WriteAsync(Stream content, string path, long maximum, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        var read = await ReadAsync(content, file, maximum, cancellationToken);
        File.SetUnixFileMode(file.SafeFileHandle, FileMode0444);
        file.Flush(flushToDisk: true);
        return read;
    }

    private static async Task<StoredContent> ReadAsync(Stream content, Stream target, long maximum, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            long total = 0;
            int count;
            while (total <= maximum && (count = await content.ReadAsync(Within(buffer, maximum - total), cancellationToken)) > 0)
            {
                digest.AppendData(buffer, 0, count);
                await target.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                total += count;
            }

            return new StoredContent(Convert.ToHexStringLower(digest.GetHashAndReset()), total);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // One byte more than may still come: enough to see that there is too much.
    private static Memory<byte> Within(byte[] buffer, long left) => buffer.AsMemory(0, (int)Math.Min(buffer.Length, left + 1));

    private void Publish(string temporary, StoredContent content)
    {
        var path = PathOf(content.Sha256);
        var stored = new FileInfo(path);
        if (!stored.Exists)
        {
            CreateFolders(content.Sha256);
            File.Move(temporary, path, overwrite: true);
            PosixFile.SyncFolder(Path.GetDirectoryName(path)!);
        }
        else if (stored.Length != content.LengthInBytes)
        {
            throw new IOException($"The stored content {content.Sha256} is damaged: {stored.Length} bytes instead of {content.LengthInBytes}.");
        }
    }

    private void CreateFolders(string sha256)
    {
        var first = Path.Combine(_root, sha256[..2]);
        CreateFolder(Path.GetDirectoryName(_root)!);
        CreateFolder(_root);
        CreateFolder(first);
        CreateFolder(Path.Combine(first, sha256[2..4]));
    }

    // The sandbox's user passes through and reads, whatever the umask is.
    private static void CreateFolder(string path)
    {
        if (!Directory.Exists(path))
        {
            Directory.CreateDirectory(path);
            PosixFile.SyncFolder(Path.GetDirectoryName(path)!);
        }

        if (File.GetUnixFileMode(path) != FolderMode)
        {
            File.SetUnixFileMode(path, FolderMode);
        }
    }

    private string PathOf(string sha256)
    {
        RequireDigest(sha256);
        return Path.Combine(_root, sha256[..2], sha256[2..4], sha256);
    }

    private static void RequireDigest(string sha256)
    {
        if (sha256.Length != DigestLength || !sha256.All(char.IsAsciiHexDigitLower))
        {
            throw new ArgumentException("A digest is 64 lower-case hexadecimal digits.", nameof(sha256));
        }
    }
}
