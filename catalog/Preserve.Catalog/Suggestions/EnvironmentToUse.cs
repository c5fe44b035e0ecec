using Preserve.Catalog.Environments;
using Preserve.Catalog.Software;

namespace Preserve.Catalog.Suggestions;

/// <summary>An environment that content may be attached to.</summary>
/// <param name="Environment">The row.</param>
/// <param name="Profile">Its machine, in the version that it was made with.</param>
/// <param name="TakenBays">Bays that hold a medium.</param>
/// <param name="Software">What the software in its ancestry declares.</param>
/// <param name="FileSystems">On its own media and those of its ancestors: what its guest surely reads.</param>
public sealed record EnvironmentToUse(
    PreservedEnvironment Environment, CatalogProfile Profile, IReadOnlySet<string> TakenBays,
    IReadOnlyList<InstalledSoftware> Software, IReadOnlyList<string> FileSystems);

/// <summary>That software in an environment's ancestry can do something with a format.</summary>
/// <param name="ObjectTitle">Of the software.</param>
/// <param name="Puid">The format.</param>
/// <param name="Use">What it does.</param>
public sealed record InstalledSoftware(string ObjectTitle, string Puid, FormatUse Use);
