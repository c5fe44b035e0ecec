using Preserve.Catalog.Characterisation;

namespace Preserve.Catalog.Suggestions;

/// <summary>A medium for which a machine is looked for.</summary>
/// <param name="Name">What drives refer to.</param>
/// <param name="Kind">As the catalog has it, such as <c>floppy-1440K</c>; null where nobody has said, and then it is guessed.</param>
/// <param name="LengthInBytes">Of the disk, unpacked.</param>
/// <param name="Facts">What it says about itself.</param>
public sealed record MediumToRun(string Name, string? Kind, long LengthInBytes, MediumFacts Facts)
{
    private const long LargestFloppy = 2_949_120;

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

        return LengthInBytes <= LargestFloppy && Facts.PcPartitions.Count == 0 && LengthInBytes % 512 == 0 ? "floppy" : "harddisk";
    }
}
