using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Preserve.Workers.Starter;

/// <summary>
/// Lays out the starter archive: what Debian's packages ship and our own guests, as a folder in the archive format
/// (docs/archive-format.md), ready to import. A fresh clone has something to show with no other files.
/// </summary>
/// <remarks>
/// <c>starter.json</c> beside the program is the manifest without sizes and digests, which differ from one package
/// version to the next; <c>from</c> says where a medium's bytes are (a relative path is beside the program).
/// </remarks>
public static class StarterArchive
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes the archive into an empty folder. An object whose files are not installed is left out, and said so.</summary>
    public static async Task<StarterArchiveResult> BuildAsync(string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var manifest = await ReadTemplateAsync(cancellationToken);
        var objects = manifest["objects"]!.AsArray();
        var leftOut = new List<string>();
        foreach (var entry in objects.OfType<JsonObject>().ToList())
        {
            if (FindMissing(entry) is { } missing)
            {
                objects.Remove(entry);

                // What is large is there for those who installed it; nobody else misses it.
                if (entry["optional"] is null)
                {
                    leftOut.Add($"{(string?)entry["title"]}: {missing}");
                }

                continue;
            }

            entry.Remove("optional");

            foreach (var medium in Media(entry))
            {
                await CopyAsync(medium, folder, cancellationToken);
            }
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "archive.json"), manifest.ToJsonString(Indented), cancellationToken);
        return new StarterArchiveResult(objects.Count, leftOut);
    }

    private static async Task<JsonObject> ReadTemplateAsync(CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "starter.json"));
        var node = await JsonNode.ParseAsync(stream, cancellationToken: cancellationToken);
        return node!.AsObject();
    }

    private static IEnumerable<JsonObject> Media(JsonObject entry) => entry["media"]!.AsArray().OfType<JsonObject>();

    private static string? FindMissing(JsonObject entry) =>
        Media(entry)
            .Where(medium => !File.Exists(SourceOf(medium)))
            .Select(medium => medium["package"] is { } package
                ? $"{SourceOf(medium)} is not there; install the package {package}."
                : $"{SourceOf(medium)} is not there; build the product anew.")
            .FirstOrDefault();

    private static string SourceOf(JsonObject medium) => Path.Combine(AppContext.BaseDirectory, (string)medium["from"]!);

    private static async Task CopyAsync(JsonObject medium, string folder, CancellationToken cancellationToken)
    {
        var name = (string)medium["name"]!;
        var target = Path.Combine(folder, name);
        File.Copy(SourceOf(medium), target, overwrite: true);
        await using var stream = File.OpenRead(target);
        medium["file"] = name;
        medium["size"] = stream.Length;
        medium["sha256"] = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
        medium.Remove("from");
        medium.Remove("package");
    }
}

/// <summary>What the starter archive holds.</summary>
/// <param name="Objects">How many objects are in it.</param>
/// <param name="LeftOut">Objects whose files are not installed, each with what to do.</param>
public sealed record StarterArchiveResult(int Objects, IReadOnlyList<string> LeftOut);
