using System.Text.Json;

namespace Preserve.Web.Exhibits;

/// <summary>The shape of a machine's pixels.</summary>
public static class PixelAspects
{
    /// <summary>Width of a pixel over its height, from the profile's document; square where it says nothing.</summary>
    /// <param name="profileDocument">The machine profile as JSON; null for none.</param>
    /// <param name="width">Of the mode, in guest pixels.</param>
    /// <param name="height">Of the mode, in guest pixels.</param>
    public static double Of(string? profileDocument, int width, int height)
    {
        if (profileDocument is null)
        {
            return 1;
        }

        using var profile = JsonDocument.Parse(profileDocument);
        return profile.RootElement.TryGetProperty("pixelAspect", out var aspects)
            && aspects.ValueKind == JsonValueKind.Object
            && aspects.TryGetProperty($"{width}x{height}", out var aspect)
            && aspect.TryGetDouble(out var value) && value is > 0.1 and < 10
                ? value
                : 1;
    }
}
