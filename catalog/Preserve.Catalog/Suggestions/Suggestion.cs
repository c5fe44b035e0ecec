namespace Preserve.Catalog.Suggestions;

/// <summary>A machine on which media may run, and why.</summary>
/// <param name="ProfileId">Machine profile.</param>
/// <param name="ProfileTitle">For people.</param>
/// <param name="Boot">floppy, disk, optical, kernel or firmware.</param>
/// <param name="Drives">Bay to the name of the medium in it. Media that fit in no bay are left out and can be inserted while it runs.</param>
/// <param name="Reasons">In words, the strongest first.</param>
public sealed record Suggestion(
    string ProfileId, string ProfileTitle, string Boot, IReadOnlyDictionary<string, string> Drives, IReadOnlyList<string> Reasons);
