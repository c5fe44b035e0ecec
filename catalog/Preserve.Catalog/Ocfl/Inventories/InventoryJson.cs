using System.Text.Json;
using Preserve.Catalog.Ocfl.Validation;

namespace Preserve.Catalog.Ocfl.Inventories;

/// <summary>What reading any block of an inventory has in common.</summary>
internal sealed class InventoryJson(OcflFindings findings, string path)
{
    private const int LongestShown = 80;

    public void Report(string code, string text) => findings.Add(code, path, text);

    /// <summary>The fields of an object, each name once; a second one is told and left out.</summary>
    public IEnumerable<JsonProperty> Fields(JsonElement block, string name)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in block.EnumerateObject())
        {
            if (seen.Add(field.Name))
            {
                yield return field;
            }
            else
            {
                Report("E033", $"{name} has the key {Shown(field.Name)} twice");
            }
        }
    }

    /// <summary>A text, or null with the finding told.</summary>
    public string? Text(JsonElement value, string code, string name)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            return Unpaired(value, out var text) ? null : text;
        }

        Report(code, $"{name} is not a string");
        return null;
    }

    /// <summary>Names in messages: quoted, of bounded length.</summary>
    public static string Shown(string text) => text.Length <= LongestShown ? $"'{text}'" : $"'{text[..LongestShown]}...'";

    // Half of a surrogate pair is valid JSON and no text.
    private bool Unpaired(JsonElement value, out string text)
    {
        try
        {
            text = value.GetString()!;
            return false;
        }
        catch (InvalidOperationException)
        {
            Report("E033", "a string holds half of a surrogate pair, which is no UTF-8");
            text = "";
            return true;
        }
    }
}
