using Preserve.Catalog.Digests;
using Preserve.Catalog.Fixity;
using Preserve.Catalog.Ocfl;
using Preserve.Catalog.Ocfl.Inventories;
using Preserve.Catalog.Ocfl.Storage;
using Preserve.Catalog.Ocfl.Validation;
using Preserve.Catalog.Storage;

namespace Preserve.Catalog.SecondRoots;

/// <summary>
/// One object on its way into the second root: what is new is copied beside it and compared with the inventory, then takes its place by renames,
/// version folders before the inventory and the inventory before its sidecar. Killed at any moment, it is due again and done again.
/// </summary>
internal sealed class ObjectCopy(string from, string to, string work, TimeProvider time)
{
    private readonly string _staged = Path.Combine(work, Guid.NewGuid().ToString("N"));
    private OcflInventory? _inventory;
    private bool _isAnew;

    /// <summary>Whether the second root has something else, or nothing. The sidecar is moved last, so where it agrees all does.</summary>
    public static bool IsDue(string from, string to)
    {
        // "inventory.json.*" would match the inventory as well.
        var sidecar = Directory.EnumerateFiles(from).Select(Path.GetFileName).FirstOrDefault(name => name!.StartsWith($"{OcflInventory.FileName}.", StringComparison.Ordinal));
        return sidecar is not null && !SameBytes(Path.Combine(from, sidecar), Path.Combine(to, sidecar));
    }

    /// <summary>Copies what is new.</summary>
    /// <param name="bytesPerSecond">Reads no faster; null for as fast as it goes.</param>
    /// <param name="cancellationToken">Leaves nothing.</param>
    /// <returns>How many bytes of content.</returns>
    /// <exception cref="InvalidDataException">A file is not what its inventory says: damage is not copied.</exception>
    public async Task<long> StageAsync(long? bytesPerSecond, CancellationToken cancellationToken)
    {
        _inventory = SourceStream.Read(OcflInventory.FileName, () => OcflObjectReader.FindInventory(from))
            ?? throw new InvalidDataException("the first root has no inventory of it");
        var digests = _inventory.Manifest.SelectMany(entry => entry.Value.Select(path => (Path: path, Digest: entry.Key))).ToDictionary(one => one.Path, one => one.Digest, StringComparer.Ordinal);
        var known = Known();
        Directory.CreateDirectory(_staged);
        long copied = 0;
        var paths = SourceStream.Read("the folder", () => Walk("").ToHashSet(StringComparer.Ordinal));
        if (digests.Keys.FirstOrDefault(path => !known.Contains(path.Split('/')[0]) && !paths.Contains(path)) is { } missing)
        {
            throw new InvalidDataException($"{missing} is missing in the first root, or is not a file");
        }

        foreach (var path in paths)
        {
            // Root inventory, sidecar and declaration are few bytes: always.
            if (!known.Contains(path.Split('/')[0]))
            {
                copied += await CopyAsync(path, digests.GetValueOrDefault(path), bytesPerSecond, cancellationToken);
            }
        }

        DurableFile.SyncTree(_staged);
        return copied;
    }

    /// <summary>Puts it in its place, while nobody writes to the first root. False when that changed meanwhile: then it is due again.</summary>
    public bool Place()
    {
        var sidecar = _inventory!.SidecarName;
        if (!SameBytes(Path.Combine(from, sidecar), Path.Combine(_staged, sidecar)))
        {
            return false;
        }

        if (_isAnew && Directory.Exists(to))
        {
            Directory.Move(to, $"{_staged}.before");
        }

        if (!Directory.Exists(to))
        {
            DurableFile.CreateFolder(Path.GetDirectoryName(to)!);
            DurableFile.Move(_staged, to);
            return true;
        }

        foreach (var version in Directory.EnumerateDirectories(_staged).Where(folder => !Directory.Exists(Path.Combine(to, Path.GetFileName(folder)))).ToList())
        {
            DurableFile.Move(version, Path.Combine(to, Path.GetFileName(version)));
        }

        foreach (var file in Directory.EnumerateFiles(_staged).OrderBy(file => Path.GetFileName(file) switch { OcflInventory.FileName => 1, var name when name == sidecar => 2, _ => 0 }).ToList())
        {
            DurableFile.Move(file, Path.Combine(to, Path.GetFileName(file)));
        }

        return true;
    }

    /// <summary>Deletes what was not placed.</summary>
    public void Clear()
    {
        foreach (var folder in new[] { _staged, $"{_staged}.before" }.Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Versions never change: those of an earlier state of the same object are kept. One that began anew shares nothing with what it was.
    private HashSet<string> Known()
    {
        if (!Directory.Exists(to))
        {
            return [];
        }

        var versions = Directory.EnumerateDirectories(to).Select(Path.GetFileName).Where(name => OcflVersionName.TryParse(name!) is not null).Select(name => name!).ToList();
        var isSame = versions.TrueForAll(version => SameBytes(Path.Combine(from, version, OcflInventory.FileName), Path.Combine(to, version, OcflInventory.FileName)));
        _isAnew = !isSame;
        return isSame ? [.. versions] : [];
    }

    private static bool SameBytes(string one, string other) => File.Exists(one) && File.Exists(other) && File.ReadAllBytes(one).AsSpan().SequenceEqual(File.ReadAllBytes(other));

    private IEnumerable<string> Walk(string path)
    {
        var listing = ListedFolder.Read(Path.Combine(from, path));
        var prefix = path.Length == 0 ? "" : $"{path}/";
        return [.. listing.Files.Select(file => prefix + file), .. listing.Folders.SelectMany(folder => Walk(prefix + folder))];
    }

    private async Task<long> CopyAsync(string path, string? digest, long? bytesPerSecond, CancellationToken cancellationToken)
    {
        var target = Path.Combine(_staged, path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        await using var file = new FileStream(SourceStream.Read(path, () => PosixFile.OpenRegular(Path.Combine(from, path))), FileAccess.Read, bufferSize: 0);
        await using var told = new SourceStream(file, path);
        await using Stream source = bytesPerSecond is { } pace ? new PacedStream(told, pace, time) : told;
        await using var copy = new FileStream(target, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        var read = await StreamDigests.ReadAsync(source, [_inventory!.DigestAlgorithm], copy, long.MaxValue, cancellationToken);
        if (digest is not null && read.Digests[_inventory.DigestAlgorithm] != digest)
        {
            throw new InvalidDataException($"{path} is damaged in the first root, and damage is not copied");
        }

        File.SetUnixFileMode(copy.SafeFileHandle, DurableFile.ReadOnlyMode);
        copy.Flush(flushToDisk: true);
        return read.LengthInBytes;
    }
}
