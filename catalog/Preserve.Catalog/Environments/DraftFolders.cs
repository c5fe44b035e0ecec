namespace Preserve.Catalog.Environments;

/// <summary>Where drafts keep what their guests wrote: <c>drafts/{id}/{bay}.qcow2</c>. Ours: no sandboxed program writes there.</summary>
public sealed class DraftFolders(CatalogOptions options)
{
    private const UnixFileMode Passable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The file for a bay, there or not.</summary>
    public string PathOf(Guid draft, string bay) => Path.Combine(FolderOf(draft), $"{bay}.qcow2");

    /// <summary>The same if it is there; null otherwise.</summary>
    public string? Find(Guid draft, string bay) => PathOf(draft, bay) is var path && File.Exists(path) ? path : null;

    public bool HasAny(Guid draft) => Directory.Exists(FolderOf(draft)) && Directory.EnumerateFiles(FolderOf(draft), "*.qcow2").Any();

    /// <summary>Makes the folder; a sandbox may be shown files of it, and cannot list it.</summary>
    public void Create(Guid draft)
    {
        foreach (var folder in (string[])[Path.Combine(options.DataFolder, "drafts"), FolderOf(draft)])
        {
            Directory.CreateDirectory(folder);
            File.SetUnixFileMode(folder, Passable);
        }
    }

    public void Delete(Guid draft)
    {
        if (Directory.Exists(FolderOf(draft)))
        {
            Directory.Delete(FolderOf(draft), recursive: true);
        }
    }

    private string FolderOf(Guid draft) => Path.Combine(options.DataFolder, "drafts", draft.ToString("N"));
}
