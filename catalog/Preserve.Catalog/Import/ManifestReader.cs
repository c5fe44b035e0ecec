using System.Security.Cryptography;
using System.Text.Json;
using Preserve.Catalog.Database;

namespace Preserve.Catalog.Import;

/// <summary>Reads <c>archive.json</c>: types, lengths and counts. What fits together is <see cref="ManifestValidator"/>'s.</summary>
internal sealed class ManifestReader(ProblemList problems)
{
    public const string Format = "preserve-archive/1";
    public const int MaximumLengthInBytes = 8 * 1024 * 1024;
    public const int MaximumObjects = 10_000;
    public const int MaximumMedia = 256;
    public const int MaximumEnvironments = 64;
    public const int MaximumDrives = 32;
    public const int MaximumCreators = 50;
    public const long MaximumMediumLengthInBytes = 256L * 1024 * 1024 * 1024;

    private const int MaximumDepth = 8;

    // Twice the same field: which one counts would be a guess.
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaximumDepth, AllowDuplicateProperties = false };

    /// <summary>Null when there was no object to look at; otherwise what could be read, usable only if there are no problems.</summary>
    public ArchiveManifest? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(WithoutMark(json), Strict);
            return Read(document.RootElement);
        }
        catch (JsonException broken)
        {
            problems.Add("archive.json", $"is not valid JSON: {ManifestEntry.Shorten(broken.Message)}");
            return null;
        }
    }

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> json) =>
        json.Span.StartsWith("\uFEFF"u8) ? json[3..] : json;

    private ArchiveManifest? Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            problems.Add("archive.json", "is not a JSON object");
            return null;
        }

        var manifest = new ManifestEntry(root, "archive.json", problems);
        if (manifest.Text("format", ColumnLengths.Word) != Format)
        {
            problems.Add("archive.json", $"format is not \"{Format}\"");
            return null;
        }

        if (!root.TryGetProperty("objects", out _))
        {
            problems.Add("archive.json", "objects is missing");
        }

        return new ArchiveManifest(ReadAll(manifest.Items("objects", MaximumObjects), "objects", ReadObject));
    }

    private List<T> ReadAll<T>(IEnumerable<JsonElement> items, string prefix, Func<JsonElement, string, int, T> read)
    {
        var all = new List<T>();
        foreach (var (index, item) in items.Index())
        {
            var entry = $"{prefix}[{index}]";
            if (item.ValueKind == JsonValueKind.Object)
            {
                all.Add(read(item, entry, index));
            }
            else
            {
                problems.Add(entry, "is not a JSON object");
            }
        }

        return all;
    }

    private ArchiveObject ReadObject(JsonElement json, string place, int index)
    {
        var entry = $"{place}{Quoted(json, "id")}";
        var fields = new ManifestEntry(json, entry, problems);
        var id = fields.RequiredText("id", ColumnLengths.Id);
        var description = fields.Text("description", ColumnLengths.Text);
        var labelText = fields.Text("labelText", ColumnLengths.Text);
        return new ArchiveObject(entry, Digest(json))
        {
            Id = id,
            Title = fields.RequiredText("title", ColumnLengths.Title),
            Date = fields.Text("date", ColumnLengths.Word),
            Creators = fields.Texts("creators", MaximumCreators, ColumnLengths.Title),
            Description = description,
            LabelText = labelText.Length > 0 ? labelText : description,
            Rights = fields.Text("rights", ColumnLengths.Line).Trim(),
            Source = fields.Text("source", ColumnLengths.Line),
            Media = ReadAll(fields.Items("media", MaximumMedia), $"{entry} media", (medium, place, number) => ReadMedium(medium, place, number, id)),
            Environments = ReadAll(fields.Items("environments", MaximumEnvironments), $"{entry} environments", ReadEnvironment),
        };
    }

    // Of the entry without its white space, so that a manifest written anew by another tool is still the same.
    private static string Digest(JsonElement json)
    {
        try
        {
            return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(json)));
        }
        catch (JsonException)
        {
            // Half of a surrogate pair in some text: told when that text is read, if it is one that we read.
            return "";
        }
    }

    private ArchiveMedium ReadMedium(JsonElement json, string place, int index, string objectId)
    {
        var entry = $"{place}{Plain(json, "name")}";
        var fields = new ManifestEntry(json, entry, problems);
        var length = fields.Integer("size", 1, MaximumMediumLengthInBytes);
        if (length is null && !json.TryGetProperty("size", out _))
        {
            problems.Add(entry, "size is missing");
        }

        var format = fields.Text("format", ColumnLengths.Word);
        return new ArchiveMedium(entry, objectId)
        {
            File = fields.RequiredText("file", ColumnLengths.FileName),
            Name = fields.RequiredText("name", ColumnLengths.FileName),
            Kind = fields.RequiredText("kind", ColumnLengths.Word),
            Format = format.Length > 0 ? format : "raw",
            LengthInBytes = length ?? 0,
            Sha256 = fields.RequiredText("sha256", ColumnLengths.Sha256),
            Order = (int)(fields.Integer("order", 1, MaximumMedia) ?? index + 1),
            Label = fields.Text("label", ColumnLengths.Title),
        };
    }

    private ArchiveEnvironment ReadEnvironment(JsonElement json, string place, int index)
    {
        var entry = $"{place}{Quoted(json, "id")}";
        var fields = new ManifestEntry(json, entry, problems);
        var machine = fields.Text("machine", ColumnLengths.Word);
        return new ArchiveEnvironment(entry)
        {
            Id = fields.RequiredText("id", ColumnLengths.Id),
            Title = fields.Text("title", ColumnLengths.Title),
            Profile = fields.Text("profile", ColumnLengths.Id),
            Architecture = fields.Text("architecture", ColumnLengths.Word),
            Machine = machine.Length > 0 ? machine : "pc",
            MemoryMiB = (int?)fields.Integer("memoryMiB", 1, int.MaxValue),
            Drives = fields.TextMap("drives", MaximumDrives, ColumnLengths.FileName),
            Boot = fields.RequiredText("boot", ColumnLengths.Word),
            SettlesAfterSeconds = fields.Number("settlesAfterSeconds", 0, 86_400),
            SettledScreen = fields.Text("settledScreen", ColumnLengths.Line),
            TryThis = fields.Text("tryThis", ColumnLengths.Line).Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            Volatile = fields.Text("volatile", ColumnLengths.Line),
            Sound = fields.Text("sound", ColumnLengths.Line),
            Flashes = fields.Flag("flashes"),
        };
    }

    private static string Quoted(JsonElement json, string field) => Name(json, field) is { Length: > 0 } name ? $" \"{name}\"" : "";

    private static string Plain(JsonElement json, string field) => Name(json, field) is { Length: > 0 } name ? $" {name}" : "";

    // For messages only: what is wrong with the field itself is said when it is read.
    private static string Name(JsonElement json, string field) =>
        ManifestEntry.Shorten(new ManifestEntry(json, "", new ProblemList()).Text(field, ColumnLengths.FileName));
}
