using System.Text.RegularExpressions;

namespace Preserve.Catalog.Bags;

/// <summary>What a file of a bag is for, by its path alone.</summary>
internal static partial class BagLayout
{
    /// <summary>Longest tag file that is read, in bytes.</summary>
    public const int LongestTagFileInBytes = 16 * 1024 * 1024;

    /// <summary>The METS file of an Archivematica AIP.</summary>
    public static bool IsMets(string path) => Mets().IsMatch(path);

    /// <summary>A text file that the specification gives a meaning.</summary>
    public static bool IsTagFile(string path) => TagFiles().IsMatch(path);

    public static bool IsPayload(string path) => path.StartsWith("data/", StringComparison.Ordinal);

    /// <summary>What is preserved for its own sake: of an AIP what lies under its objects, else the payload.</summary>
    public static bool IsContent(string path, bool isAip) => isAip
        ? path.StartsWith("data/objects/", StringComparison.Ordinal) && !Around().IsMatch(path)
        : IsPayload(path);

    [GeneratedRegex(@"^data/METS\.[^/]{1,200}\.xml\z", RegexOptions.CultureInvariant)]
    private static partial Regex Mets();

    [GeneratedRegex(@"^(bagit|bag-info|package-info|fetch|(tag)?manifest-[A-Za-z0-9-]{1,40})\.txt\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex TagFiles();

    [GeneratedRegex(@"^data/objects/(metadata|submissionDocumentation)/", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Around();
}
