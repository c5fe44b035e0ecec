using System.Security.Cryptography;
using Preserve.Catalog.Ocfl.Inventories;
using Preserve.Catalog.Ocfl.Validation;

namespace Preserve.Catalog.Ocfl.Storage;

/// <summary>
/// Reads an object at any instant, also while a version takes its place: where the root inventory and its sidecar, which are two files,
/// do not agree, the newest version directory whose own two files do has the answer.
/// </summary>
internal static class OcflObjectReader
{
    /// <summary>Null when there is no such folder.</summary>
    /// <exception cref="InvalidDataException">No inventory agrees with its sidecar.</exception>
    public static OcflInventory? FindInventory(string objectFolder)
    {
        if (!Directory.Exists(objectFolder))
        {
            return null;
        }

        return TryRead(objectFolder)
            ?? Versions(objectFolder).Select(version => TryRead(Path.Combine(objectFolder, version.Text))).FirstOrDefault(inventory => inventory is not null)
            ?? throw new InvalidDataException($"No inventory of the object at {objectFolder} agrees with its sidecar.");
    }

    private static IEnumerable<OcflVersionName> Versions(string objectFolder) =>
        Directory.EnumerateDirectories(objectFolder).Select(Path.GetFileName).Select(name => OcflVersionName.TryParse(name!))
            .OfType<OcflVersionName>().OrderByDescending(version => version.Number);

    private static OcflInventory? TryRead(string folder)
    {
        try
        {
            var content = File.ReadAllBytes(Path.Combine(folder, OcflInventory.FileName));
            var findings = new OcflFindings();
            var inventory = InventoryReader.Read(content, OcflInventory.FileName, OcflRelease.OneOne, findings);
            return inventory is not null && !findings.HasErrors && Agrees(folder, inventory, content) ? inventory : null;
        }
        catch (IOException)
        {
            // Not there, or being replaced.
            return null;
        }
    }

    private static bool Agrees(string folder, OcflInventory inventory, byte[] content)
    {
        var sidecar = File.ReadAllText(Path.Combine(folder, inventory.SidecarName)).Split((char[]?)null, 2)[0];
        var digest = inventory.DigestAlgorithm == "sha256" ? SHA256.HashData(content) : SHA512.HashData(content);
        return sidecar.Equals(Convert.ToHexString(digest), StringComparison.OrdinalIgnoreCase);
    }
}
