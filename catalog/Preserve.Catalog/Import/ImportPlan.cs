using Preserve.Catalog.Environments;

namespace Preserve.Catalog.Import;

/// <summary>A valid manifest, the profile of each of its environments by id, and when and by whom it is imported.</summary>
internal sealed record ImportPlan(
    ArchiveManifest Manifest, IReadOnlyDictionary<string, CatalogProfile> Profiles, long Now, string Agent)
{
    public IReadOnlyList<ArchiveMedium> Media { get; } = [.. Manifest.Objects.SelectMany(one => one.Media)];
}
