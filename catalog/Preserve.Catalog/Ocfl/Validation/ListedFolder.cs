namespace Preserve.Catalog.Ocfl.Validation;

/// <summary>The entries of one folder, told apart without opening or following anything.</summary>
internal sealed class ListedFolder
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    private ListedFolder(IReadOnlyList<string> files, IReadOnlyList<string> folders, IReadOnlyList<string> links)
    {
        Files = files;
        Folders = folders;
        Links = links;
    }

    /// <summary>Names of what is neither folder nor link, in order.</summary>
    public IReadOnlyList<string> Files { get; }

    public IReadOnlyList<string> Folders { get; }

    /// <summary>Names of symbolic links, wherever they lead.</summary>
    public IReadOnlyList<string> Links { get; }

    public bool IsEmpty => Files.Count + Folders.Count + Links.Count == 0;

    /// <exception cref="IOException">The folder cannot be listed.</exception>
    public static ListedFolder Read(string path)
    {
        var entries = new DirectoryInfo(path).EnumerateFileSystemInfos("*", Everything).OrderBy(entry => entry.Name, StringComparer.Ordinal).ToList();
        var links = entries.Where(IsLink).Select(entry => entry.Name).ToList();
        var real = entries.Where(entry => !IsLink(entry)).ToLookup(entry => entry is DirectoryInfo, entry => entry.Name);
        return new ListedFolder([.. real[false]], [.. real[true]], links);
    }

    private static bool IsLink(FileSystemInfo entry) => entry.Attributes.HasFlag(FileAttributes.ReparsePoint);
}
