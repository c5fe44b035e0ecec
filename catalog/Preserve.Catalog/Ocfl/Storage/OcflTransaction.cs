using System.Globalization;
using Preserve.Catalog.Digests;
using Preserve.Catalog.Storage;

namespace Preserve.Catalog.Ocfl.Storage;

/// <summary>
/// A change of one or more objects, all of it or nothing: files are staged, versions drafted, all prepared at once, and then accepted.
/// Disposed of before it is prepared, nothing of it is left; after that, recovery decides. For one caller at a time.
/// </summary>
public sealed class OcflTransaction : IAsyncDisposable
{
    private static readonly string[] Algorithms = [DigestNames.Sha256, DigestNames.Sha512];

    private readonly OcflStorage _storage;
    private readonly FileStream _held;
    private readonly string _folder;
    private readonly List<OcflDraft> _drafts = [];
    private OcflJournalEntry? _entry;
    private FileStream? _turn;
    private int _staged;

    private OcflTransaction(OcflStorage storage, string folder, FileStream held)
    {
        _storage = storage;
        _folder = folder;
        _held = held;
    }

    /// <summary>What recovery asks for.</summary>
    public string Id => Path.GetFileName(_folder);

    /// <summary>Stages what a stream holds, digested in the same pass.</summary>
    /// <param name="content">Read to its end, or to one byte past the maximum.</param>
    /// <param name="maximumLengthInBytes">Past it the length tells so, and the file is not to be used.</param>
    /// <param name="cancellationToken">Stops between two pieces.</param>
    public async Task<OcflStagedFile> StageAsync(Stream content, long maximumLengthInBytes, CancellationToken cancellationToken)
    {
        var path = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"file-{_staged++}"));
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        var read = await StreamDigests.ReadAsync(content, Algorithms, file, maximumLengthInBytes, cancellationToken);
        File.SetUnixFileMode(file.SafeFileHandle, DurableFile.ReadOnlyMode);
        file.Flush(flushToDisk: true);
        return new OcflStagedFile(path, read.Digests[DigestNames.Sha512], read.Digests[DigestNames.Sha256], read.LengthInBytes);
    }

    public Task<OcflStagedFile> StageAsync(byte[] content, CancellationToken cancellationToken) =>
        StageAsync(new MemoryStream(content, writable: false), content.Length, cancellationToken);

    /// <summary>One draft for each object.</summary>
    public void Add(OcflDraft draft) => _drafts.Add(draft);

    /// <summary>
    /// Builds every version and notes them in the journal; from here to the end other writers wait. A draft that changes nothing makes
    /// no version.
    /// </summary>
    /// <returns>Where the new content will be.</returns>
    public async Task<IReadOnlyList<OcflNewContent>> PrepareAsync(CancellationToken cancellationToken)
    {
        _turn = await _storage.TakeTurnAsync(cancellationToken);
        await _storage.RecoverInTurnAsync(cancellationToken);
        var versions = new List<OcflStagedVersion>();
        var contents = new List<OcflNewContent>();
        foreach (var draft in _drafts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var builder = new OcflVersionBuilder(draft, draft.ReplacesObject ? null : _storage.FindInventory(draft.ObjectId));
            if (builder.HasChanges)
            {
                var version = new OcflStagedVersion(string.Create(CultureInfo.InvariantCulture, $"object-{versions.Count}"), OcflStorage.PathOf(draft.ObjectId), builder.Number, draft.ReplacesObject);
                contents.AddRange(builder.Build(Path.Combine(_folder, version.Slot)).Select(placed =>
                    new OcflNewContent(draft.ObjectId, $"{version.Path}/{placed.ContentPath}", placed.File.Sha256, placed.File.Sha512, placed.File.LengthInBytes)));
                versions.Add(version);
            }
        }

        _entry = new OcflJournalEntry(Id, Id, versions);
        PosixFile.SyncFolder(_folder);
        _storage.Journal.Prepare(_entry);
        return contents;
    }

    /// <summary>Makes the versions visible. Not to be cancelled: a kill in between is finished by recovery.</summary>
    public void Accept()
    {
        if (_entry is null)
        {
            throw new InvalidOperationException("The transaction was not prepared.");
        }

        _storage.Journal.Accept(Id);
        OcflPlacing.Place(_storage, _entry);
        _storage.Journal.Forget(Id);
        _entry = null;
    }

    /// <summary>Undoes what was prepared, for whoever knows that it was not accepted.</summary>
    public void Undo()
    {
        _storage.Journal.Forget(Id);
        _entry = null;
    }

    public async ValueTask DisposeAsync()
    {
        // Prepared and neither accepted nor undone: whether it was accepted is not known here.
        if (_entry is null)
        {
            Directory.Delete(_folder, recursive: true);
        }

        await _held.DisposeAsync();
        if (_turn is not null)
        {
            await _turn.DisposeAsync();
        }
    }

    internal static string WritersFolder(string workFolder) => Path.Combine(workFolder, "writers");

    /// <summary>Call with the writers' lock held: a folder just made and not yet locked would look left behind.</summary>
    internal static OcflTransaction Open(OcflStorage storage)
    {
        var folder = Path.Combine(WritersFolder(storage.WorkFolder), Guid.NewGuid().ToString("N"));
        DurableFile.CreateFolder(folder);
        return new OcflTransaction(storage, folder, FileLock.TryTake(Path.Combine(folder, "lock"))!);
    }

    /// <summary>Deletes the folders of writers that have died. Call with the writers' lock held and the journal empty.</summary>
    internal static void DeleteLeftovers(string workFolder)
    {
        foreach (var folder in Directory.EnumerateDirectories(WritersFolder(workFolder)))
        {
            using var held = FileLock.TryTake(Path.Combine(folder, "lock"));
            if (held is not null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}

/// <summary>Content that a transaction brings into storage.</summary>
/// <param name="ObjectId">Whose it is.</param>
/// <param name="Path">Below the storage root.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
/// <param name="Sha512">Lower-case hexadecimal.</param>
/// <param name="LengthInBytes">Its length.</param>
public sealed record OcflNewContent(string ObjectId, string Path, string Sha256, string Sha512, long LengthInBytes);
