using System.Text.Json;
using Preserve.Catalog.Digests;
using Preserve.Catalog.Ocfl.Validation;

namespace Preserve.Catalog.Ocfl.Inventories;

/// <summary>
/// Reads an inventory of any origin and tells every breach of its structure (section 3.5): types, keys, digests, dates, paths.
/// What concerns files is <see cref="OcflObjectValidator"/>'s.
/// </summary>
internal static class InventoryReader
{
    /// <summary>A larger inventory is not read.</summary>
    public const int MaximumLengthInBytes = 128 * 1024 * 1024;

    private const int MaximumDepth = 16;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaximumDepth, AllowDuplicateProperties = true };

    private static readonly string[] Required = ["id", "type", "digestAlgorithm", "head"];

    private static readonly string[] Vocabulary =
        [DigestNames.Md5, DigestNames.Sha1, DigestNames.Sha256, DigestNames.Sha512, DigestNames.Blake2b512];

    // Of the registered extensions 0001 and 0009: known by name, not computed (section 3.4, E028).
    private static readonly string[] Extended =
        ["blake2b-160", "blake2b-256", "blake2b-384", "sha512/256", "size", "crc32"];

    /// <summary>What could be read; null when it is not a JSON object.</summary>
    /// <param name="content">The whole file.</param>
    /// <param name="path">How findings name it.</param>
    /// <param name="declared">The release whose codes are used where <c>type</c> names none.</param>
    /// <param name="findings">Gets what is wrong.</param>
    public static OcflInventory? Read(ReadOnlyMemory<byte> content, string path, OcflRelease declared, OcflFindings findings)
    {
        var json = new InventoryJson(findings, path);
        try
        {
            using var document = JsonDocument.Parse(content, Options);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return Read(document.RootElement, declared, json);
            }

            json.Report("E033", "the inventory is not a JSON object");
        }
        catch (JsonException broken)
        {
            json.Report("E033", $"the inventory is not valid JSON: {broken.Message}");
        }

        return null;
    }

    private static OcflInventory Read(JsonElement root, OcflRelease declared, InventoryJson json)
    {
        var inventory = new OcflInventory { DigestAlgorithm = "", Release = null };
        var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var field in json.Fields(root, "the inventory"))
        {
            fields[field.Name] = field.Value;
        }

        ReadNames(inventory, fields, json);
        var release = inventory.Release ?? declared;
        ReadContentDirectory(inventory, fields, release, json);
        ReadManifest(inventory, fields, release, json);
        ReadVersions(inventory, fields, json);
        ReadFixity(inventory, fields, release, json);
        foreach (var unknown in fields.Keys.Where(key => !IsNamed(key)))
        {
            json.Report("E102", $"the inventory has the key {InventoryJson.Shown(unknown)}, which the specification does not name");
        }

        return inventory;
    }

    private static bool IsNamed(string key) =>
        key is "id" or "type" or "digestAlgorithm" or "head" or "contentDirectory" or "manifest" or "versions" or "fixity";

    private static void ReadNames(OcflInventory inventory, Dictionary<string, JsonElement> fields, InventoryJson json)
    {
        foreach (var required in Required.Where(key => !fields.ContainsKey(key)))
        {
            json.Report("E036", $"the inventory has no '{required}'");
        }

        inventory.Id = Text(fields, "id", "E037", json);
        if (fields.ContainsKey("id") && !UriRules.IsUri(inventory.Id))
        {
            json.Report(inventory.Id.Length == 0 ? "E037" : "W005", $"the id {InventoryJson.Shown(inventory.Id)} {(inventory.Id.Length == 0 ? "is empty" : "should be a URI")}");
        }

        ReadType(inventory, fields, json);
        inventory.DigestAlgorithm = Text(fields, "digestAlgorithm", "E025", json);
        if (inventory.DigestAlgorithm is not (DigestNames.Sha512 or DigestNames.Sha256) && fields.ContainsKey("digestAlgorithm"))
        {
            json.Report("E025", $"the digest algorithm {InventoryJson.Shown(inventory.DigestAlgorithm)} is neither sha512 nor sha256");
        }
        else if (inventory.DigestAlgorithm == DigestNames.Sha256)
        {
            json.Report("W004", "the digest algorithm should be sha512");
        }

        inventory.Head = Text(fields, "head", "E040", json);
    }

    private static void ReadType(OcflInventory inventory, Dictionary<string, JsonElement> fields, InventoryJson json)
    {
        var type = Text(fields, "type", "E038", json);
        inventory.Release = OcflReleases.FromInventoryType(type);
        if (inventory.Release is null && type.Length > 0)
        {
            json.Report("E038", $"the type {InventoryJson.Shown(type)} is of no release of the specification that is known");
        }
    }

    private static string Text(Dictionary<string, JsonElement> fields, string key, string code, InventoryJson json) =>
        fields.TryGetValue(key, out var value) ? json.Text(value, code, $"'{key}'") ?? "" : "";

    private static void ReadContentDirectory(
        OcflInventory inventory, Dictionary<string, JsonElement> fields, OcflRelease release, InventoryJson json)
    {
        if (!fields.TryGetValue("contentDirectory", out var value) || json.Text(value, "E017", "'contentDirectory'") is not { } name)
        {
            return;
        }

        inventory.NamedContentDirectory = name;
        if (name is "." or "..")
        {
            json.Report("E018", $"the content directory is '{name}'");
        }
        else if (name.Contains('/') || name.Length == 0)
        {
            json.Report("E017", $"the content directory {InventoryJson.Shown(name)} is not the name of one directory");
            if (release != OcflRelease.OneZero)
            {
                json.Report("E108", $"the content directory {InventoryJson.Shown(name)} is not a direct child of the version directory");
            }
        }
    }

    private static void ReadManifest(
        OcflInventory inventory, Dictionary<string, JsonElement> fields, OcflRelease release, InventoryJson json)
    {
        if (!fields.TryGetValue("manifest", out var block))
        {
            json.Report("E041", "the inventory has no 'manifest'");
        }
        else if (block.ValueKind != JsonValueKind.Object)
        {
            json.Report(release == OcflRelease.OneZero ? "E041" : "E106", "'manifest' is not a JSON object");
        }
        else
        {
            inventory.Manifest = DigestBlock.Manifest.Read(block, inventory.DigestAlgorithm, json);
        }
    }

    private static void ReadVersions(OcflInventory inventory, Dictionary<string, JsonElement> fields, InventoryJson json)
    {
        if (!fields.TryGetValue("versions", out var block))
        {
            json.Report("E041", "the inventory has no 'versions'");
            json.Report("E043", "the inventory has no block of versions");
            return;
        }

        if (block.ValueKind != JsonValueKind.Object)
        {
            json.Report("E044", "'versions' is not a JSON object");
            json.Report("E045", "'versions' is not a JSON object");
            return;
        }

        foreach (var field in json.Fields(block, "'versions'"))
        {
            inventory.Versions[field.Name] = new VersionBlockReader(json, field.Name, inventory.DigestAlgorithm).Read(field.Value);
        }
    }

    private static void ReadFixity(
        OcflInventory inventory, Dictionary<string, JsonElement> fields, OcflRelease release, InventoryJson json)
    {
        if (!fields.TryGetValue("fixity", out var block))
        {
            return;
        }

        if (block.ValueKind != JsonValueKind.Object)
        {
            json.Report(release == OcflRelease.OneZero ? "E057" : "E111", "'fixity' is not a JSON object");
            return;
        }

        foreach (var field in json.Fields(block, "'fixity'"))
        {
            ReadFixity(inventory, field.Name, field.Value, json);
        }
    }

    private static void ReadFixity(OcflInventory inventory, string algorithm, JsonElement block, InventoryJson json)
    {
        if (!Vocabulary.Contains(algorithm) && !Extended.Contains(algorithm))
        {
            json.Report("E026", $"the fixity algorithm {InventoryJson.Shown(algorithm)} is in no vocabulary that is known");
            json.Report("E056", $"the fixity block has the key {InventoryJson.Shown(algorithm)}, which names no digest algorithm");
        }

        if (block.ValueKind == JsonValueKind.Object)
        {
            inventory.Fixity[algorithm] = DigestBlock.Fixity(algorithm).Read(block, algorithm, json);
        }
        else
        {
            json.Report("E057", $"fixity {InventoryJson.Shown(algorithm)} is not a JSON object");
        }
    }
}
