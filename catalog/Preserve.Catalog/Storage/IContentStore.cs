namespace Preserve.Catalog.Storage;

/// <summary>Where stored bytes live, addressed by SHA-256 (lower-case hexadecimal). Content never changes. Safe for concurrent use, also by several processes.</summary>
public interface IContentStore
{
    /// <summary>
    /// Stores what the stream holds and returns its digest. Content that is already there is kept. Visible only when complete and synced.
    /// </summary>
    /// <param name="content">Read to its end.</param>
    /// <param name="maximumLengthInBytes">Past it the content is refused.</param>
    /// <param name="cancellationToken">Leaves nothing behind.</param>
    /// <exception cref="InvalidDataException">The content is longer than allowed.</exception>
    Task<StoredContent> PutAsync(Stream content, long maximumLengthInBytes, CancellationToken cancellationToken);

    /// <summary>Stores what the stream holds only if it is what is expected. Reading stops one byte past the expected length.</summary>
    /// <param name="content">Read to its end, or to one byte past the expected length.</param>
    /// <param name="expected">Length and digest that the content must have.</param>
    /// <param name="cancellationToken">Leaves nothing behind.</param>
    /// <returns>What was read. It is stored if, and only if, it equals <paramref name="expected"/>.</returns>
    Task<StoredContent> PutExpectedAsync(Stream content, StoredContent expected, CancellationToken cancellationToken);

    bool Contains(string sha256);

    /// <exception cref="FileNotFoundException">No such content.</exception>
    Stream Open(string sha256);

    /// <summary>The file to show read-only to a sandbox. For mounts only: nothing else may use it.</summary>
    /// <exception cref="FileNotFoundException">No such content.</exception>
    string PathForMount(string sha256);

    /// <summary>Takes away content that no catalog row refers to.</summary>
    void Remove(string sha256);
}

/// <summary>What was stored.</summary>
public readonly record struct StoredContent(string Sha256, long LengthInBytes);
