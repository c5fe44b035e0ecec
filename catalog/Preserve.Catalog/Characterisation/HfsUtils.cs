using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Preserve.Sandbox;
using Preserve.Sandbox.Tools;

namespace Preserve.Catalog.Characterisation;

/// <summary>hfsutils, for the classic Macintosh file system, which The Sleuth Kit does not read.</summary>
internal sealed partial class HfsUtils(ISandbox sandbox)
{
    // hmount notes the volume in the home folder for the next command, so both run in one sandbox. No text from outside is in the script.
    private const string ListScript = "/usr/bin/hmount " + OpenedDisk.Inside + " >/dev/null && exec /usr/bin/hls -1 -a -l -R -b";

    static HfsUtils() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Lists the whole volume.</summary>
    public async Task<FileListing> ListAsync(OpenedDisk disk, ToolLimits limits, CancellationToken cancellationToken)
    {
        var spec = new SandboxSpec
        {
            Name = "hls",
            Program = "/.preserve/sh",
            Arguments = ["-c", ListScript],
            Environment = ToolBounds.Environment,
            ReadOnlyMounts = [disk.Mount, SandboxMount.Same("/usr/bin/hmount"), SandboxMount.Same("/usr/bin/hls")],
            Bounds = ToolBounds.Reading,
            Filter = SandboxFilter.Ours,
        };
        var result = await sandbox.RunAsync(spec, limits, null, cancellationToken);
        return new FileListing(Read(Encoding.ASCII.GetString(result.Output.Span)), FileListing.ProblemOf(result));
    }

    /// <summary>Lines of <c>hls -laRb</c>: a folder's path and a colon, then what is in it.</summary>
    internal static IReadOnlyList<FileEntry> Read(string text)
    {
        var entries = new List<FileEntry>();
        var folder = "";
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith(':') && line.EndsWith(':'))
            {
                folder = string.Join('/', line.Trim(':').Split(':').Select(Name)) + "/";
            }
            else if (FileLine().Match(line) is { Success: true } file && entries.Count < FileListing.MostFiles)
            {
                var name = (folder.Length > 1 ? folder : "") + Name(file.Groups[4].Value);
                entries.Add(new FileEntry(Names.Safe(name), false, Number(file.Groups[2].Value), "", "")
                {
                    ResourceForkLengthInBytes = Number(file.Groups[1].Value),
                });
            }
            else if (FolderLine().Match(line) is { Success: true } inner && entries.Count < FileListing.MostFiles)
            {
                entries.Add(new FileEntry(Names.Safe((folder.Length > 1 ? folder : "") + Name(inner.Groups[1].Value)), true, 0, "", ""));
            }
        }

        return entries;
    }

    // hls -b writes what is not printable as a backslash and three octal digits; the bytes are Mac OS Roman.
    private static string Name(string escaped) => Escape().Replace(escaped, match =>
        match.Groups[1].Success
            ? Encoding.GetEncoding(10000).GetString([(byte)Convert.ToInt32(match.Groups[1].Value, 8)])
            : match.Groups[2].Value);

    private static long Number(string digits) => long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    // f  TEXT/UNIX         0         3 Nov 24 08:41 a.txt
    [GeneratedRegex(@"^[fFi]i?\s+.{4}/.{4}\s+(\d{1,10})\s+(\d{1,10}) (\w{3} [ \d]\d [ \d:]{5}) (.+)$")]
    private static partial Regex FileLine();

    [GeneratedRegex(@"^d\s+\d+ items?\s+\w{3} [ \d]\d [ \d:]{5} (.+)$")]
    private static partial Regex FolderLine();

    [GeneratedRegex(@"\\(?:([0-3][0-7]{2})|(.))")]
    private static partial Regex Escape();
}
