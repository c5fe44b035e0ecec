using Preserve.Catalog.Ocfl.Inventories;

namespace Preserve.Catalog.Ocfl.Validation;

/// <summary>Compares the inventory of an earlier version with the newest one (section 3.7): history must not have changed.</summary>
internal sealed class PriorInventory(InventoryFile prior, InventoryFile root, string version, OcflFindings findings)
{
    private readonly OcflInventory _prior = prior.Inventory;
    private readonly OcflInventory _root = root.Inventory;

    public void Check()
    {
        CheckNames();
        foreach (var (name, before) in _prior.Versions)
        {
            if (_root.Versions.TryGetValue(name, out var now))
            {
                Check(name, before, now);
            }
            else
            {
                Report("E066", $"it has the version {InventoryJson.Shown(name)}, which the newest inventory does not have");
            }
        }
    }

    private void Report(string code, string text) => findings.Add(code, prior.Path, text);

    private void CheckNames()
    {
        if (_prior.Id != _root.Id && _prior.Id.Length > 0)
        {
            Report("E037", $"the id {InventoryJson.Shown(_prior.Id)} is not that of the newest inventory, {InventoryJson.Shown(_root.Id)}");
            if (_root.Release != OcflRelease.OneZero)
            {
                Report("E110", $"the id changed from {InventoryJson.Shown(_prior.Id)} to {InventoryJson.Shown(_root.Id)}");
            }
        }

        if (_prior.Head.Length > 0 && _prior.Head != version)
        {
            Report("E040", $"the head {InventoryJson.Shown(_prior.Head)} is not {version}, in whose directory it lies");
        }

        if (_prior.ContentDirectory != _root.ContentDirectory)
        {
            Report("E019", $"the content directory is {InventoryJson.Shown(_prior.ContentDirectory)}, that of the newest inventory {InventoryJson.Shown(_root.ContentDirectory)}");
            Report("E020", "the content directory changed between versions");
        }
    }

    private void Check(string name, OcflVersion before, OcflVersion now)
    {
        if (!IsSameState(before, now))
        {
            Report("E066", $"the state of {InventoryJson.Shown(name)} is not that of the newest inventory");
        }

        if (before.Created != now.Created || before.Message != now.Message || before.UserName != now.UserName || before.UserAddress != now.UserAddress)
        {
            Report("W011", $"date, message or user of {InventoryJson.Shown(name)} are not those of the newest inventory");
        }
    }

    private bool IsSameState(OcflVersion before, OcflVersion now)
    {
        var old = ByPath(before);
        var current = ByPath(now);
        return old.Count == current.Count && old.All(pair => current.TryGetValue(pair.Key, out var digest) && IsSameContent(pair.Value, digest));
    }

    private static Dictionary<string, string> ByPath(OcflVersion version)
    {
        var digests = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (digest, paths) in version.State)
        {
            paths.ForEach(path => digests[path] = digest);
        }

        return digests;
    }

    // After a change of the algorithm the digests differ: then both must mean the same file.
    private bool IsSameContent(string before, string now) =>
        _prior.DigestAlgorithm == _root.DigestAlgorithm
            ? before.Equals(now, StringComparison.OrdinalIgnoreCase)
            : _prior.Manifest.TryGetValue(before, out var old) && _root.Manifest.TryGetValue(now, out var current) && old.Intersect(current, StringComparer.Ordinal).Any();
}
