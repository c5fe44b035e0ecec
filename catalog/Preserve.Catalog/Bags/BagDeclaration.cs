using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Preserve.Catalog.Bags;

/// <summary>Reads <c>bagit.txt</c>, which says by which rules a bag is made (RFC 8493, section 2.1.1).</summary>
internal static partial class BagDeclaration
{
    public const string FileName = "bagit.txt";

    /// <summary>Null when the rules cannot be known.</summary>
    public static (BagRules Rules, Encoding Encoding)? Read(IBagFiles files, Action<BagFinding> report)
    {
        void Report(string text) => report(new BagFinding(true, FileName, text));
        try
        {
            var content = files.ReadTagFile(FileName);
            var lines = TagFile.ReadLines(content, new UTF8Encoding(false, true));
            if (content.AsSpan().StartsWith("\uFEFF"u8))
            {
                Report("begins with a byte order mark");
            }

            return Read(lines, Report);
        }
        catch (IOException problem)
        {
            Report(problem is FileNotFoundException ? "is missing" : problem.Message);
            return null;
        }
    }

    private static (BagRules Rules, Encoding Encoding)? Read(IReadOnlyList<string> lines, Action<string> report)
    {
        var number = lines.Count > 0 ? VersionLine().Match(lines[0]) : Match.Empty;
        if (!number.Success || BagRules.Of(Number(number)) is not { } rules)
        {
            report("the first line is not 'BagIt-Version: ' and a version from 0.93 to 1.0");
            return null;
        }

        if (rules.IsStrictAboutWhitespace && lines[0] != $"BagIt-Version: {number.Groups["major"].Value}.{number.Groups["minor"].Value}")
        {
            report("the first line has white space where RFC 8493 has none");
        }

        if (lines.Count != 2)
        {
            report($"has {lines.Count} lines and not 2");
        }

        return lines.Count > 1 && ReadEncoding(lines[1], rules, report) is { } encoding ? (rules, encoding) : null;
    }

    private static Encoding? ReadEncoding(string line, BagRules rules, Action<string> report)
    {
        if (EncodingLine().Match(line) is not { Success: true } match || TagFile.FindEncoding(match.Groups["name"].Value) is not { } encoding)
        {
            report("the second line is not 'Tag-File-Character-Encoding: ' and an encoding that is known");
            return null;
        }

        if (rules.IsStrictAboutWhitespace && line != $"Tag-File-Character-Encoding: {match.Groups["name"].Value}")
        {
            report("the second line has white space where RFC 8493 has none");
        }

        return encoding;
    }

    private static Version Number(Match match) => new(
        int.Parse(match.Groups["major"].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups["minor"].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^BagIt-Version[ \t]*:[ \t]*(?<major>[0-9]{1,4})\.(?<minor>[0-9]{1,4})[ \t]*\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex VersionLine();

    [GeneratedRegex(@"^Tag-File-Character-Encoding[ \t]*:[ \t]*(?<name>[A-Za-z0-9._:-]{1,64})[ \t]*\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex EncodingLine();
}
