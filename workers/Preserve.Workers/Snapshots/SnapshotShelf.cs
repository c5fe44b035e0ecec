using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Preserve.Emulation.Machines;
using Preserve.Workers.Hosting;

namespace Preserve.Workers.Snapshots;

/// <summary>
/// Prepared snapshots on disk: machines at their start moment, by the fingerprint of all that they depend on. Made anew whenever they are missing, so nothing here is
/// part of the archive. Safe for concurrent use.
/// </summary>
/// <remarks>
/// <code>
/// {data}/snapshots/{fingerprint}/memory, {slot}.qcow2, snapshot.json    the last with the digests of the others
/// {data}/snapshots/{fingerprint}.refused                                why there is none
/// {data}/snapshots/new-{random}/                                        one that is being made
/// </code>
/// </remarks>
internal sealed class SnapshotShelf
{
    private const string DigestsName = "snapshot.json";
    private const string MakingPrefix = "new-";
    private const UnixFileMode Ours = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _root;
    private readonly ILogger _logger;

    public SnapshotShelf(WorkerOptions options, ILogger<SnapshotShelf> logger)
    {
        _root = Path.Combine(options.DataFolder, "snapshots");
        _logger = logger;
    }

    /// <summary>Whether there is a snapshot, or it is known that there can be none.</summary>
    public bool IsSettled(string fingerprint) => Directory.Exists(FolderOf(fingerprint)) || File.Exists(RefusalOf(fingerprint));

    /// <summary>The folder of a snapshot with every byte as it was made; null when there is none. One that has changed is dropped.</summary>
    public async Task<string?> FindAsync(string fingerprint, CancellationToken cancellationToken)
    {
        var folder = FolderOf(fingerprint);
        if (!Directory.Exists(folder))
        {
            return null;
        }

        try
        {
            if (await IsWholeAsync(folder, cancellationToken))
            {
                return folder;
            }

            Drop(fingerprint, "its files are not the ones that were made");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            Drop(fingerprint, e.Message);
        }

        return null;
    }

    /// <summary>Saves a machine, which stays paused, and puts it on the shelf.</summary>
    /// <exception cref="MachineException">It cannot be saved.</exception>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written.</exception>
    public async Task AddAsync(string fingerprint, IMachineState machine, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_root, Ours);
        var making = Path.Combine(_root, MakingPrefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));
        Directory.CreateDirectory(making, Ours);
        try
        {
            await machine.SaveAsync(making, cancellationToken);
            var digests = await DigestAsync(making, cancellationToken);
            await File.WriteAllBytesAsync(Path.Combine(making, DigestsName), JsonSerializer.SerializeToUtf8Bytes(digests), cancellationToken);
            if (!Directory.Exists(FolderOf(fingerprint)))
            {
                Directory.Move(making, FolderOf(fingerprint));
            }
        }
        finally
        {
            Delete(making);
        }
    }

    /// <summary>Takes a snapshot away that is of no use. Sessions that have started from it go on.</summary>
    public void Drop(string fingerprint, string why)
    {
        _logger.LogWarning("The snapshot {Fingerprint} was dropped: {Why}", fingerprint, why);
        Delete(FolderOf(fingerprint));
    }

    /// <summary>Notes that there will be no snapshot of this fingerprint, and why.</summary>
    public async Task RefuseAsync(string fingerprint, string why, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_root, Ours);
        await File.WriteAllTextAsync(RefusalOf(fingerprint), why, cancellationToken);
    }

    /// <summary>Takes away what no environment needs any more, and what was being made when the service ended.</summary>
    public void KeepOnly(IReadOnlySet<string> fingerprints)
    {
        if (!Directory.Exists(_root))
        {
            return;
        }

        foreach (var entry in new DirectoryInfo(_root).EnumerateFileSystemInfos().Where(entry => !fingerprints.Contains(entry.Name.Split('.')[0])).ToList())
        {
            if (entry is DirectoryInfo)
            {
                Delete(entry.FullName);
            }
            else
            {
                entry.Delete();
            }
        }
    }

    private static async Task<bool> IsWholeAsync(string folder, CancellationToken cancellationToken)
    {
        var recorded = JsonSerializer.Deserialize<SortedDictionary<string, string>>(
            await File.ReadAllBytesAsync(Path.Combine(folder, DigestsName), cancellationToken));
        return recorded is not null && (await DigestAsync(folder, cancellationToken)).SequenceEqual(recorded);
    }

    private static async Task<SortedDictionary<string, string>> DigestAsync(string folder, CancellationToken cancellationToken)
    {
        var digests = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder).Where(path => Path.GetFileName(path) != DigestsName))
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 17, useAsync: false);
            digests.Add(Path.GetFileName(path), Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken)));
        }

        return digests;
    }

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody else was quicker, or it has its place on the shelf.
        }
    }

    private string FolderOf(string fingerprint) => Path.Combine(_root, fingerprint);

    private string RefusalOf(string fingerprint) => Path.Combine(_root, $"{fingerprint}.refused");
}
