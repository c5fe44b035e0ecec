using Preserve.Catalog.Digests;

namespace Preserve.Catalog.Bags;

/// <summary>A file of a bag that was brought in.</summary>
/// <param name="Path">In the bag.</param>
/// <param name="LengthInBytes">Its length.</param>
/// <param name="Sha256">Made of it on the way, lower-case hexadecimal, as are the other three.</param>
/// <param name="Sha512">As above.</param>
/// <param name="Sha1">As above.</param>
/// <param name="Md5">As above.</param>
/// <param name="Inside">Where it is seen inside the sandbox; null for one that need not be seen.</param>
internal sealed record BagListedFile(string Path, long LengthInBytes, string Sha256, string Sha512, string Sha1, string Md5, string? Inside);

/// <summary>A bag whose bytes were digested when they came in: only its tag files are opened.</summary>
internal sealed class ListedBag(IReadOnlyList<BagListedFile> files) : IBagFiles
{
    private readonly Dictionary<string, BagListedFile> _files = files.ToDictionary(file => file.Path, StringComparer.Ordinal);

    // Empty folders are not brought in: that there is no payload at all is told by whoever takes the bag.
    public bool HasPayloadFolder => true;

    public IReadOnlyDictionary<string, long> List(Action<BagFinding> report) => _files.ToDictionary(file => file.Key, file => file.Value.LengthInBytes, StringComparer.Ordinal);

    public byte[] ReadTagFile(string path) => _files.TryGetValue(path, out var file)
        ? TagFile.ReadBytes(file.Inside ?? throw new IOException("is too long to be read"))
        : throw new FileNotFoundException("is missing", path);

    public bool Computes(string algorithm) => algorithm is DigestNames.Sha256 or DigestNames.Sha512 or DigestNames.Sha1 or DigestNames.Md5;

    public Task<IReadOnlyDictionary<string, string>> DigestAsync(string path, IReadOnlyList<string> algorithms, CancellationToken cancellationToken)
    {
        var file = _files[path];
        return Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>
        {
            [DigestNames.Sha256] = file.Sha256, [DigestNames.Sha512] = file.Sha512, [DigestNames.Sha1] = file.Sha1, [DigestNames.Md5] = file.Md5,
        });
    }
}
