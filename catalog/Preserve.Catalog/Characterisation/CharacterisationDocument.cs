using System.Text.Json;
using System.Text.Json.Serialization;
using Preserve.Catalog.Database;

namespace Preserve.Catalog.Characterisation;

/// <summary>A characterisation as the catalog keeps it: JSON, since it is read whole and never searched; formats have rows of their own.</summary>
public static class CharacterisationDocument
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Within <see cref="ColumnLengths.Document"/>: what would be longer is kept without its lists, and says so.</summary>
    public static string Write(MediumCharacterisation characterisation)
    {
        var document = JsonSerializer.Serialize(characterisation, s_options);
        return document.Length <= ColumnLengths.Document
            ? document
            : JsonSerializer.Serialize(
                characterisation with { Partitions = [], Volumes = [], Contents = [], Problems = ["What was found is too long to be kept: partitions, volumes and contents are left out."] },
                s_options);
    }

    /// <summary>Null for null, and for what a version wrote that this one does not understand.</summary>
    public static MediumCharacterisation? Read(string? document)
    {
        try
        {
            return document is null ? null : JsonSerializer.Deserialize<MediumCharacterisation>(document, s_options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
