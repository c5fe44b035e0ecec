using System.Text;
using Preserve.Catalog.Ocfl.Inventories;
using Preserve.Catalog.Ocfl.Layouts;
using Preserve.Catalog.Storage;

namespace Preserve.Catalog.Ocfl.Storage;

/// <summary>
/// A storage root (OCFL 1.1, section 4) that Preserve writes: objects by extension 0003, versions that never change. What is being
/// written lies in a folder beside the root, <c>(root).work</c>, in the same file system. Safe for several processes.
/// </summary>
/// <remarks>
/// 1. A transaction stages files and whole versions in its own folder (<see cref="OcflTransaction"/>).
/// 2. The journal notes it: from then on recovery can finish it or undo it (<see cref="OcflJournal"/>).
/// 3. Whoever began it accepts it; each version takes its place by renames, in an order in which every earlier version stays
///    readable (<see cref="OcflPlacing"/>).
/// </remarks>
public sealed class OcflStorage
{
    private static readonly HashedLayout Layout = new();

    private readonly TimeProvider _time;
    private readonly Func<string, CancellationToken, Task<bool>> _isAccepted;

    /// <param name="root">Absolute path; made when missing.</param>
    /// <param name="isAccepted">After a kill: whether a transaction that was prepared was also accepted. Asked only where the journal does not know.</param>
    /// <param name="time">Paces the wait for another writer.</param>
    public OcflStorage(string root, Func<string, CancellationToken, Task<bool>> isAccepted, TimeProvider time)
    {
        _isAccepted = isAccepted;
        Root = root;
        WorkFolder = $"{root}.work";
        _time = time;
        Journal = new OcflJournal(WorkFolder);
    }

    /// <summary>The storage root.</summary>
    public string Root { get; }

    internal string WorkFolder { get; }

    internal OcflJournal Journal { get; }

    /// <summary>Where an object lies below the root, there or not.</summary>
    public static string PathOf(string id) => Layout.PathOf(id);

    /// <summary>Makes the root with its declaration and layout, and the work folder. Does nothing the second time.</summary>
    /// <exception cref="IOException">The root is something else, or the work folder is in another file system.</exception>
    public void Create()
    {
        DurableFile.CreateFolder(WorkFolder);
        File.SetUnixFileMode(WorkFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        DurableFile.CreateFolder(OcflTransaction.WritersFolder(WorkFolder));
        DurableFile.CreateFolder(Journal.Folder);
        DurableFile.CreateFolder(Root);
        WriteOnce($"0={OcflRelease.OneOne.RootDeclaration()}", $"{OcflRelease.OneOne.RootDeclaration()}\n");
        WriteOnce($"extensions/{Layout.ExtensionName}/config.json", $$"""
            {
              "extensionName": "{{Layout.ExtensionName}}",
              "digestAlgorithm": "{{Layout.DigestAlgorithm}}",
              "tupleSize": {{Layout.TupleSize}},
              "numberOfTuples": {{Layout.NumberOfTuples}}
            }

            """);
        WriteOnce(LayoutFile.FileName, $$"""
            {
              "extension": "{{Layout.ExtensionName}}",
              "description": "Three folders of three digits each of the SHA-256 of the object's id, then a folder named by the id, percent-encoded."
            }

            """);
        if (PosixFile.Device(Root) != PosixFile.Device(WorkFolder))
        {
            throw new IOException($"{Root} and {WorkFolder} are in different file systems: a version could not take its place at once.");
        }
    }

    /// <summary>Begins a change of one or more objects. Nothing of it shows before it is accepted.</summary>
    public async Task<OcflTransaction> BeginAsync(CancellationToken cancellationToken)
    {
        Create();
        await using var turn = await TakeTurnAsync(cancellationToken);
        return OcflTransaction.Open(this);
    }

    /// <summary>
    /// After a kill: finishes what was accepted, undoes the rest, clears what dead writers left. Waits while another process commits.
    /// </summary>
    /// <param name="cancellationToken">Leaves the rest for the next time.</param>
    /// <returns>How many transactions were finished, and how many undone.</returns>
    public async Task<OcflRecovery> RecoverAsync(CancellationToken cancellationToken)
    {
        Create();
        await using var turn = await TakeTurnAsync(cancellationToken);
        return await RecoverInTurnAsync(cancellationToken);
    }

    /// <summary>As <see cref="RecoverAsync"/>, for whoever holds the writers' lock: no version is built on one that has not taken its place.</summary>
    internal async Task<OcflRecovery> RecoverInTurnAsync(CancellationToken cancellationToken)
    {
        var finished = 0;
        var undone = 0;
        foreach (var entry in Journal.Read())
        {
            if (entry.IsAccepted || await _isAccepted(entry.Id, cancellationToken))
            {
                OcflPlacing.Place(this, entry);
                finished++;
            }
            else
            {
                undone++;
            }

            Journal.Forget(entry.Id);
        }

        OcflTransaction.DeleteLeftovers(WorkFolder);
        return new OcflRecovery(finished, undone);
    }

    /// <summary>The newest inventory of an object; null when there is none.</summary>
    /// <exception cref="InvalidDataException">No inventory of the object agrees with its sidecar.</exception>
    public OcflInventory? FindInventory(string id) => OcflObjectReader.FindInventory(Path.Combine(Root, PathOf(id)));

    /// <summary>Folders of all objects, below the root, in order of their paths.</summary>
    public IEnumerable<string> ListObjects() => List("", 0).Order(StringComparer.Ordinal);

    /// <summary>Waits until no other writer commits, in this process or another.</summary>
    internal Task<FileStream> TakeTurnAsync(CancellationToken cancellationToken) =>
        FileLock.TakeAsync(Path.Combine(WorkFolder, "lock"), _time, cancellationToken);

    private IEnumerable<string> List(string path, int depth)
    {
        foreach (var folder in Directory.EnumerateDirectories(Path.Combine(Root, path)).Select(Path.GetFileName))
        {
            var below = path.Length == 0 ? folder! : $"{path}/{folder}";
            if (depth == Layout.NumberOfTuples)
            {
                yield return below;
            }
            else if (below != "extensions")
            {
                foreach (var one in List(below, depth + 1))
                {
                    yield return one;
                }
            }
        }
    }

    private void WriteOnce(string name, string text)
    {
        var path = Path.Combine(Root, name);
        if (!File.Exists(path))
        {
            DurableFile.CreateFolder(Path.GetDirectoryName(path)!);
            var temporary = Path.Combine(WorkFolder, Guid.NewGuid().ToString("N"));
            DurableFile.Write(temporary, Encoding.UTF8.GetBytes(text));
            DurableFile.Move(temporary, path);
        }
    }
}

/// <summary>What recovery did.</summary>
/// <param name="Finished">Transactions that had been accepted.</param>
/// <param name="Undone">Transactions that had not.</param>
public readonly record struct OcflRecovery(int Finished, int Undone);
