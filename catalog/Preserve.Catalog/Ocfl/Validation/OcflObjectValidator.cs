using Preserve.Catalog.Ocfl.Inventories;

namespace Preserve.Catalog.Ocfl.Validation;

/// <summary>
/// Validates one object (OCFL section 3) of either release and tells everything that is wrong with it. Reads only; follows no link;
/// opens regular files alone.
/// </summary>
/// <remarks>
/// 1. The declaration. 2. The root inventory and its sidecar. 3. What lies in the object's root. 4. Each version's directory and
/// inventory. 5. That the inventories agree. 6. That files and manifests name each other. 7. The digest of every file.
/// </remarks>
public sealed class OcflObjectValidator
{
    private readonly string _folder;
    private readonly OcflFindings _findings;
    private readonly ContentTree _content;
    private readonly ContentDigests _digests;
    private readonly List<(OcflVersionName Name, InventoryFile File)> _priors = [];

    private OcflObjectValidator(string folder, OcflFindings findings)
    {
        _folder = folder;
        _findings = findings;
        _content = new ContentTree(folder, findings);
        _digests = new ContentDigests(folder, findings);
    }

    /// <param name="folder">The object's root.</param>
    /// <param name="cancellationToken">Stops between two pieces of a file.</param>
    /// <exception cref="IOException">The folder, or one in it, cannot be listed.</exception>
    public static async Task<OcflObjectReport> ValidateAsync(string folder, CancellationToken cancellationToken)
    {
        var findings = new OcflFindings();
        return await new OcflObjectValidator(folder, findings).ValidateAsync(cancellationToken);
    }

    private async Task<OcflObjectReport> ValidateAsync(CancellationToken cancellationToken)
    {
        var listing = ListedFolder.Read(_folder);
        var declared = Declaration.OfObject.Check(_folder, listing, _findings, ".");
        var root = ReadRoot(listing, declared);
        CheckEntries(listing, declared ?? OcflRelease.OneOne, root?.Inventory);
        if (root is not null)
        {
            foreach (var version in listing.Folders.Select(OcflVersionName.TryParse).OfType<OcflVersionName>().OrderBy(name => name.Number))
            {
                CheckVersion(version, root, declared ?? OcflRelease.OneOne);
            }

            CheckInventories(root);
            await _digests.CheckAsync(cancellationToken);
        }

        return new OcflObjectReport(root?.Inventory.Id ?? "", declared, root?.Inventory, _digests.LengthReadInBytes, _findings);
    }

    private InventoryFile? ReadRoot(ListedFolder listing, OcflRelease? declared)
    {
        if (!listing.Files.Contains(OcflInventory.FileName))
        {
            _findings.Add("E063", ".", "there is no inventory.json");
            return null;
        }

        var root = InventoryFile.Read(_folder, "", listing, declared ?? OcflRelease.OneOne, _findings, null);
        if (root?.Inventory.Release is { } release && declared is not null && release != declared)
        {
            _findings.Add("E038", OcflInventory.FileName, $"the type is of OCFL {release.Number()}, the object declares {declared.Value.Number()}");
        }

        if (root is not null && VersionNameRules.IsPadded(root.Inventory.Versions.Keys))
        {
            _findings.Add("W001", OcflInventory.FileName, "version numbers should not be padded with zeros");
        }

        return root;
    }

    private void CheckEntries(ListedFolder listing, OcflRelease release, OcflInventory? inventory)
    {
        foreach (var link in listing.Links)
        {
            _findings.Add("E090", link, "is a symbolic link");
        }

        var sidecar = inventory?.DigestAlgorithm is { Length: > 0 } ? inventory.SidecarName : null;
        foreach (var file in listing.Files.Where(name => name != OcflInventory.FileName && name != sidecar && !Declaration.IsCandidate(name)))
        {
            if (sidecar is not null || !InventoryFile.IsSidecar(file))
            {
                _findings.Add("E001", file, "is a file that does not belong into the root of an object");
            }
        }

        CheckFolders(listing.Folders, release, inventory);
    }

    private void CheckFolders(IReadOnlyList<string> folders, OcflRelease release, OcflInventory? inventory)
    {
        var others = folders.Where(name => name is not ("logs" or "extensions")).ToList();
        foreach (var folder in others.Where(name => OcflVersionName.TryParse(name) is null))
        {
            _findings.Add("E001", folder, "is a directory that does not belong into the root of an object");
            var isNumber = folder.All(char.IsAsciiDigit);
            if (release != OcflRelease.OneZero && (isNumber || (folder[0] == 'v' && folder.Skip(1).All(c => char.IsAsciiDigit(c) || c == '-'))))
            {
                _findings.Add(isNumber ? "E104" : "E105", folder, "is named almost like a version: 'v' and a positive number");
            }
        }

        VersionNameRules.CheckSequence(others, "the version directories", (code, text) => _findings.Add(code, ".", text));
        if (inventory is not null)
        {
            foreach (var missing in inventory.Versions.Keys.Where(name => OcflVersionName.TryParse(name) is not null && !others.Contains(name)))
            {
                _findings.Add("E046", OcflInventory.FileName, $"the version {missing} has no directory");
            }
        }

        if (folders.Contains("extensions"))
        {
            RegisteredExtensions.Check(Path.Combine(_folder, "extensions"), "extensions", "E067", "W013", _findings);
        }
    }

