using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Preserve.Catalog.Ocfl.Inventories;

/// <summary>Writes an inventory (section 3.5) as JSON: readable, in a fixed order, so that the same inventory is the same bytes.</summary>
internal static class InventoryWriter
{
    // A file of its own, never part of a page: paths stay readable.
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(OcflInventory inventory)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("id", inventory.Id);
            json.WriteString("type", inventory.Release!.Value.InventoryType());
            json.WriteString("digestAlgorithm", inventory.DigestAlgorithm);
            json.WriteString("head", inventory.Head);
            if (inventory.NamedContentDirectory is { } directory)
            {
                json.WriteString("contentDirectory", directory);
            }

            json.WritePropertyName("manifest");
            Write(json, inventory.Manifest);
            json.WriteStartObject("versions");
            foreach (var (name, version) in inventory.Versions.OrderBy(pair => OcflVersionName.TryParse(pair.Key)!.Value.Number))
            {
                json.WritePropertyName(name);
                Write(json, version);
            }

            json.WriteEndObject();
            WriteFixity(json, inventory);
            json.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    private static void Write(Utf8JsonWriter json, OcflVersion version)
    {
        json.WriteStartObject();
        json.WriteString("created", version.Created);
        json.WriteString("message", version.Message ?? "");
        json.WriteStartObject("user");
        json.WriteString("name", version.UserName ?? "");
        if (version.UserAddress is { } address)
        {
            json.WriteString("address", address);
        }

        json.WriteEndObject();
        json.WritePropertyName("state");
        Write(json, version.State);
        json.WriteEndObject();
    }

    private static void WriteFixity(Utf8JsonWriter json, OcflInventory inventory)
    {
        if (inventory.Fixity.Count == 0)
        {
            return;
        }

        json.WriteStartObject("fixity");
        foreach (var (algorithm, block) in inventory.Fixity.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            json.WritePropertyName(algorithm);
            Write(json, block);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Dictionary<string, List<string>> block)
    {
        json.WriteStartObject();
        foreach (var (digest, paths) in block.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            json.WriteStartArray(digest);
            paths.ForEach(json.WriteStringValue);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
