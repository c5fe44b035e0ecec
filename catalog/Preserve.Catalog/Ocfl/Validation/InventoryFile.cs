using System.Text;
using System.Text.RegularExpressions;
using Preserve.Catalog.Digests;
using Preserve.Catalog.Ocfl.Inventories;
using Preserve.Catalog.Storage;

namespace Preserve.Catalog.Ocfl.Validation;

/// <summary>An inventory as it lies in a folder, with its sidecar (section 3.6).</summary>
/// <param name="Path">Below the object.</param>
/// <param name="Content">The bytes.</param>
/// <param name="Inventory">What they say.</param>
internal sealed partial record InventoryFile(string Path, byte[] Content, OcflInventory Inventory)
{
    private const int LongestSidecar = 4096;

    /// <summary>Reads and checks both files; null when there is no readable inventory.</summary>
    /// <param name="folder">Where they are.</param>
    /// <param name="prefix">Of the paths in findings: empty, or a version and a slash.</param>
    /// <param name="listing">Of the folder.</param>
    /// <param name="declared">The object's release.</param>
    /// <param name="findings">Gets what is wrong.</param>
    /// <param name="same">An inventory already checked: identical bytes are not checked again.</param>
    public static InventoryFile? Read(
        string folder, string prefix, ListedFolder listing, OcflRelease declared, OcflFindings findings, InventoryFile? same)
    {
        var path = prefix + OcflInventory.FileName;
        if (ReadBytes(System.IO.Path.Combine(folder, OcflInventory.FileName), InventoryReader.MaximumLengthInBytes, path, "E033", findings) is not { } content)
        {
            return null;
        }

        OcflInventory? inventory;
        if (same is not null && content.AsSpan().SequenceEqual(same.Content))
        {
            inventory = same.Inventory;
        }
        else
        {
            inventory = InventoryReader.Read(content, path, declared, findings);
            if (inventory is not null)
            {
                new InventoryRules(inventory, inventory.Release ?? declared, path, findings).Check();
            }
        }

        CheckSidecar(folder, prefix, listing, content, inventory, findings);
        return inventory is null ? null : new InventoryFile(path, content, inventory);
    }

    /// <summary>Whether a file name is that of a sidecar, of whatever algorithm.</summary>
    public static bool IsSidecar(string name) => name.StartsWith($"{OcflInventory.FileName}.", StringComparison.Ordinal);

    private static void CheckSidecar(
        string folder, string prefix, ListedFolder listing, byte[] content, OcflInventory? inventory, OcflFindings findings)
    {
        var sidecars = listing.Files.Where(IsSidecar).ToList();
        var algorithm = inventory?.DigestAlgorithm is { Length: > 0 } named ? named : null;
        var expected = algorithm is null ? sidecars.FirstOrDefault() : $"{OcflInventory.FileName}.{algorithm}";
        if (expected is null || !sidecars.Contains(expected))
        {
            findings.Add("E058", prefix + OcflInventory.FileName, $"there is no sidecar {expected ?? "inventory.json.sha512"} with its digest");
            foreach (var other in sidecars)
            {
                findings.Add("E059", prefix + other, $"the sidecar is not of the digest algorithm {algorithm} that the inventory names");
            }

            return;
        }

        var path = prefix + expected;
        if (ReadBytes(System.IO.Path.Combine(folder, expected), LongestSidecar, path, "E061", findings) is { } bytes)
        {
            CheckSidecar(Encoding.UTF8.GetString(bytes), expected[(OcflInventory.FileName.Length + 1)..], content, path, findings);
        }
    }

    private static void CheckSidecar(string text, string algorithm, byte[] content, string path, OcflFindings findings)
    {
        if (Sidecar().Match(text) is not { Success: true } match)
        {
            findings.Add("E061", path, "the sidecar is not a digest, white space and 'inventory.json'");
        }
        else if (DigestNames.IsKnown(algorithm) && Digest(content, algorithm) is var digest && !digest.Equals(match.Groups["digest"].Value, StringComparison.OrdinalIgnoreCase))
        {
            findings.Add("E060", path, $"the inventory has the {algorithm} digest {digest}, the sidecar says {InventoryJson.Shown(match.Groups["digest"].Value)}");
        }
    }

    private static string Digest(byte[] content, string algorithm)
    {
        using var digest = RunningDigest.Create(algorithm);
        digest.Append(content, content.Length);
        return digest.Finish();
    }

    private static byte[]? ReadBytes(string file, int maximum, string path, string code, OcflFindings findings)
    {
        try
        {
            using var stream = new FileStream(PosixFile.OpenRegular(file), FileAccess.Read, bufferSize: 0);
            if (stream.Length > maximum)
            {
                findings.Add(code, path, $"the file is longer than {maximum} bytes and was not read");
                return null;
            }

            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (IOException problem)
        {
            findings.Add(code, path, $"the file {problem.Message}");
            return null;
        }
    }

    [GeneratedRegex(@"^(?<digest>[^\s]+)[ \t]+inventory\.json\r?\n?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Sidecar();
}
