namespace Preserve.Catalog.Bags;

/// <summary>The files of a bag, wherever they lie. For one caller at a time.</summary>
internal interface IBagFiles
{
    /// <summary>Whether there is a folder <c>data</c>, empty or not.</summary>
    bool HasPayloadFolder { get; }

    /// <summary>Length of each file by its path in the bag.</summary>
    /// <param name="report">Told what has no place in a bag, such as links.</param>
    /// <exception cref="IOException">A folder cannot be listed.</exception>
    IReadOnlyDictionary<string, long> List(Action<BagFinding> report);

    /// <summary>A small text file, whole.</summary>
    /// <exception cref="IOException">There is no such regular file, or it is too long.</exception>
    byte[] ReadTagFile(string path);

    /// <summary>Whether digests of a known algorithm can be told.</summary>
    bool Computes(string algorithm);

    /// <summary>Digests of a file by algorithm, lower-case hexadecimal.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    Task<IReadOnlyDictionary<string, string>> DigestAsync(string path, IReadOnlyList<string> algorithms, CancellationToken cancellationToken);
}
