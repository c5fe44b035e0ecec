using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Preserve.Catalog.Tests.Ocfl;

/// <summary>A valid object of two versions, made by hand and not by the product, that a test then breaks in one way.</summary>
internal sealed class MadeObject
{
    public MadeObject(string folder, string release = "1.1", string id = "urn:example:made")
    {
        Folder = Directory.CreateDirectory(folder).FullName;
        Release = release;
        Write($"0=ocfl_object_{release}", $"ocfl_object_{release}\n");
        Write("v1/content/a.txt", "first");
        Write("v2/content/sub/b.txt", "second");
        V1 = Inventory(id, 1);
        V2 = Inventory(id, 2);
    }

    public string Folder { get; }

    public string Release { get; }

    public JsonObject V1 { get; }

    public JsonObject V2 { get; }

    public JsonObject FirstVersion => V2["versions"]!["v1"]!.AsObject();

    public JsonObject Manifest => V2["manifest"]!.AsObject();

    public static string Digest(string text) => Convert.ToHexStringLower(SHA512.HashData(Encoding.UTF8.GetBytes(text)));

    public void Write(string path, string text)
    {
        var file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    /// <summary>Writes the inventories as they are now, with true sidecars.</summary>
    public string Finish(bool bothVersions = true)
    {
        if (bothVersions)
        {
            WriteInventory("v1/", V1);
        }

        WriteInventory("v2/", V2);
        WriteInventory("", V2);
        return Folder;
    }

    private void WriteInventory(string prefix, JsonObject inventory)
    {
        var json = inventory.ToJsonString();
        Write($"{prefix}inventory.json", json);
        Write($"{prefix}inventory.json.sha512", $"{Digest(json)} inventory.json\n");
    }

    private JsonObject Inventory(string id, int newest)
    {
        var manifest = new JsonObject { [Digest("first")] = new JsonArray("v1/content/a.txt") };
        var versions = new JsonObject { ["v1"] = Version((Digest("first"), "a.txt")) };
        if (newest == 2)
        {
            manifest[Digest("second")] = new JsonArray("v2/content/sub/b.txt");
            versions["v2"] = Version((Digest("first"), "a.txt"), (Digest("second"), "sub/b.txt"));
        }

        return new JsonObject
        {
            ["id"] = id,
            ["type"] = $"https://ocfl.io/{Release}/spec/#inventory",
            ["digestAlgorithm"] = "sha512",
            ["head"] = $"v{newest}",
            ["manifest"] = manifest,
            ["versions"] = versions,
        };
    }

    private static JsonObject Version(params (string Digest, string Path)[] files) => new()
    {
        ["created"] = "2026-01-02T03:04:05Z",
        ["message"] = "made",
        ["user"] = new JsonObject { ["name"] = "A test", ["address"] = "mailto:test@example.org" },
        ["state"] = new JsonObject(files.Select(file => KeyValuePair.Create(file.Digest, (JsonNode?)new JsonArray(file.Path)))),
    };
}
