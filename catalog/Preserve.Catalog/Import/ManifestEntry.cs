using System.Text.Json;

namespace Preserve.Catalog.Import;

/// <summary>
/// A JSON object of the manifest, read field by field. A field that is missing, of the wrong type or out of bounds is told to the
/// problem list, and reading goes on, so that one run tells all. Fields that nobody asks for are ignored.
/// </summary>
internal sealed class ManifestEntry(JsonElement json, string entry, ProblemList problems)
{
    /// <summary>Text of 1 to <paramref name="maximumLength"/> characters.</summary>
    public string RequiredText(string field, int maximumLength)
    {
        if (Find(field) is not { } value)
        {
            problems.Add(entry, $"{field} is missing");
            return "";
        }

        if (value.ValueKind == JsonValueKind.String && Decode(value) is "")
        {
            problems.Add(entry, $"{field} is empty");
        }

        return Text(value, field, maximumLength);
    }

    /// <summary>Text of at most <paramref name="maximumLength"/> characters; empty when the field is missing or null.</summary>
    public string Text(string field, int maximumLength) =>
        Find(field) is { } value ? Text(value, field, maximumLength) : "";

    /// <summary>A list of at most <paramref name="maximumCount"/> texts; empty when missing.</summary>
    public IReadOnlyList<string> Texts(string field, int maximumCount, int maximumLength) =>
        [.. Items(field, maximumCount).Select((item, index) => Text(item, $"{field}[{index}]", maximumLength))];

    /// <summary>A map of at most <paramref name="maximumCount"/> texts; empty when missing.</summary>
    public IReadOnlyDictionary<string, string> TextMap(string field, int maximumCount, int maximumLength)
    {
        if (Find(field) is not { } value)
        {
            return new Dictionary<string, string>();
        }

        if (value.ValueKind != JsonValueKind.Object || value.GetPropertyCount() > maximumCount)
        {
            problems.Add(entry, $"{field} is not an object of at most {maximumCount} entries");
            return new Dictionary<string, string>();
        }

        return value.EnumerateObject().ToDictionary(one => one.Name, one => Text(one.Value, $"{field}.{Shorten(one.Name)}", maximumLength));
    }

    /// <summary>The elements of a list of at most <paramref name="maximumCount"/>; none when missing.</summary>
    public IEnumerable<JsonElement> Items(string field, int maximumCount)
    {
        if (Find(field) is not { } value)
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > maximumCount)
        {
            problems.Add(entry, $"{field} is not a list of at most {maximumCount} elements");
            return [];
        }

        return value.EnumerateArray();
    }

    /// <summary>A whole number within bounds; null when missing or wrong.</summary>
    public long? Integer(string field, long minimum, long maximum)
    {
        if (Find(field) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= minimum && number <= maximum)
        {
            return number;
        }

        problems.Add(entry, $"{field} is not a whole number from {minimum} to {maximum}");
        return null;
    }

    /// <summary>A number within bounds; null when missing, null or wrong.</summary>
    public double? Number(string field, double minimum, double maximum)
    {
        if (Find(field) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= minimum && number <= maximum)
        {
            return number;
        }

        problems.Add(entry, $"{field} is not a number from {minimum} to {maximum}");
        return null;
    }

    /// <summary>True or false; false when missing.</summary>
    public bool Flag(string field)
    {
        if (Find(field) is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) })
        {
            problems.Add(entry, $"{field} is neither true nor false");
        }

        return Find(field) is { ValueKind: JsonValueKind.True };
    }

    /// <summary>What a message quotes of a text that may be long or strange.</summary>
    public static string Shorten(string text)
    {
        var start = text.Length <= 80 ? text : text[..80] + "...";
        return string.Concat(start.Select(c => char.IsControl(c) ? '?' : c));
    }

    private JsonElement? Find(string field) =>
        json.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private string Text(JsonElement value, string field, int maximumLength)
    {
        if (value.ValueKind != JsonValueKind.String || Decode(value) is not { } text)
        {
            problems.Add(entry, $"{field} is not a text");
            return "";
        }

        if (text.Length > maximumLength)
        {
            problems.Add(entry, $"{field} is longer than {maximumLength} characters");
            return "";
        }

        if (text.Any(c => char.IsControl(c) && c is not ('\n' or '\t')))
        {
            problems.Add(entry, $"{field} holds control characters");
            return "";
        }

        return text;
    }

    private static string? Decode(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, or bytes that are no UTF-8.
            return null;
        }
    }
}
