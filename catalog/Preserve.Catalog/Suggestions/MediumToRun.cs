using Preserve.Catalog.Carriers;
using Preserve.Catalog.Characterisation;

namespace Preserve.Catalog.Suggestions;

/// <summary>A medium for which a machine is looked for.</summary>
/// <param name="Name">What drives refer to.</param>
/// <param name="Kind">As the catalog has it, such as <c>floppy-1440K</c>; null where nobody has said, and then it is guessed.</param>
/// <param name="LengthInBytes">Of the disk, unpacked.</param>
/// <param name="Facts">What it says about itself.</param>
public sealed record MediumToRun(string Name, string? Kind, long LengthInBytes, MediumFacts Facts)
{
    private const int SectorInBytes = 512;
    private const long SmallestFloppy = 163_840;
    private const long LargestFloppy = 2_949_120;

    // Of one side: 40 or 80, and the one or two more that drives reach.
    private static readonly long[] s_tracks = [40, 41, 42];

    /// <summary>The kind of bay it goes into: floppy, optical, kernel, harddisk, ...; files for what is no carrier.</summary>
    public string BayKind => Kind?.Split('-')[0] ?? Guess();

    /// <summary>Formats of its files: what is on it where it is a disk, what it is where it is loose files.</summary>
    public IReadOnlyList<ContentFormat> Formats { get; init; } = [];

    /// <summary>File systems on it, as they were told: FAT12, ISO9660, HFS, ...</summary>
    public IReadOnlyList<string> FileSystems { get; init; } = [];

    /// <summary>Where it is loose files: those.</summary>
    public IReadOnlyList<CarrierFile> LooseFiles { get; init; } = [];

    /// <summary>The same, where nothing is known of it but its bytes: what says nothing of being a disk is loose files.</summary>
    public string ContentKind => Kind is null && !Facts.IsDisk ? LooseKind : BayKind;

    internal const string LooseKind = "files";

    /// <summary>A file of which nobody has said what it is.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="lengthInBytes">Its length.</param>
    /// <param name="found">What it was found to be.</param>
    public static MediumToRun Of(string name, long lengthInBytes, MediumCharacterisation found) =>
        new(name, null, found.Container?.DiskLengthInBytes ?? lengthInBytes, found.Facts)
        {
            Formats = FormatsOf(found, name),
            FileSystems = FileSystemsOf(found),
            LooseFiles = found.Facts.IsDisk || found.Container is not null ? [] : [new CarrierFile(name, "", lengthInBytes)],
        };

    internal static IReadOnlyList<string> FileSystemsOf(MediumCharacterisation found) => [.. found.Volumes.Select(volume => volume.FileSystem).Distinct()];

    internal static IReadOnlyList<ContentFormat> FormatsOf(MediumCharacterisation found, string name) =>
    [
        .. found.Identification.Matches.Where(match => match.Puid is not null).Select(match => new ContentFormat(match.Puid!, match.Name, name))
            .Concat(found.Contents.Select(one => new ContentFormat(one.Puid, one.Name, one.Example))).DistinctBy(format => format.Puid),
    ];

    private string Guess()
    {
        if (Facts.Disc is not null)
        {
            return "optical";
        }

        var isDisk = Facts.BootSector is not null || Facts.Macintosh is not null || Facts.SunLabel is not null;
        if (Facts.Kernel != KernelKind.None && !isDisk)
        {
            return "kernel";
        }

        return Facts.PcPartitions.Count == 0 && IsLengthOfFloppy(LengthInBytes) ? "floppy" : "harddisk";
    }

    // Whole tracks of a floppy, or less than the smallest has: a program written to its first sectors.
    private static bool IsLengthOfFloppy(long lengthInBytes) =>
        lengthInBytes <= LargestFloppy && lengthInBytes % SectorInBytes == 0
        && (lengthInBytes < SmallestFloppy || s_tracks.Any(tracks => lengthInBytes / SectorInBytes % tracks == 0));
}
