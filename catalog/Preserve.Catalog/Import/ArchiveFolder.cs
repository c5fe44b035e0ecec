using Microsoft.Win32.SafeHandles;
using Preserve.Catalog.Storage;

namespace Preserve.Catalog.Import;

/// <summary>
/// The folder that is imported, opened once: files are found by plain name below this very folder, links are not followed, and
/// what is not a regular file is refused.
/// </summary>
internal sealed class ArchiveFolder(string path) : IDisposable
{
    private readonly SafeFileHandle _folder = PosixFile.OpenFolder(path);

    /// <exception cref="IOException">The file is missing, a link, not a regular file or unreadable: the message says which, to follow its name.</exception>
    public Stream Open(string name) => new FileStream(PosixFile.OpenRegular(_folder, name), FileAccess.Read, bufferSize: 0);

    /// <summary>A whole small file.</summary>
    /// <exception cref="IOException">As above, or it is longer than allowed.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(string name, int maximumLengthInBytes, CancellationToken cancellationToken)
    {
        await using var file = Open(name);
        if (file.Length > maximumLengthInBytes)
        {
            throw new IOException($"is longer than {maximumLengthInBytes} bytes");
        }

        var content = new byte[file.Length];
        await file.ReadExactlyAsync(content, cancellationToken);
        return content;
    }

    public void Dispose() => _folder.Dispose();
}
