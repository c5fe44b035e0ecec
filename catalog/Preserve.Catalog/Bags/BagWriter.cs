using System.Globalization;
using System.Text;
using Preserve.Catalog.Digests;

namespace Preserve.Catalog.Bags;

/// <summary>
/// Writes one bag of version 1.0 (RFC 8493) with SHA-256 and SHA-512. Payload is digested while it is copied. Until
/// <see cref="FinishAsync"/> has written <c>bagit.txt</c>, the last of its files, the folder is no bag.
/// </summary>
public sealed class BagWriter
{
    private static readonly string[] Algorithms = [DigestNames.Sha256, DigestNames.Sha512];

    private readonly string _folder;
    private readonly SortedDictionary<string, DigestedContent> _payload = new(StringComparer.Ordinal);

    /// <param name="folder">Absolute path; must not exist yet.</param>
    /// <exception cref="IOException">It exists.</exception>
    public BagWriter(string folder)
    {
        if (Path.Exists(folder))
        {
            throw new IOException($"{folder} exists already.");
        }

        _folder = folder;
        Directory.CreateDirectory(Path.Combine(folder, "data"));
    }

    /// <summary>Adds a payload file.</summary>
    /// <param name="path">Below <c>data/</c>.</param>
    /// <param name="content">Copied to its end.</param>
    /// <param name="cancellationToken">Leaves a folder that is no bag.</param>
    /// <returns>Digests and length of what was copied.</returns>
    public async Task<DigestedContent> AddAsync(string path, Stream content, CancellationToken cancellationToken)
    {
        var target = Path.Combine(_folder, "data", path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        await using var file = new FileStream(target, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        var written = await StreamDigests.ReadAsync(content, Algorithms, file, long.MaxValue, cancellationToken);
        file.Flush(flushToDisk: true);
        _payload[$"data/{path}"] = written;
        return written;
    }

    public Task<DigestedContent> AddAsync(string path, byte[] content, CancellationToken cancellationToken) =>
        AddAsync(path, new MemoryStream(content, writable: false), cancellationToken);

    /// <summary>Makes a payload file one that can be run.</summary>
    public void MakeExecutable(string path) => File.SetUnixFileMode(
        Path.Combine(_folder, "data", path),
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

    /// <summary>Writes manifests, description and declaration.</summary>
    /// <param name="info">Label and value of each line of <c>bag-info.txt</c>; <c>Payload-Oxum</c> is added.</param>
    /// <param name="cancellationToken">Leaves a folder that is no bag.</param>
    public async Task FinishAsync(IEnumerable<(string Label, string Value)> info, CancellationToken cancellationToken)
    {
        var tags = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["bagit.txt"] = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"u8.ToArray(),
            ["bag-info.txt"] = Encoding.UTF8.GetBytes(string.Concat(info.Append(Oxum()).Select(line => $"{line.Label}: {OneLine(line.Value)}\n"))),
        };
        foreach (var algorithm in Algorithms)
        {
            tags[$"manifest-{algorithm}.txt"] = Encoding.UTF8.GetBytes(string.Concat(_payload.Select(file => $"{file.Value.Digests[algorithm]}  {BagPath.Encode(file.Key)}\n")));
        }

        foreach (var algorithm in Algorithms)
        {
            var lines = string.Concat(tags.Select(tag => $"{Digest(tag.Value, algorithm)}  {tag.Key}\n"));
            await File.WriteAllTextAsync(Path.Combine(_folder, $"tagmanifest-{algorithm}.txt"), lines, cancellationToken);
        }

        foreach (var (name, content) in tags.OrderBy(tag => tag.Key == "bagit.txt"))
        {
            await File.WriteAllBytesAsync(Path.Combine(_folder, name), content, cancellationToken);
        }
    }

    private (string Label, string Value) Oxum() =>
        ("Payload-Oxum", string.Create(CultureInfo.InvariantCulture, $"{_payload.Values.Sum(file => file.LengthInBytes)}.{_payload.Count}"));

    private static string OneLine(string value) => string.Join(' ', value.Split((char[]?)['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static string Digest(byte[] content, string algorithm)
    {
        using var digest = RunningDigest.Create(algorithm);
        digest.Append(content, content.Length);
        return digest.Finish();
    }
}
