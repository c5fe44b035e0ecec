using Preserve.Catalog.Carriers;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Software;

namespace Preserve.Catalog.Suggestions;

/// <summary>
/// Proposes existing environments for content: media that need not boot, and loose files. A pure function of what is known of the content and
/// of the environments there are.
/// </summary>
/// <remarks>
/// 1. The content needs a drive of its kind that is free; loose files go on a floppy disk or disc that is made for them.
/// 2. Software in the environment's ancestry that opens or imports a format of the content speaks for it, most of all if it takes every format.
/// 3. A file system that the environment's own disks have, or that its software declares, is known to its guest.
/// 4. Where neither speaks for it, it is no suggestion.
/// </remarks>
public static class ContentSuggester
{
    private const int MostSuggestions = 8;
    private const int MostReasonsByFormat = 4;
    private const int Opens = 100;
    private const int Imports = 80;
    private const int KnownFileSystem = 30;

    /// <param name="media">Of one object, in their order.</param>
    /// <param name="environments">Candidates.</param>
    /// <param name="needsFormat">Whether a known file system alone is not reason enough, as where the media boot by themselves.</param>
    /// <returns>Best first.</returns>
    public static IReadOnlyList<Suggestion> Suggest(IReadOnlyList<MediumToRun> media, IEnumerable<EnvironmentToUse> environments, bool needsFormat) =>
    [
        .. environments.Select(environment => Propose(media, environment, needsFormat)).OfType<Proposal>()
            .OrderByDescending(proposal => proposal.Weight).ThenBy(proposal => proposal.Suggestion.EnvironmentId, StringComparer.Ordinal)
            .Take(MostSuggestions).Select(proposal => proposal.Suggestion),
    ];

    private static Proposal? Propose(IReadOnlyList<MediumToRun> media, EnvironmentToUse environment, bool needsFormat)
    {
        var (drives, places) = Attach(media, environment);
        if (drives.Count == 0)
        {
            return null;
        }

        var (formatWeight, formatReasons) = ByFormat(media, environment);
        var (systemWeight, systemReason) = ByFileSystem(media, environment);
        if (formatWeight == 0 && (needsFormat || systemWeight == 0))
        {
            return null;
        }

        if (formatWeight == 0)
        {
            formatReasons = ["No software in it is said to open these formats."];
        }

        var row = environment.Environment;
        return new Proposal(formatWeight + systemWeight, new Suggestion(
            environment.Profile.Id, environment.Profile.Title, row.Boot, drives,
            [.. formatWeight == 0 ? [systemReason, .. places, .. formatReasons] : (string[])[.. formatReasons, .. places, systemReason]])
        {
            EnvironmentId = row.Id, EnvironmentTitle = row.Title, MemoryMiB = row.MemoryMiB, ProfileVersion = environment.Profile.Version,
        });
    }

    /// <summary>Media in free bays. Of floppies and discs the first of each: the rest are swapped in.</summary>
    private static (Dictionary<string, string> Drives, List<string> Words) Attach(IReadOnlyList<MediumToRun> media, EnvironmentToUse environment)
    {
        var (drives, words) = (new Dictionary<string, string>(), new List<string>());
        foreach (var medium in media.Where(medium => medium.ContentKind is "floppy" or "optical" or "harddisk" or "sdcard").DistinctBy(medium => medium.ContentKind is "floppy" or "optical" ? medium.ContentKind : medium.Name))
        {
            if (FreeBay(environment, medium.ContentKind, drives) is { } bay)
            {
                drives[bay] = medium.Name;
                words.Add($"{medium.Name} goes into {environment.Profile.BayTitle(bay)}, which is free.");
            }
        }

        var loose = media.SelectMany(medium => medium.LooseFiles).ToList();
        foreach (var kind in (string[])[CarrierPlan.Floppy, CarrierPlan.Disc])
        {
            if (CarrierPlan.Of(kind, loose) is { } plan && FreeBay(environment, kind.Split('-')[0], drives) is { } bay)
            {
                drives[bay] = plan.MediumName;
                words.Add($"{(loose.Count == 1 ? loose[0].Name : $"{loose.Count} loose files")} can be put on a {(kind == CarrierPlan.Floppy ? "floppy disk" : "disc")} for {environment.Profile.BayTitle(bay)}, which is free.");
                break;
            }
        }

        return (drives, words);
    }

    private static string? FreeBay(EnvironmentToUse environment, string kind, Dictionary<string, string> drives) =>
        environment.Profile.Bays.Where(bay => bay.Value == kind).Select(bay => bay.Key).Order(StringComparer.Ordinal)
            .FirstOrDefault(bay => !environment.TakenBays.Contains(bay) && !drives.ContainsKey(bay));

    private static (int Weight, List<string> Reasons) ByFormat(IReadOnlyList<MediumToRun> media, EnvironmentToUse environment)
    {
        var formats = media.SelectMany(medium => medium.Formats).DistinctBy(format => format.Puid).ToList();
        var (weight, reasons) = (0, new List<string>());
        foreach (var format in formats)
        {
            var able = environment.Software.Where(one => one.Puid == format.Puid && one.Use is FormatUse.Opens or FormatUse.Imports).OrderBy(one => one.Use).FirstOrDefault();
            if (able is not null)
            {
                weight += able.Use == FormatUse.Opens ? Opens : Imports;
                reasons.Add($"{able.ObjectTitle} {(able.Use == FormatUse.Opens ? "opens" : "imports")} {Words(format)}: {format.Example}.");
            }
        }

        return (weight / Math.Max(formats.Count, 1), [.. reasons.Take(MostReasonsByFormat)]);
    }

    private static (int Weight, string Reason) ByFileSystem(IReadOnlyList<MediumToRun> media, EnvironmentToUse environment)
    {
        var known = environment.FileSystems.Select(Family).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var medium in media)
        {
            if (medium.FileSystems.FirstOrDefault(system => known.Contains(Family(system))) is { } same)
            {
                return (KnownFileSystem, $"Its own disks have the file system {same} as well, as {medium.Name} has.");
            }
        }

        if (media.Any(medium => medium.LooseFiles.Count > 0) && known.Contains("FAT"))
        {
            return (KnownFileSystem, "Its own disks have the file system FAT, as a floppy disk made for the files has.");
        }

        var asked = media.SelectMany(medium => medium.FileSystems).Distinct().ToList();
        return (0, asked.Count > 0 ? $"Whether it reads the file system {string.Join(" or ", asked)} is not known." : "Whether it reads the disk is not known.");
    }

    // FAT12, FAT16 and FAT32 are one to whoever reads floppies; ext2 to ext4 likewise, and so on.
    private static string Family(string fileSystem) => fileSystem.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9') is { Length: > 0 } family ? family : fileSystem;

    private static string Words(ContentFormat format) => format.Name.Length > 0 ? $"{format.Name} ({format.Puid})" : format.Puid;

    private sealed record Proposal(int Weight, Suggestion Suggestion);
}
