using System.Text.Json;

namespace Preserve.Catalog.Environments;

/// <summary>What the bays of a machine are called by people, such as "Drive B:".</summary>
public static class BayTitles
{
    /// <summary>The bay's title in its profile; its id where the profile gives it none.</summary>
    public static string BayTitle(this CatalogProfile profile, string bay)
    {
        using var document = JsonDocument.Parse(profile.Document);
        if (document.RootElement.TryGetProperty("bays", out var bays) && bays.ValueKind == JsonValueKind.Array)
        {
            foreach (var one in bays.EnumerateArray())
            {
                if (one.TryGetProperty("id", out var id) && id.ValueEquals(bay) && one.TryGetProperty("title", out var title) && title.GetString() is { Length: > 0 } text)
                {
                    return text;
                }
            }
        }

        return bay;
    }
}
