using System.Text;
using Preserve.Catalog.Storage;

namespace Preserve.Catalog.Ocfl.Validation;

/// <summary>Checks the file that declares a folder to be an object (section 3.2) or a storage root (section 4.2).</summary>
/// <param name="Prefix">What a declaration begins with, before the number of the release.</param>
/// <param name="Count">None, or more than one.</param>
/// <param name="Number">A release that is not known.</param>
/// <param name="Tag">Another digit than 0 before the equals sign.</param>
/// <param name="Value">Something else after the equals sign.</param>
/// <param name="Text">Contents other than the name says.</param>
/// <param name="Parse">The release of a declaration.</param>
internal sealed record Declaration(
    string Prefix, string Count, string Number, string Tag, string Value, string Text, Func<string, OcflRelease?> Parse)
{
    public static readonly Declaration OfObject =
        new("ocfl_object_", "E003", "E004", "E005", "E006", "E007", OcflReleases.FromObjectDeclaration);

    public static readonly Declaration OfRoot =
        new("ocfl_", "E076", "E077", "E078", "E079", "E080", OcflReleases.FromRootDeclaration);

    private const int LongestContents = 64;

    /// <summary>Whether a file name looks like a declaration, right or wrong (NAMASTE: a digit, an equals sign, a value).</summary>
    public static bool IsCandidate(string name) => name.Length > 2 && char.IsAsciiDigit(name[0]) && name[1] == '=';

    /// <summary>The newest release declared; null when none is.</summary>
    public OcflRelease? Check(string folder, ListedFolder listing, OcflFindings findings, string path)
    {
        var candidates = listing.Files.Where(IsCandidate).ToList();
        if (candidates.Count != 1)
        {
            findings.Add(Count, path, candidates.Count == 0
                ? $"there is no file 0={Prefix} and the number of the release"
                : $"there is more than one declaration: {string.Join(", ", candidates)}");
        }

        OcflRelease? newest = null;
        foreach (var name in candidates)
        {
            if (Check(Path.Combine(folder, name), name, findings) is { } release && !(release < newest))
            {
                newest = release;
            }
        }

        return newest;
    }

    private OcflRelease? Check(string file, string name, OcflFindings findings)
    {
        var value = name[2..];
        if (name[0] != '0')
        {
            findings.Add(Tag, name, "the name does not begin with '0='");
        }

        if (Parse(value) is not { } release)
        {
            var isOther = !value.StartsWith(Prefix, StringComparison.Ordinal) || (Prefix == OfRoot.Prefix && value.StartsWith(OfObject.Prefix, StringComparison.Ordinal));
            findings.Add(isOther ? Value : Number, name, $"the name does not continue with {Prefix} and the number of a known release");
            return null;
        }

        if (ReadContents(file) != $"{value}\n")
        {
            findings.Add(Text, name, $"the contents are not '{value}' and a line feed");
        }

        return release;
    }

    private static string? ReadContents(string file)
    {
        try
        {
            using var handle = PosixFile.OpenRegular(file);
            var buffer = new byte[LongestContents];
            return Encoding.UTF8.GetString(buffer, 0, RandomAccess.Read(handle, buffer, 0));
        }
        catch (IOException)
        {
            // Unreadable contents are not the right contents.
            return null;
        }
    }
}
