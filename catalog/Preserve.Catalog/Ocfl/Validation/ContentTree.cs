namespace Preserve.Catalog.Ocfl.Validation;

/// <summary>Every file below the content directories of an object's versions (section 3.3.1).</summary>
internal sealed class ContentTree(string objectFolder, OcflFindings findings)
{
    private const int MaximumDepth = 256;

    /// <summary>Content paths, relative to the object, with the version each belongs to.</summary>
    public Dictionary<string, string> Versions { get; } = new(StringComparer.Ordinal);

    /// <summary>Takes in one content directory. Empty folders and links are told.</summary>
    public void Add(string version, string contentDirectory)
    {
        var top = $"{version}/{contentDirectory}";
        if (ListedFolder.Read(Path.Combine(objectFolder, top)).IsEmpty)
        {
            findings.Add("W003", top, "the version has no content, so its content directory should not be there");
        }

        Walk(version, top, 0);
    }

    private void Walk(string version, string path, int depth)
    {
        if (depth > MaximumDepth)
        {
            findings.Add("E023", path, $"is nested deeper than {MaximumDepth} folders and was not looked into");
            return;
        }

        var listing = ListedFolder.Read(Path.Combine(objectFolder, path));
        foreach (var link in listing.Links)
        {
            findings.Add("E090", $"{path}/{link}", "is a symbolic link");
        }

        foreach (var file in listing.Files)
        {
            Versions[$"{path}/{file}"] = version;
        }

        if (listing.IsEmpty && depth > 0)
        {
            findings.Add("E024", path, "is an empty directory");
        }

        foreach (var folder in listing.Folders)
        {
            Walk(version, $"{path}/{folder}", depth + 1);
        }
    }
}
