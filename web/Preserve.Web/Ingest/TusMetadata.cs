using System.Text;

namespace Preserve.Web.Ingest;

/// <summary>
/// <c>Upload-Metadata</c>: pairs of a key and a value in Base64, separated by commas (tus 1.0.0, extension creation). Of the keys that
/// clients send we read two: <c>filename</c>, and <c>relativePath</c> where the file came in a folder.
/// </summary>
public static class TusMetadata
{
    private const int LongestHeader = 8 * 1024;
    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The path that the client gives the file; null when the header is malformed or names none.</summary>
    public static string? PathOf(string header)
    {
        if (header.Length > LongestHeader)
        {
            return null;
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in header.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = pair.Split(' ', 2);
            // Keys are unique, and a value may be empty: then there is no space either.
            if (parts[0].Length == 0 || Decode(parts.Length > 1 ? parts[1] : "") is not { } value || !values.TryAdd(parts[0], value))
            {
                return null;
            }
        }

        return First(values, "relativePath", "filename", "name");
    }

    /// <summary>The header for a path, as an answer to HEAD has it.</summary>
    public static string Of(string path) =>
        $"filename {Encode(path[(path.LastIndexOf('/') + 1)..])},relativePath {Encode(path)}";

    private static string? First(Dictionary<string, string> values, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            // Clients send "null" for a file that was chosen without a folder.
            if (values.GetValueOrDefault(key) is { Length: > 0 } value && !(key == "relativePath" && value == "null"))
            {
                return value;
            }
        }

        return null;
    }

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string? Decode(string base64)
    {
        try
        {
            return _strict.GetString(Convert.FromBase64String(base64));
        }
        catch (Exception problem) when (problem is FormatException or DecoderFallbackException)
        {
            return null;
        }
    }
}
