using Preserve.Catalog.Digests;
using Preserve.Catalog.Ocfl.Validation;
using Preserve.Catalog.Storage;

namespace Preserve.Catalog.Bags;

/// <summary>A bag that is a folder. Reads only, follows no link, opens regular files alone.</summary>
internal sealed class BagFolder(string folder) : IBagFiles
{
    private const int MaximumDepth = 256;

    private readonly Dictionary<string, long> _files = new(StringComparer.Ordinal);

    public bool HasPayloadFolder => Directory.Exists(Path.Combine(folder, "data"));

    public IReadOnlyDictionary<string, long> List(Action<BagFinding> report)
    {
        Walk("", 0, report);
        return _files;
    }

    public byte[] ReadTagFile(string path) => TagFile.ReadBytes(Path.Combine(folder, path));

    public bool Computes(string algorithm) => true;

    public async Task<IReadOnlyDictionary<string, string>> DigestAsync(string path, IReadOnlyList<string> algorithms, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(PosixFile.OpenRegular(Path.Combine(folder, path)), FileAccess.Read, bufferSize: 0);
        return (await StreamDigests.ReadAsync(file, algorithms, null, long.MaxValue, cancellationToken)).Digests;
    }

    private void Walk(string path, int depth, Action<BagFinding> report)
    {
        if (depth > MaximumDepth)
        {
            report(new BagFinding(true, path, $"is nested deeper than {MaximumDepth} folders"));
            return;
        }

        var listing = ListedFolder.Read(Path.Combine(folder, path));
        var prefix = path.Length == 0 ? "" : $"{path}/";
        foreach (var link in listing.Links)
        {
            report(new BagFinding(true, prefix + link, "is a symbolic link"));
        }

        foreach (var file in listing.Files)
        {
            _files[prefix + file] = new FileInfo(Path.Combine(folder, prefix + file)).Length;
        }

        foreach (var inner in listing.Folders)
        {
            Walk(prefix + inner, depth + 1, report);
        }
    }
}
