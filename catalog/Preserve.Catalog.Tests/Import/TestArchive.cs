using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Preserve.Catalog.Tests.Import;

/// <summary>An archive folder of a test: one object "game" with one floppy, until the test changes it.</summary>
public sealed class TestArchive : IDisposable
{
    public TestArchive()
    {
        Manifest = new JsonObject { ["format"] = "preserve-archive/1", ["objects"] = new JsonArray(MakeObject("game")) };
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("preserve-archive-").FullName;

    public JsonObject Manifest { get; }

    public JsonArray Objects => Manifest["objects"]!.AsArray();

    public JsonObject Game => Objects[0]!.AsObject();

    public JsonObject Medium => Game["media"]![0]!.AsObject();

    public JsonObject Environment => Game["environments"]![0]!.AsObject();

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Writes the manifest as it stands now.</summary>
    public string Write()
    {
        File.WriteAllText(Path.Combine(Folder, "archive.json"), Manifest.ToJsonString());
        return Folder;
    }

    /// <summary>An object with one floppy, its file written, and one environment, all named after it.</summary>
    public JsonObject MakeObject(string id) => new()
    {
        ["id"] = id,
        ["title"] = $"The {id}",
        ["date"] = "1987",
        ["creators"] = new JsonArray("Ada", "Løve"),
        ["description"] = $"About {id}.",
        ["rights"] = "MIT",
        ["source"] = "made here",
        ["media"] = new JsonArray(MakeMedium($"{id}.img", System.Text.Encoding.UTF8.GetBytes($"bytes of {id}"))),
        ["environments"] = new JsonArray(MakeEnvironment(id, $"{id}.img")),
    };

    public JsonObject MakeMedium(string name, byte[] content)
    {
        File.WriteAllBytes(Path.Combine(Folder, name), content);
        return new JsonObject
        {
            ["file"] = name,
            ["name"] = name,
            ["kind"] = "floppy-1440K",
            ["format"] = "raw",
            ["size"] = content.Length,
            ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(content)),
        };
    }

    public static JsonObject MakeEnvironment(string id, string medium) => new()
    {
        ["id"] = id,
        ["architecture"] = "i386",
        ["machine"] = "pc",
        ["memoryMiB"] = 16,
        ["drives"] = new JsonObject { ["floppy0"] = medium },
        ["boot"] = "floppy",
        ["settlesAfterSeconds"] = 2.5,
        ["settledScreen"] = "a prompt",
        ["tryThis"] = "dir<enter>; ver<enter> ;",
        ["volatile"] = "blinking cursor",
        ["sound"] = "PC speaker",
    };
}
