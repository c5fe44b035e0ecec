using System.Text.Json;
using System.Text.Json.Serialization;
using Preserve.Catalog.Environments;
using Preserve.Emulation.Machines;
using Preserve.Emulation.Profiles;

namespace Preserve.Workers.Machines;

/// <summary>The emulation's profiles as the catalog's importer sees them. Immutable.</summary>
public sealed class ProfileDirectory(ProfileStore profiles) : IProfileDirectory
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly Dictionary<string, CatalogProfile> _byId = profiles.Profiles.ToDictionary(profile => profile.Id, ToCatalog);

    /// <summary>Every profile, for the catalog's own table.</summary>
    public IReadOnlyCollection<CatalogProfile> All => _byId.Values;

    public CatalogProfile? Find(string id) => _byId.GetValueOrDefault(id);

    public CatalogProfile? ForMachine(string architecture, string machine) =>
        profiles.ForManifest(architecture, machine) is { } profile ? _byId[profile.Id] : null;

    private static CatalogProfile ToCatalog(MachineProfile profile) => new()
    {
        Id = profile.Id,
        Version = profile.Version,
        Title = profile.Title,
        Description = profile.Description,
        Engine = profile.Engine,
        Architecture = profile.Architecture,
        MachineType = profile.MachineType,
        DefaultMemoryMiB = profile.MemoryMiB.Default,
        MinimumMemoryMiB = profile.MemoryMiB.Minimum,
        MaximumMemoryMiB = profile.MemoryMiB.Maximum,
        Bays = profile.Bays.ToDictionary(bay => bay.Id, bay => MediaWords.Word(bay.Kind)),
        Boot = [.. profile.Boot.Select(MediaWords.Word)],
        Document = JsonSerializer.Serialize(profile, s_options),
    };
}
