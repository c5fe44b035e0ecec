using Preserve.Catalog.Ocfl.Validation;

namespace Preserve.Catalog.Ocfl.Inventories;

/// <summary>What the parts of one inventory must agree on, before any file is looked at.</summary>
internal sealed class InventoryRules(OcflInventory inventory, OcflRelease release, string path, OcflFindings findings)
{
    public void Check()
    {
        if (inventory.Versions.Count == 0)
        {
            Report("E008", "the inventory has no version");
        }

        VersionNameRules.Check(inventory.Versions.Keys, release, "E046", "the inventory has the version", Report);
        VersionNameRules.CheckSequence(inventory.Versions.Keys, "the versions of the inventory", Report);
        CheckHead();
        CheckContentPaths();
        CheckStates();
        CheckFixity();
    }

    private void Report(string code, string text) => findings.Add(code, path, text);

    private void CheckHead()
    {
        var newest = inventory.Versions.Keys.Select(OcflVersionName.TryParse).Select(name => name?.Number ?? 0).DefaultIfEmpty().Max();
        if (inventory.Head.Length > 0 && (OcflVersionName.TryParse(inventory.Head) is not { } head || head.Number != newest || !inventory.Versions.ContainsKey(inventory.Head)))
        {
            Report("E040", $"the head {InventoryJson.Shown(inventory.Head)} is not the name of the version with the highest number");
        }
    }

    // Section 3.5.2: below the content directory of a version that the inventory has.
    private void CheckContentPaths()
    {
        foreach (var content in inventory.Manifest.Values.SelectMany(paths => paths))
        {
            var parts = content.Split('/', 3);
            if (!inventory.Versions.ContainsKey(parts[0]))
            {
                Report("E042", $"the content path {InventoryJson.Shown(content)} does not begin with a version of the inventory");
                if (OcflVersionName.TryParse(parts[0]) is { } other && inventory.Versions.Keys.Any(name => OcflVersionName.TryParse(name)?.Number == other.Number))
                {
                    Report("E014", $"the content path {InventoryJson.Shown(content)} does not name the version directory as it is");
                }
            }
            else if (parts.Length < 3 || parts[1] != inventory.ContentDirectory)
            {
                Report("E042", $"the content path {InventoryJson.Shown(content)} is not in the content directory of its version");
                if (inventory.NamedContentDirectory is null)
                {
                    Report("E021", $"the content path {InventoryJson.Shown(content)} is not in the directory 'content'");
                }
            }
        }
    }

    private void CheckStates()
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, version) in inventory.Versions)
        {
            foreach (var digest in version.State.Keys)
            {
                used.Add(digest);
                if (!inventory.Manifest.ContainsKey(digest))
                {
                    Report("E050", $"the state of {InventoryJson.Shown(name)} has the digest {InventoryJson.Shown(digest)}, which the manifest does not have");
                }
            }
        }

        if (release == OcflRelease.OneZero)
        {
            return;
        }

        foreach (var digest in inventory.Manifest.Keys.Where(digest => !used.Contains(digest)))
        {
            Report("E107", $"the manifest has the digest {InventoryJson.Shown(digest)}, which no state has");
        }
    }

    private void CheckFixity()
    {
        var known = inventory.Manifest.Values.SelectMany(paths => paths).ToHashSet(StringComparer.Ordinal);
        foreach (var (algorithm, block) in inventory.Fixity)
        {
            foreach (var unknown in block.Values.SelectMany(paths => paths).Where(one => !known.Contains(one)))
            {
                Report("E057", $"fixity {InventoryJson.Shown(algorithm)} has the path {InventoryJson.Shown(unknown)}, which the manifest does not have");
            }
        }
    }
}
