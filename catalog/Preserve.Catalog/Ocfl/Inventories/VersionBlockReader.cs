using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Preserve.Catalog.Ocfl.Inventories;

/// <summary>Reads one version of an inventory (section 3.5.3.1).</summary>
internal sealed partial class VersionBlockReader(InventoryJson json, string name, string algorithm)
{
    private static readonly string[] Required = ["created", "state"];

    private readonly string _shown = InventoryJson.Shown(name);

    public OcflVersion Read(JsonElement block)
    {
        var version = new OcflVersion();
        if (block.ValueKind != JsonValueKind.Object)
        {
            json.Report("E047", $"version {_shown} is not a JSON object");
            return version;
        }

        var present = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in json.Fields(block, $"version {_shown}"))
        {
            present.Add(field.Name);
            ReadField(version, field);
        }

        foreach (var required in Required.Where(key => !present.Contains(key)))
        {
            json.Report("E048", $"version {_shown} has no '{required}'");
        }

        if (!present.Contains("message") || !present.Contains("user"))
        {
            json.Report("W007", $"version {_shown} should have 'message' and 'user'");
        }

        return version;
    }

    private void ReadField(OcflVersion version, JsonProperty field)
    {
        switch (field.Name)
        {
            case "created":
                version.Created = ReadCreated(field.Value);
                break;
            case "state":
                version.State = ReadState(field.Value);
                break;
            case "message":
                version.Message = json.Text(field.Value, "E094", $"the message of version {_shown}");
                break;
            case "user":
                ReadUser(version, field.Value);
                break;
            default:
                json.Report("E102", $"version {_shown} has the key {InventoryJson.Shown(field.Name)}, which the specification does not name");
                break;
        }
    }

    private string ReadCreated(JsonElement value)
    {
        var created = json.Text(value, "E049", $"'created' of version {_shown}") ?? "";
        if (created.Length > 0 && !IsInternetDate(created))
        {
            json.Report("E049", $"'created' of version {_shown}, {InventoryJson.Shown(created)}, is not a date and time to the second with a time zone (RFC 3339)");
        }

        return created;
    }

    private static bool IsInternetDate(string text) =>
        InternetDate().Match(text) is { Success: true } match
        && DateTime.TryParseExact(
            $"{match.Groups["date"].Value} {match.Groups["time"].Value.Replace(":60", ":59", StringComparison.Ordinal)}",
            "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private Dictionary<string, List<string>> ReadState(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            return DigestBlock.State(name).Read(value, algorithm, json);
        }

        json.Report("E050", $"the state of version {_shown} is not a JSON object");
        return new Dictionary<string, List<string>>(StringComparer.Ordinal);
    }

    private void ReadUser(OcflVersion version, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            json.Report("E054", $"the user of version {_shown} is not a JSON object");
            return;
        }

        var hasName = false;
        var hasAddress = false;
        foreach (var field in json.Fields(value, $"the user of version {_shown}"))
        {
            switch (field.Name)
            {
                case "name":
                    hasName = true;
                    version.UserName = json.Text(field.Value, "E054", $"the user name of version {_shown}");
                    break;
                case "address":
                    hasAddress = true;
                    version.UserAddress = ReadAddress(field.Value);
                    break;
                default:
                    json.Report("E102", $"the user of version {_shown} has the key {InventoryJson.Shown(field.Name)}, which the specification does not name");
                    break;
            }
        }

        if (!hasName)
        {
            json.Report("E054", $"the user of version {_shown} has no 'name'");
        }

        if (!hasAddress)
        {
            json.Report("W008", $"the user of version {_shown} should have an 'address'");
        }
    }

    private string? ReadAddress(JsonElement value)
    {
        var address = json.Text(value, "W009", $"the user address of version {_shown}");
        if (address is not null && !UriRules.IsUri(address))
        {
            json.Report("W009", $"the user address of version {_shown}, {InventoryJson.Shown(address)}, should be a URI");
        }

        return address;
    }

    [GeneratedRegex(@"^(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt](?<time>[0-9]{2}:[0-9]{2}:[0-9]{2})(\.[0-9]+)?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex InternetDate();
}
