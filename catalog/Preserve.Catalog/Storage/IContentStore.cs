namespace Preserve.Catalog.Storage;

/// <summary>
/// Where stored bytes live, addressed by SHA-256 (lower-case hexadecimal). Content never changes. Safe for concurrent use, also by
/// several processes. Preserved bytes come in with an object (<see cref="ObjectStorage"/>), not here.
/// </summary>
public interface IContentStore
{
    /// <summary>
    /// Stores content that can be made again, such as a poster, and returns its digest. Content that is already there is kept.
    /// Visible only when complete and synced.
    /// </summary>
    /// <param name="content">Read to its end.</param>
    /// <param name="maximumLengthInBytes">Past it the content is refused.</param>
    /// <param name="cancellationToken">Leaves nothing behind.</param>
    /// <exception cref="InvalidDataException">The content is longer than allowed.</exception>
    Task<StoredContent> PutAsync(Stream content, long maximumLengthInBytes, CancellationToken cancellationToken);

    /// <summary>Whether the content is there and not known to be damaged.</summary>
    bool Contains(string sha256);

    /// <summary>Why content that was stored may not be used, in words; null when nothing is known against it.</summary>
    string? FindProblem(string sha256);

    /// <exception cref="FileNotFoundException">No such content.</exception>
    Stream Open(string sha256);

    /// <summary>The file to show read-only to a sandbox. For mounts only: nothing else may use it.</summary>
    /// <exception cref="FileNotFoundException">No such content.</exception>
    string PathForMount(string sha256);
}

/// <summary>What was stored.</summary>
public readonly record struct StoredContent(string Sha256, long LengthInBytes);
