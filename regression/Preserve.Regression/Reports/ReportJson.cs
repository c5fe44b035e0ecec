using System.Text.Json;
using System.Text.Json.Serialization;

namespace Preserve.Regression.Reports;

/// <summary>Reports as JSON: camel case, words for enums.</summary>
public static class ReportJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string Write(EnvironmentReport report) => JsonSerializer.Serialize(report, Options);

    /// <summary>Null for an empty text, or one that is no report.</summary>
    public static EnvironmentReport? Read(string json)
    {
        try
        {
            return json.Length == 0 ? null : JsonSerializer.Deserialize<EnvironmentReport>(json, Options);
        }
        catch (JsonException)
        {
            // Cut, or written by a version that had other words: what the row itself says is left.
            return null;
        }
    }
}
