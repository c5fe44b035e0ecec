using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Identifiers;
using Preserve.Catalog.Objects;
using Preserve.Catalog.Rights;
using Preserve.Catalog.Software;

namespace Preserve.Catalog.Descriptions;

/// <summary>
/// Everything that the catalog knows of an object, as it lies beside its media in storage (<c>description.json</c>): the catalog can be
/// made anew from these alone. Instants are UTC milliseconds. Described in docs/storage.md.
/// </summary>
public sealed record ObjectDescription
{
    public const string FileName = "description.json";
    public const string CurrentFormat = "preserve-object/1";

    /// <summary>A longer one is not read.</summary>
    public const int MaximumLengthInBytes = 64 * 1024 * 1024;

    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 32,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public string Format { get; init; } = CurrentFormat;

    public required string Id { get; init; }

    public required string Title { get; init; }

    public string Date { get; init; } = "";

    public IReadOnlyList<string> Creators { get; init; } = [];

    public string Description { get; init; } = "";

    public string Rights { get; init; } = "";

    public string Source { get; init; } = "";

    public string? ManifestSha256 { get; init; }

    /// <summary>Rights by their basis, in order; <see cref="Rights"/> is what was said in words before or besides.</summary>
    public IReadOnlyList<RightsToState> RightsStatements { get; init; } = [];

    /// <summary>What it is called elsewhere.</summary>
    public IReadOnlyList<NamedIdentifier> Identifiers { get; init; } = [];

    public ResearchUse ResearchUse { get; init; }

    /// <summary>Formats that it opens, imports and exports, where it is software.</summary>
    public IReadOnlyList<SoftwareFormatDescription> Software { get; init; } = [];

    /// <summary>When it was taken out of use; null while it is in use.</summary>
    public long? WithdrawnAt { get; init; }

    public string WithdrawalReason { get; init; } = "";

    /// <summary>When its bytes were deleted: the files below are not there any more.</summary>
    public long? PurgedAt { get; init; }

    public required long CreatedAt { get; init; }

    public IReadOnlyList<MediumDescription> Media { get; init; } = [];

    public IReadOnlyList<EnvironmentDescription> Environments { get; init; } = [];

    public IReadOnlyList<ExhibitDescription> Exhibits { get; init; } = [];

    public IReadOnlyList<LicenceDescription> Licences { get; init; } = [];

    public IReadOnlyList<EventDescription> Events { get; init; } = [];

    /// <summary>The machine profiles of its environments, in the versions that these were made with.</summary>
    public IReadOnlyList<CatalogProfile> Profiles { get; init; } = [];

    public byte[] ToJson() => [.. JsonSerializer.SerializeToUtf8Bytes(this, Options), (byte)'\n'];

    /// <exception cref="InvalidDataException">It is no description of a format that is known.</exception>
    public static ObjectDescription FromJson(ReadOnlySpan<byte> json)
    {
        try
        {
            var description = JsonSerializer.Deserialize<ObjectDescription>(json, Options);
            return description is { Format: CurrentFormat }
                ? description
                : throw new InvalidDataException($"{FileName} is not of the format {CurrentFormat}.");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{FileName} cannot be read: {broken.Message}", broken);
        }
    }
}

/// <param name="Name">Unique within the object.</param>
/// <param name="Kind">As in docs/archive-format.md.</param>
/// <param name="Order">Place in the set, from 1.</param>
/// <param name="Label">What is written on it.</param>
/// <param name="Representations">In order.</param>
/// <param name="MadeOf">Names of the files that were put on it here; empty for what came as it is.</param>
public sealed record MediumDescription(
    string Name, string Kind, int Order, string Label, IReadOnlyList<RepresentationDescription> Representations, string MadeOf = "");

/// <summary>That software can do something with a format.</summary>
public sealed record SoftwareFormatDescription(string Puid, FormatUse Use);

/// <param name="Format">Container format.</param>
/// <param name="IsAccessCopy">Whether machines boot from it.</param>
/// <param name="Files">In order.</param>
/// <param name="BackingSha256">The stored file that an overlay lies on; null for what is whole by itself.</param>
public sealed record RepresentationDescription(string Format, bool IsAccessCopy, IReadOnlyList<FileDescription> Files, string? BackingSha256 = null);

/// <param name="Name">Its own name.</param>
/// <param name="Path">Logical path in the object.</param>
/// <param name="Order">From 1.</param>
/// <param name="LengthInBytes">Its length.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
/// <param name="Identifications">What tools said it is.</param>
/// <param name="OriginalName">What it was called before, with its folders; empty where that is not known to differ.</param>
public sealed record FileDescription(
    string Name, string Path, int Order, long LengthInBytes, string Sha256, IReadOnlyList<IdentificationDescription> Identifications, string OriginalName = "");

/// <summary>What a tool said a file is.</summary>
public sealed record IdentificationDescription(string Tool, string SignatureVersion, string Method, string Puid);

/// <summary>A permission to use the object.</summary>
public sealed record LicenceDescription(string Title, int? Seats);

/// <summary>What was done to the object.</summary>
public sealed record EventDescription(string Identifier, string Type, long OccurredAt, string Agent, string Outcome, string Detail);
