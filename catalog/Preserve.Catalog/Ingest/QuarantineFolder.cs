using Preserve.Catalog.Storage;

namespace Preserve.Catalog.Ingest;

/// <summary>
/// The bytes of uploads: <c>quarantine/(id)</c> in the data folder. Nothing there is opened by name or by content: files are called by
/// their upload's id, are not executable, and are read outside the sandbox only to be digested and copied.
/// </summary>
public sealed class QuarantineFolder(CatalogOptions options)
{
    // Passed through, not listed: the sandbox's user reaches a file whose id it is given.
    private const UnixFileMode FolderMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode ReadByAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private string Root => Path.Combine(options.DataFolder, "quarantine");

    /// <summary>Free for us on its disk, in bytes.</summary>
    public long FreeLengthInBytes => new DriveInfo(EnsureRoot()).AvailableFreeSpace;

    public long LengthOf(Guid id) => File.Exists(PathOf(id)) ? new FileInfo(PathOf(id)).Length : 0;

    /// <summary>Since its last byte was written.</summary>
    public TimeSpan AgeOf(Guid id, TimeProvider time) => time.GetUtcNow() - File.GetLastWriteTimeUtc(PathOf(id));

    /// <summary>Opens a file for writing; makes it when missing.</summary>
    public FileStream OpenForWriting(Guid id)
    {
        EnsureRoot();
        return new FileStream(PathOf(id), new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.Write,
            Share = FileShare.Read,
            BufferSize = 0,
            Options = FileOptions.Asynchronous,
            UnixCreateMode = OwnerOnly,
        });
    }

    /// <exception cref="FileNotFoundException">Its bytes are gone.</exception>
    public FileStream OpenForReading(Guid id) =>
        new(PathOf(id), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);

    /// <summary>The file to show read-only to a sandbox, whose user can read it from now on.</summary>
    public string PathForSandbox(Guid id)
    {
        File.SetUnixFileMode(PathOf(id), ReadByAll);
        return PathOf(id);
    }

    /// <summary>No error when there is none.</summary>
    public void Delete(Guid id)
    {
        if (File.Exists(PathOf(id)))
        {
            File.Delete(PathOf(id));
        }
    }

    /// <summary>Ids of all files that lie there.</summary>
    public IReadOnlyList<Guid> List() =>
        Directory.Exists(Root)
            ? [.. Directory.EnumerateFiles(Root).Select(path => Guid.TryParseExact(Path.GetFileName(path), "N", out var id) ? id : (Guid?)null).OfType<Guid>()]
            : [];

    /// <summary>Makes the names of files survive a power cut.</summary>
    public void Sync() => PosixFile.SyncFolder(EnsureRoot());

    private string PathOf(Guid id) => Path.Combine(Root, id.ToString("N"));

    private string EnsureRoot()
    {
        if (!Directory.Exists(Root))
        {
            Directory.CreateDirectory(Root);
            File.SetUnixFileMode(Root, FolderMode);
        }

        return Root;
    }
}
