using System.Text;
using Preserve.Catalog.Database;

namespace Preserve.Catalog.Ingest;

/// <summary>Judges the names that uploads come with. No file of ours is ever called so, but a name is shown, exported and given to tools one day.</summary>
public static class UploadName
{
    /// <summary>Characters of a whole path.</summary>
    public const int MaximumLength = 2_000;

    private const int MaximumDepth = 32;

    /// <summary>What is wrong with a relative path, in words; null when it is a good one.</summary>
    public static string? Problem(string path)
    {
        if (path.Length is 0 or > MaximumLength)
        {
            return $"A name has 1 to {MaximumLength} characters.";
        }

        if (path.Any(c => char.IsControl(c) || c is '\uFFFE' or '\uFFFF') || !IsWellFormed(path))
        {
            return "A name holds control characters or broken Unicode.";
        }

        var names = path.Split('/');
        if (names.Length > MaximumDepth)
        {
            return $"The file lies more than {MaximumDepth} folders deep.";
        }

        return names.All(IsPlain) ? null : $"'{path}' is not a path inside the folder: empty names, '.', '..' and backslashes are refused.";
    }

    private static bool IsPlain(string name) =>
        name is not ("" or "." or "..") && !name.Contains('\\', StringComparison.Ordinal) && Encoding.UTF8.GetByteCount(name) <= ColumnLengths.FileName;

    private static bool IsWellFormed(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsSurrogate(text[at]) && !char.IsSurrogatePair(text, at++))
            {
                return false;
            }
        }

        return true;
    }
}
