using System.Text.Json;
using Preserve.Catalog.Environments;

namespace Preserve.Catalog.Suggestions;

/// <summary>What a choice between machines of one architecture goes by.</summary>
/// <param name="Profile">The machine.</param>
/// <param name="IsGeneral">Whether it is the one for what asks for nothing special: archive manifests name it by its plain machine type.</param>
/// <param name="Year">First year such a machine was sold; null where it does not say.</param>
internal sealed record ProfileTraits(CatalogProfile Profile, bool IsGeneral, int? Year)
{
    public static ProfileTraits Of(CatalogProfile profile)
    {
        using var document = JsonDocument.Parse(profile.Document);
        var root = document.RootElement;
        var isGeneral = root.TryGetProperty("manifestMachines", out var machines) && machines.GetArrayLength() > 0;
        int? year = root.TryGetProperty("year", out var number) && number.ValueKind == JsonValueKind.Number ? number.GetInt32() : null;
        return new ProfileTraits(profile, isGeneral, year);
    }
}
