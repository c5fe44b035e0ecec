using System.Text;
using Preserve.Catalog.Digests;

namespace Preserve.Catalog.Bags;

/// <summary>One manifest or tag manifest: digests by path.</summary>
/// <param name="Name">Of its file.</param>
/// <param name="Algorithm">As <see cref="DigestNames"/> have it; null when it cannot be computed here.</param>
/// <param name="IsOfTags">Whether it lists tag files and not the payload.</param>
internal sealed record BagManifest(string Name, string? Algorithm, bool IsOfTags)
{
    private const string Payload = "data/";

    /// <summary>Paths as they are on disk, with the digest in lower case.</summary>
    public Dictionary<string, string> Entries { get; } = new(StringComparer.Ordinal);

    /// <summary>The manifest that a file name names; null when it names none.</summary>
    public static BagManifest? FromName(string name)
    {
        var isOfTags = name.StartsWith("tagmanifest-", StringComparison.Ordinal);
        if (!name.EndsWith(".txt", StringComparison.Ordinal) || (!isOfTags && !name.StartsWith("manifest-", StringComparison.Ordinal)))
        {
            return null;
        }

        var written = name[(name.IndexOf('-', StringComparison.Ordinal) + 1)..^4];
        var plain = string.Concat(written.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        return new BagManifest(name, DigestNames.IsKnown(plain) ? plain : null, isOfTags);
    }

    public void Read(IReadOnlyList<string> lines, BagRules rules, Action<BagFinding> report)
    {
        foreach (var (index, line) in lines.Index())
        {
            if (line.Length > 0 && ReadLine(line, rules) is var problem && problem.Length > 0)
            {
                report(new BagFinding(true, Name, $"line {index + 1} {problem}"));
            }
        }
    }

    private string ReadLine(string line, BagRules rules)
    {
        var end = line.IndexOfAny([' ', '\t']);
        if (end <= 0)
        {
            return "is not a digest, white space and a path";
        }

        var digest = line[..end].ToLowerInvariant();
        var written = line[end..].TrimStart(' ', '\t');
        written = rules.AllowsAsterisk && written.StartsWith('*') ? written[1..] : written;
        var path = BagPath.Decode(rules.AllowsAsterisk && written.StartsWith("./", StringComparison.Ordinal) ? written[2..] : written, rules);
        if (Algorithm is not null && !DigestNames.IsWellFormed(Algorithm, digest))
        {
            return $"has no {Algorithm} digest";
        }

        if (!BagPath.IsInside(path))
        {
            return $"has the path '{path}', which is not inside the bag";
        }

        if (IsOfTags == path.StartsWith(Payload, StringComparison.Ordinal))
        {
            return IsOfTags ? $"lists '{path}', which is payload" : $"lists '{path}', which is not in {Payload}";
        }

        return Entries.TryAdd(path, digest) || (rules.MayRepeatLines && Entries[path] == digest) ? "" : $"lists '{path}' a second time";
    }
}

/// <summary>Paths in manifests.</summary>
internal static class BagPath
{
    /// <summary>Whether nothing in it leads elsewhere.</summary>
    public static bool IsInside(string path) =>
        path.Length > 0 && path[0] is not ('/' or '~') && !path.Split('/').Any(part => part is "" or "." or "..");

    public static string Decode(string path, BagRules rules) => Replace(path, rules, "%0A", "\n", "%0D", "\r", "%25", "%");

    public static string Encode(string path) =>
        new StringBuilder(path).Replace("%", "%25").Replace("\n", "%0A").Replace("\r", "%0D").ToString();

    // In one go: the percent sign that "%25" stands for begins no other code.
    private static string Replace(string path, BagRules rules, params ReadOnlySpan<string> pairs)
    {
        var decoded = new StringBuilder();
        for (var at = 0; at < path.Length;)
        {
            var step = 1;
            var text = path[at].ToString();
            for (var pair = 0; pair < pairs.Length; pair += 2)
            {
                if (string.Compare(path, at, pairs[pair], 0, 3, StringComparison.OrdinalIgnoreCase) == 0 && (rules.EncodesPercent || pairs[pair] != "%25"))
                {
                    (step, text) = (3, pairs[pair + 1]);
                }
            }

            decoded.Append(text);
            at += step;
        }

        return decoded.ToString();
    }
}
