using System.Text.Json;
using Preserve.Catalog.Digests;
using Preserve.Catalog.Ocfl.Validation;
using Preserve.Catalog.Storage;

namespace Preserve.Catalog.Ocfl.Layouts;

/// <summary>Reads <c>ocfl_layout.json</c> of a storage root (section 4.1) and the configuration of the extension that it names.</summary>
internal sealed class LayoutFile(string root, OcflFindings findings)
{
    public const string FileName = "ocfl_layout.json";

    private const int MaximumLengthInBytes = 64 * 1024;
    private const int MostTuples = 32;

    /// <summary>Null when there is none, or none that is known here.</summary>
    public StorageLayout? Read()
    {
        if (!File.Exists(Path.Combine(root, FileName)) || ReadObject(FileName, "E070") is not { } layout)
        {
            return null;
        }

        if (Text(layout, "description") is null)
        {
            findings.Add("E070", FileName, "there is no text 'description'");
        }

        if (Text(layout, "extension") is not { } name)
        {
            findings.Add("E070", FileName, "there is no text 'extension'");
            return null;
        }

        if (!RegisteredExtensions.Contains(name))
        {
            findings.Add("E071", FileName, $"the extension '{name}' is not registered");
        }

        return ReadConfiguration(name);
    }

    private StorageLayout? ReadConfiguration(string name)
    {
        var path = $"extensions/{name}/config.json";
        Dictionary<string, JsonElement>? configuration = null;
        if (File.Exists(Path.Combine(root, path)))
        {
            configuration = ReadObject(path, "E071");
            if (configuration is not null && Text(configuration, "extensionName") is { } other && other != name)
            {
                findings.Add("E071", path, $"the configuration is of the extension '{other}', not of '{name}'");
            }
        }

        return name switch
        {
            FlatLayout.Name => new FlatLayout(),
            HashedLayout.NameWithId or HashedLayout.NameWithDigest => ReadHashed(configuration ?? [], name == HashedLayout.NameWithId, path),
            _ => null,
        };
    }

    private HashedLayout? ReadHashed(Dictionary<string, JsonElement> configuration, bool showsId, string path)
    {
        var algorithm = configuration.ContainsKey("digestAlgorithm") ? Text(configuration, "digestAlgorithm") ?? "" : DigestNames.Sha256;
        var size = Number(configuration, "tupleSize", 3);
        var tuples = Number(configuration, "numberOfTuples", 3);
        if (!DigestNames.IsKnown(algorithm) || size is not { } digits || tuples is not { } count || digits * count > DigestNames.HexLength(algorithm) || (digits == 0) != (count == 0))
        {
            findings.Add("E071", path, "digestAlgorithm, tupleSize and numberOfTuples are not such as the extension allows");
            return null;
        }

        return new HashedLayout(algorithm, digits, count, showsId, !showsId && configuration.TryGetValue("shortObjectRoot", out var isShort) && isShort.ValueKind == JsonValueKind.True);
    }

    private Dictionary<string, JsonElement>? ReadObject(string path, string code)
    {
        try
        {
            using var file = new FileStream(PosixFile.OpenRegular(Path.Combine(root, path)), FileAccess.Read, bufferSize: 0);
            if (file.Length <= MaximumLengthInBytes)
            {
                using var document = JsonDocument.Parse(file);
                if (document.RootElement.ValueKind == JsonValueKind.Object)
                {
                    return document.RootElement.EnumerateObject().GroupBy(field => field.Name).ToDictionary(group => group.Key, group => group.Last().Value.Clone());
                }
            }

            findings.Add(code, path, "is not a JSON object of reasonable length");
        }
        catch (Exception problem) when (problem is IOException or JsonException)
        {
            findings.Add(code, path, $"is not valid JSON: {problem.Message}");
        }

        return null;
    }

    private static string? Text(Dictionary<string, JsonElement> fields, string key) =>
        fields.TryGetValue(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int? Number(Dictionary<string, JsonElement> fields, string key, int otherwise) =>
        !fields.TryGetValue(key, out var value) ? otherwise
            : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number is >= 0 and <= MostTuples ? number
            : null;
}
