namespace Preserve.Catalog.Ocfl.Inventories;

/// <summary>The rules for paths in one kind of block, with the codes that a breach of each has.</summary>
/// <param name="Empty">No path element at all.</param>
/// <param name="Edges">Begins or ends with a slash.</param>
/// <param name="Elements">An element that is <c>.</c>, <c>..</c> or empty.</param>
/// <param name="Conflicts">Twice the same, or one that is a folder of another.</param>
internal sealed record PathRules(string Empty, string Edges, string Elements, string Conflicts)
{
    /// <summary>Section 3.5.3.1.</summary>
    public static readonly PathRules Logical = new("E051", "E053", "E052", "E095");

    /// <summary>Section 3.5.2.</summary>
    public static readonly PathRules Content = new("E098", "E100", "E099", "E101");

    /// <summary>Codes and words of what is wrong with one path; none when it is well formed.</summary>
    public IEnumerable<(string Code, string Text)> Check(string path)
    {
        if (path.Length == 0)
        {
            yield return (Empty, "is empty");
            yield break;
        }

        var isSlash = path == "/";
        if (path[0] == '/' || path[^1] == '/')
        {
            yield return (Edges, "begins or ends with a slash");
        }

        var inner = path.AsSpan(path[0] == '/' ? 1 : 0);
        inner = !isSlash && inner.Length > 0 && inner[^1] == '/' ? inner[..^1] : inner;
        if (HasBadElement(inner))
        {
            yield return (Elements, "has an element that is '.', '..' or empty");
        }
    }

    /// <summary>Tells every path that is there twice or is a folder of another.</summary>
    public static void FindConflicts(IEnumerable<string> paths, Action<string, string> report)
    {
        var files = new HashSet<string>(StringComparer.Ordinal);
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (!files.Add(path))
            {
                report(path, "appears more than once");
                continue;
            }

            for (var slash = path.LastIndexOf('/'); slash > 0 && folders.Add(path[..slash]); slash = path.LastIndexOf('/', slash - 1))
            {
            }
        }

        foreach (var path in files.Where(folders.Contains))
        {
            report(path, "is the path of a file and the folder of another");
        }
    }

    private static bool HasBadElement(ReadOnlySpan<char> path)
    {
        foreach (var range in path.Split('/'))
        {
            if (path[range] is "" or "." or "..")
            {
                return true;
            }
        }

        return false;
    }
}
