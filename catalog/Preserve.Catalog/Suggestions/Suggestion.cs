using System.Text.Json.Serialization;

namespace Preserve.Catalog.Suggestions;

/// <summary>A machine or an environment in which media may be used, and why.</summary>
/// <param name="ProfileId">Machine profile.</param>
/// <param name="ProfileTitle">For people.</param>
/// <param name="Boot">floppy, disk, optical, kernel or firmware.</param>
/// <param name="Drives">Bay to the name of the object's medium in it. Media that fit in no bay are left out and can be inserted while it runs.</param>
/// <param name="Reasons">In words, the strongest first.</param>
public sealed record Suggestion(
    string ProfileId, string ProfileTitle, string Boot, IReadOnlyDictionary<string, string> Drives, IReadOnlyList<string> Reasons)
{
    /// <summary>The environment that the media are attached to; null where the media boot by themselves.</summary>
    public string? EnvironmentId { get; init; }

    /// <summary>For people; empty without <see cref="EnvironmentId"/>.</summary>
    public string EnvironmentTitle { get; init; } = "";

    /// <summary>Memory of that environment; null for what the machine usually has.</summary>
    public int? MemoryMiB { get; init; }

    /// <summary>Version of the profile that the environment was made with; null for the newest.</summary>
    public int? ProfileVersion { get; init; }

    /// <summary>What tells suggestions of one object apart.</summary>
    [JsonIgnore]
    public (string ProfileId, string Boot, string? EnvironmentId) Key => (ProfileId, Boot, EnvironmentId);
}
