using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Storage;

namespace Preserve.Catalog.SecondRoots;

/// <summary>
/// Fills the second storage root: a copy of the first, object by object, itself a valid OCFL root. What is due is seen from the two roots, so a fill that
/// was cut short goes on where it was. For one caller at a time, in the one process that keeps storage.
/// </summary>
public sealed class SecondRoot(CatalogOptions options, ObjectStorage storage, IDbContextFactory<CatalogContext> contexts, TimeProvider time)
{
    private const int MostProblems = 20;

    /// <summary>How often all objects are looked at, and not only those that changed.</summary>
    private static readonly TimeSpan s_everything = TimeSpan.FromHours(6);

    private readonly HashSet<string> _behind = new(StringComparer.Ordinal);
    private long _last;
    private long? _lookedAtAllAt;

    /// <summary>Absolute path; null when there is none.</summary>
    public string? Folder => options.SecondStorageFolder;

    /// <summary>Null before it was filled for the first time in this process, and where there is none.</summary>
    public SecondRootStatus? Status { get; private set; }

    /// <summary>Beside it: what is not in its place yet.</summary>
    internal string Work => $"{Folder!.TrimEnd('/')}.work";

    /// <summary>Copies what is due; returns when nothing is, or somebody else needs the disk.</summary>
    /// <param name="bytesPerSecond">Reads no faster; null for as fast as it goes.</param>
    /// <param name="givesWay">Asked between two objects: true to stop and go on later.</param>
    /// <param name="cancellationToken">Leaves no half object.</param>
    /// <returns>How many objects were copied.</returns>
    /// <exception cref="IOException">The second root cannot be written.</exception>
    public async Task<int> FillAsync(long? bytesPerSecond, Func<bool> givesWay, CancellationToken cancellationToken)
    {
        if (Folder is null || !Directory.Exists(storage.Ocfl.Root))
        {
            return 0;
        }

        try
        {
            Prepare();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Status = (Status ?? new SecondRootStatus(0, 0, 0, null, [])) with { Problems = [problem.Message] };
            throw;
        }

        await FindDueAsync(cancellationToken);
        var problems = new List<string>();
        var done = 0;
        foreach (var path in _behind.Order(StringComparer.Ordinal).ToList())
        {
            if (givesWay())
            {
                break;
            }

            Status = Status! with { Current = path };
            done += await CopyAsync(path, bytesPerSecond, problems, cancellationToken) ? 1 : 0;
            Status = Status with { Copied = Status.Objects - _behind.Count, Current = null, Problems = problems };
        }

        return done;
    }

    private async Task<bool> CopyAsync(string path, long? bytesPerSecond, List<string> problems, CancellationToken cancellationToken)
    {
        var copy = new ObjectCopy(Path.Combine(storage.Ocfl.Root, path), Path.Combine(Folder!, path), Work, time);
        try
        {
            var length = await copy.StageAsync(bytesPerSecond, cancellationToken);
            await using (await storage.Ocfl.TakeTurnAsync(cancellationToken))
            {
                if (!copy.Place())
                {
                    return false;
                }
            }

            _behind.Remove(path);
            Status = Status! with { LengthCopiedInBytes = Status.LengthCopiedInBytes + length };
            return true;
        }
        catch (Exception problem) when (problem is InvalidDataException or FileNotFoundException or DirectoryNotFoundException)
        {
            // One object that cannot be copied does not hold up the others.
            if (problems.Count < MostProblems)
            {
                problems.Add($"{path}: {problem.Message}");
            }

            return false;
        }
        finally
        {
            copy.Clear();
        }
    }

    private async Task FindDueAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var last = await context.ContentLocations.MaxAsync(one => (long?)one.Id, cancellationToken) ?? 0;
        var objects = Status?.Objects ?? 0;
        if (_lookedAtAllAt is not { } at || time.GetElapsedTime(at) > s_everything)
        {
            var all = storage.Ocfl.ListObjects().ToList();
            objects = all.Count;
            _behind.Clear();
            _behind.UnionWith(all.Where(IsDue));
            _lookedAtAllAt = time.GetTimestamp();
        }
        else if (last > _last)
        {
            // Each version has a description of its own, so each has a row that was not there before.
            var since = _last;
            var changed = await context.ContentLocations.Where(one => one.Id > since).Select(one => one.ObjectId).Distinct().ToListAsync(cancellationToken);
            _behind.UnionWith(changed.Select(id => Ocfl.Storage.OcflStorage.PathOf(ObjectStorage.OcflId(id))).Where(path => Directory.Exists(Path.Combine(storage.Ocfl.Root, path)) && IsDue(path)));
            objects = await context.ContentLocations.Select(one => one.ObjectId).Distinct().CountAsync(cancellationToken);
        }

        _last = last;
        Status = new SecondRootStatus(objects, objects - _behind.Count, Status?.LengthCopiedInBytes ?? 0, null, _behind.Count == 0 ? [] : Status?.Problems ?? []);
    }

    // What cannot be told is due: the copy says why, and the others are not held up.
    private bool IsDue(string path)
    {
        try
        {
            return ObjectCopy.IsDue(Path.Combine(storage.Ocfl.Root, path), Path.Combine(Folder!, path));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    private static void Remove(string left)
    {
        if (Directory.Exists(left))
        {
            Directory.Delete(left, recursive: true);
        }
        else
        {
            File.Delete(left);
        }
    }

    // Declaration, layout and extensions of the root; and nothing that a killed process left half: what was purged since must not lie there.
    private void Prepare()
    {
        DurableFile.CreateFolder(Folder!);
        DurableFile.CreateFolder(Work);
        if (PosixFile.Device(Folder!) != PosixFile.Device(Work))
        {
            throw new IOException(
                $"{Folder} and {Work} are in different file systems, so an object could not take its place at once. Where {Folder} is a mount point, name a folder below it in Preserve:Catalog:SecondStorageFolder.");
        }

        if (_lookedAtAllAt is null)
        {
            foreach (var left in Directory.EnumerateFileSystemEntries(Work).ToList())
            {
                Remove(left);
            }
        }

        var extensions = Path.Combine(storage.Ocfl.Root, "extensions");
        var files = Directory.EnumerateFiles(storage.Ocfl.Root).Concat(Directory.Exists(extensions) ? Directory.EnumerateFiles(extensions, "*", SearchOption.AllDirectories) : []);
        foreach (var file in files)
        {
            var target = Path.Combine(Folder!, Path.GetRelativePath(storage.Ocfl.Root, file));
            if (!File.Exists(target))
            {
                DurableFile.CreateFolder(Path.GetDirectoryName(target)!);
                var part = Path.Combine(Work, $"{Guid.NewGuid():N}.part");
                DurableFile.Write(part, File.ReadAllBytes(file));
                DurableFile.Move(part, target);
            }
        }
    }
}
