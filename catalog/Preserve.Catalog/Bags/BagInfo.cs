namespace Preserve.Catalog.Bags;

/// <summary>One line of <c>bag-info.txt</c> (RFC 8493, section 2.2.2), lines that go on joined.</summary>
public sealed record BagInfoLine(string Label, string Value);

/// <summary>Reads <c>bag-info.txt</c>.</summary>
internal static class BagInfo
{
    private const int MaximumLines = 500;
    private const int LongestLabel = 200;
    private const int LongestValue = 20_000;

    public static IReadOnlyList<BagInfoLine> Read(IReadOnlyList<string> lines)
    {
        var found = new List<BagInfoLine>();
        foreach (var line in lines.Where(line => line.Length > 0))
        {
            if (line[0] is ' ' or '\t' && found.Count > 0)
            {
                found[^1] = found[^1] with { Value = Cut($"{found[^1].Value} {line.Trim()}", LongestValue) };
            }
            else if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var end && found.Count < MaximumLines)
            {
                found.Add(new BagInfoLine(Cut(line[..end].Trim(), LongestLabel), Cut(line[(end + 1)..].Trim(), LongestValue)));
            }
        }

        return found;
    }

    private static string Cut(string text, int length) => Database.ColumnLengths.Fit(text, length);
}