    private void CheckVersion(OcflVersionName version, InventoryFile root, OcflRelease declared)
    {
        if (!root.Inventory.Versions.ContainsKey(version.Text))
        {
            _findings.Add("E046", version.Text, "is a version directory, but no version of the inventory");
        }

        var folder = Path.Combine(_folder, version.Text);
        var listing = ListedFolder.Read(folder);
        CheckVersionEntries(version.Text, listing, root.Inventory);
        if (!listing.Files.Contains(OcflInventory.FileName))
        {
            _findings.Add("W010", version.Text, "the version directory should have an inventory");
            return;
        }

        if (InventoryFile.Read(folder, $"{version.Text}/", listing, declared, _findings, root) is not { } file)
        {
            return;
        }

        if (version.Text == root.Inventory.Head && !file.Content.AsSpan().SequenceEqual(root.Content))
        {
            _findings.Add("E064", file.Path, "the newest version's inventory is not the same as the one in the root");
        }

        _priors.Add((version, file));
    }

    private void CheckVersionEntries(string version, ListedFolder listing, OcflInventory inventory)
    {
        foreach (var file in listing.Files.Where(name => name != OcflInventory.FileName && !InventoryFile.IsSidecar(name)))
        {
            _findings.Add("E015", $"{version}/{file}", "is a file that does not belong into a version directory");
        }

        foreach (var link in listing.Links)
        {
            _findings.Add("E090", $"{version}/{link}", "is a symbolic link");
        }

        foreach (var folder in listing.Folders.Where(name => name != inventory.ContentDirectory))
        {
            _findings.Add("W002", $"{version}/{folder}", "is a directory other than the content directory");
        }

        if (listing.Folders.Contains(inventory.ContentDirectory))
        {
            _content.Add(version, inventory.ContentDirectory);
        }
        else if (inventory.Manifest.Values.SelectMany(paths => paths).Any(path => path.StartsWith($"{version}/", StringComparison.Ordinal)))
        {
            _findings.Add("E016", version, $"the version has content, but no directory '{inventory.ContentDirectory}'");
        }
    }

    private void CheckInventories(InventoryFile root)
    {
        CheckFiles(root, int.MaxValue);
        OcflRelease? before = null;
        foreach (var (name, file) in _priors)
        {
            if (file.Inventory.Release < before)
            {
                _findings.Add("E103", file.Path, $"conforms to OCFL {file.Inventory.Release.Value.Number()}, an earlier version to {before.Value.Number()}");
            }

            before = file.Inventory.Release ?? before;
            if (name.Text != root.Inventory.Head || !ReferenceEquals(file.Inventory, root.Inventory))
            {
                new PriorInventory(file, root, name.Text, _findings).Check();
                CheckFiles(file, name.Number);
            }
        }
    }

    // Every file up to the version must be in its manifest, and every path of the manifest must be a file.
    private void CheckFiles(InventoryFile file, int newest)
    {
        var named = file.Inventory.Manifest.Values.SelectMany(paths => paths).ToHashSet(StringComparer.Ordinal);
        foreach (var (path, version) in _content.Versions)
        {
            if (OcflVersionName.TryParse(version)!.Value.Number <= newest && !named.Contains(path))
            {
                _findings.Add("E023", path, $"is not in the manifest of {file.Path}");
            }
        }

        foreach (var path in named.Where(path => !_content.Versions.ContainsKey(path)))
        {
            _findings.Add("E092", path, $"is in the manifest of {file.Path}, but there is no such file");
        }

        foreach (var path in file.Inventory.Fixity.Values.SelectMany(block => block.Values).SelectMany(paths => paths).Where(path => !_content.Versions.ContainsKey(path)))
        {
            _findings.Add("E093", path, $"is in the fixity block of {file.Path}, but there is no such file");
        }

        _digests.Add(file, _content.Versions.Keys);
    }
}

/// <summary>What validation found out about an object.</summary>
/// <param name="Id">Empty when its inventory gives none.</param>
/// <param name="Release">What the object declares; null when it declares nothing that is known.</param>
/// <param name="Inventory">The root inventory; null when it cannot be read.</param>
/// <param name="LengthReadInBytes">Of the content that was digested.</param>
/// <param name="Findings">Everything that is wrong.</param>
public sealed record OcflObjectReport(
    string Id, OcflRelease? Release, OcflInventory? Inventory, long LengthReadInBytes, OcflFindings Findings);
