using System.Globalization;
using System.Text;
using Preserve.Sandbox.Tools;

namespace Preserve.Catalog.Characterisation;

/// <summary>Files of a volume.</summary>
/// <param name="Entries">At most <see cref="MostFiles"/>, in the order of the file system.</param>
/// <param name="Problem">Why these are not all; empty when they are.</param>
public sealed record FileListing(IReadOnlyList<FileEntry> Entries, string Problem)
{
    /// <summary>Files and folders that are listed.</summary>
    public const int MostFiles = 200_000;

    /// <summary>Reads lines of <c>fls -r -p -l</c>: type and address, a colon, then name, four times, length, user and group between tabs.</summary>
    internal static FileListing OfSleuthKit(ToolResult result)
    {
        var entries = new List<FileEntry>();
        foreach (var line in Encoding.UTF8.GetString(result.Output.Span).Split('\n'))
        {
            if (entries.Count < MostFiles && Read(line) is { } entry)
            {
                entries.Add(entry);
            }
        }

        return new FileListing(entries, ProblemOf(result));
    }

    internal static string ProblemOf(ToolResult result) => result.Outcome switch
    {
        ToolOutcome.Finished when result.Exit.ExitCode == 0 => "",
        ToolOutcome.Finished => $"The file system is damaged; what could be read is listed: {Names.Safe(result.Exit.StandardError.Trim())}",
        ToolOutcome.OutputTooLong => "The file system says it holds more files than are listed; it may run in circles.",
        _ => "Listing the files took more than it may and was given up; the file system may run in circles.",
    };

    private static FileEntry? Read(string line)
    {
        var fields = line.Split('\t');
        if (fields.Length < 9 || fields[0].Split(' ') is not [{ Length: 3 } type, var address] || type[0] is 'v' or 'V')
        {
            return null;
        }

        var name = string.Join(' ', fields[1..^7]);
        var modified = fields[^7].StartsWith("0000", StringComparison.Ordinal) ? "" : Names.Safe(fields[^7]);
        _ = long.TryParse(fields[^3], NumberStyles.None, CultureInfo.InvariantCulture, out var length);
        return name.StartsWith("$OrphanFiles", StringComparison.Ordinal) || name.EndsWith("(Volume Label Entry)", StringComparison.Ordinal)
            ? null
            : new FileEntry(Names.Safe(name), type[0] == 'd' || type[2] == 'd', length, modified, address.TrimEnd(':'));
    }
}

/// <summary>A file or folder of a volume.</summary>
/// <param name="Path">From the root of the volume, safe to show; not always what the volume says byte by byte.</param>
/// <param name="IsFolder">Whether it holds others.</param>
/// <param name="LengthInBytes">As the volume says; of the data fork on a Macintosh.</param>
/// <param name="Modified">As the volume says, in its own time; empty where it does not.</param>
/// <param name="Address">Where the reader finds its content; empty where it cannot be taken out.</param>
public sealed record FileEntry(string Path, bool IsFolder, long LengthInBytes, string Modified, string Address)
{
    /// <summary>Of a Macintosh file, else 0.</summary>
    public long ResourceForkLengthInBytes { get; init; }
}
