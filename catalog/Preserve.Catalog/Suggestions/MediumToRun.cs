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

    /// <summary>The kind of bay it goes into: floppy, optical, kernel, harddisk, ...</summary>
    public string BayKind => Kind?.Split('-')[0] ?? Guess();

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
