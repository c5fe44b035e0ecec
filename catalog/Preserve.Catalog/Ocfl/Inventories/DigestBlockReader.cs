using System.Text.Json;
using Preserve.Catalog.Digests;

namespace Preserve.Catalog.Ocfl.Inventories;

/// <summary>Reads a block of paths by digest: a manifest, a version's state, or one algorithm's fixity. They differ in the codes of their breaches.</summary>
/// <param name="Name">How messages name the block.</param>
/// <param name="NotArray">A value that is no array of strings.</param>
/// <param name="Repeated">A digest that appears twice, in whatever case; null where only the exact key counts.</param>
/// <param name="Paths">The rules of its paths.</param>
internal sealed record DigestBlock(string Name, string NotArray, string? Repeated, PathRules Paths)
{
    public static readonly DigestBlock Manifest = new("manifest", "E092", "E096", PathRules.Content);

    public static DigestBlock State(string version) => new($"the state of {InventoryJson.Shown(version)}", "E051", null, PathRules.Logical);

    public static DigestBlock Fixity(string algorithm) => new($"fixity {InventoryJson.Shown(algorithm)}", "E057", "E097", PathRules.Content);

    /// <summary>Paths by digest as written; what is wrong is told and left out.</summary>
    public Dictionary<string, List<string>> Read(JsonElement block, string algorithm, InventoryJson json)
    {
        var paths = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in json.Fields(block, Name))
        {
            if (Repeated is { } code && !seen.Add(field.Name))
            {
                json.Report(code, $"{Name} has the digest {InventoryJson.Shown(field.Name)} twice, in different case");
            }

            CheckDigest(field.Name, algorithm, json);
            paths[field.Name] = ReadPaths(field.Value, field.Name, json);
        }

        PathRules.FindConflicts(
            paths.Values.SelectMany(one => one),
            (path, text) => json.Report(Paths.Conflicts, $"in {Name} the path {InventoryJson.Shown(path)} {text}"));
        return paths;
    }

    private void CheckDigest(string digest, string algorithm, InventoryJson json)
    {
        if (DigestNames.IsWellFormed(algorithm, digest))
        {
            return;
        }

        var code = algorithm switch
        {
            DigestNames.Sha1 => "E029",
            DigestNames.Sha256 => "E030",
            DigestNames.Sha512 => "E031",
            DigestNames.Blake2b512 => "E032",
            _ => "E057",
        };
        json.Report(code, $"in {Name} {InventoryJson.Shown(digest)} is no {algorithm} digest in hexadecimal");
        if (ReferenceEquals(Paths, PathRules.Logical) || Repeated == Manifest.Repeated)
        {
            json.Report("E039", $"{Name} does not use the digest algorithm {algorithm} that the inventory names");
        }
    }

    private List<string> ReadPaths(JsonElement value, string digest, InventoryJson json)
    {
        var paths = new List<string>();
        if (value.ValueKind != JsonValueKind.Array)
        {
            json.Report(NotArray, $"in {Name} the value of {InventoryJson.Shown(digest)} is not an array of paths");
            return paths;
        }

        foreach (var item in value.EnumerateArray())
        {
            if (json.Text(item, NotArray, $"in {Name} a path of {InventoryJson.Shown(digest)}") is { } path)
            {
                CheckPath(path, json);
                paths.Add(path);
            }
        }

        return paths;
    }

    private void CheckPath(string path, InventoryJson json)
    {
        foreach (var (code, text) in Paths.Check(path))
        {
            json.Report(code, $"in {Name} the path {InventoryJson.Shown(path)} {text}");
        }

        if (ReferenceEquals(Paths, PathRules.Content) && path.Contains('\\') && !path.Contains('/'))
        {
            json.Report("E035", $"in {Name} the path {InventoryJson.Shown(path)} does not use the forward slash");
        }
    }
}
