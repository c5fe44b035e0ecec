using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Preserve.Web.CommandLine;

/// <summary>Answers of verbs for programs.</summary>
internal static class VerbJson
{
    // For a terminal or a file, never for a page: names stay readable, control characters are escaped all the same.
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Writes it to standard output.</summary>
    public static Task WriteAsync(object answer) => Console.Out.WriteLineAsync(JsonSerializer.Serialize(answer, s_options));
}
