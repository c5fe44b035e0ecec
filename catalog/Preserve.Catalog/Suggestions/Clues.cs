using Preserve.Catalog.Characterisation;

namespace Preserve.Catalog.Suggestions;

/// <summary>Reads clues out of what media say about themselves. Knows architectures and ways to boot, no machine.</summary>
internal static class Clues
{
    private const string Pc = "i386";
    private const string PowerPc = "ppc";
    private const string Sparc = "sparc";
    private const string Arm64 = "aarch64";

    // System indicators of the PC partition table.
    private const byte PowerPcReferencePlatform = 0x41;

    // El Torito 1.0, figure 2, and the UEFI specification 13.3.2.1.
    private const byte PcPlatform = 0;
    private const byte PowerPcPlatform = 1;
    private const byte MacintoshPlatform = 2;

    public static IEnumerable<Clue> Of(MediumToRun medium) => medium.BayKind switch
    {
        "optical" => OfDisc(medium),
        "kernel" => OfKernel(medium),
        "floppy" or "harddisk" or "sdcard" => OfDisk(medium),
        _ => [],
    };

    private static IEnumerable<Clue> OfDisk(MediumToRun medium)
    {
        var facts = medium.Facts;
        var boot = medium.BayKind == "floppy" ? "floppy" : "disk";
        if (facts.PcPartitions.FirstOrDefault(partition => partition.Type == PowerPcReferencePlatform) is not null)
        {
            yield return new Clue(PowerPc, boot, medium.Name, 95, $"{medium.Name} has a boot partition of the PowerPC Reference Platform.");
        }

        if (facts.SunLabel is not null)
        {
            yield return new Clue(Sparc, boot, medium.Name, 95, $"{medium.Name} has a Sun disk label, as SPARC machines write.");
        }

        if (facts.Macintosh is { } macintosh)
        {
            yield return macintosh.HasBootBlocks
                ? new Clue(PowerPc, boot, medium.Name, 90, $"{medium.Name} begins with boot blocks of a Macintosh.")
                : new Clue(PowerPc, boot, medium.Name, 40, $"{medium.Name} is a Macintosh's disk, though it has no boot blocks.");
        }

        if (facts.BootSector is { HasCode: true } sector)
        {
            yield return OfBootSector(medium, sector, boot);
        }
    }

    private static Clue OfBootSector(MediumToRun medium, BootSector sector, string boot)
    {
        if (medium.Facts.PcPartitions.FirstOrDefault(partition => partition.IsActive) is { } active)
        {
            return new Clue(Pc, boot, medium.Name, 90, $"{medium.Name} has a PC's boot record with an active partition of type {active.Type:X2}.");
        }

        return sector.Geometry is { SectorsPerTrack: > 0, Heads: > 0 } geometry && boot == "floppy"
            ? new Clue(Pc, boot, medium.Name, 85,
                $"{medium.Name} has a PC's boot sector for {geometry.Sectors / geometry.SectorsPerTrack / geometry.Heads} tracks of {geometry.Heads} sides and {geometry.SectorsPerTrack} sectors.")
            : new Clue(Pc, boot, medium.Name, 80, $"{medium.Name} has a PC's boot sector with a program in it.");
    }

    private static IEnumerable<Clue> OfDisc(MediumToRun medium)
    {
        var facts = medium.Facts;
        foreach (var platform in facts.Disc?.BootEntries.Where(entry => entry.IsBootable).Select(entry => entry.Platform).Distinct() ?? [])
        {
            if (platform == PcPlatform)
            {
                yield return new Clue(Pc, "optical", medium.Name, 90, $"{medium.Name} has an El Torito boot entry for the PC.");
            }
            else if (platform is PowerPcPlatform or MacintoshPlatform)
            {
                yield return new Clue(PowerPc, "optical", medium.Name, 90, $"{medium.Name} has an El Torito boot entry for the PowerPC.");
            }
        }

        if (facts.Macintosh is { HasBootBlocks: true } || facts.Macintosh?.PartitionTypes.Any(type => type.StartsWith("Apple_Driver", StringComparison.Ordinal)) == true)
        {
            yield return new Clue(PowerPc, "optical", medium.Name, 80, $"{medium.Name} has what a Macintosh boots from.");
        }

        if (facts.SunLabel is not null)
        {
            yield return new Clue(Sparc, "optical", medium.Name, 80, $"{medium.Name} has a Sun disk label, as discs for SPARC machines do.");
        }
    }

    private static IEnumerable<Clue> OfKernel(MediumToRun medium)
    {
        var (architecture, words) = medium.Facts.Kernel switch
        {
            KernelKind.LinuxX86 => (Pc, "a Linux kernel for the PC"),
            KernelKind.MultibootX86 => (Pc, "a Multiboot kernel for the PC"),
            KernelKind.ElfX86 => (Pc, "a program for x86 processors"),
            KernelKind.LinuxArm64 => (Arm64, "a Linux kernel for 64-bit ARM"),
            KernelKind.PlainArm64 => (Arm64, "plain 64-bit ARM code that begins by asking for the number of its processor"),
            KernelKind.ElfArm64 => (Arm64, "a program for 64-bit ARM processors"),
            KernelKind.ElfPowerPc => (PowerPc, "a program for PowerPC processors"),
            KernelKind.ElfSparc => (Sparc, "a program for SPARC processors"),
            _ => ("", ""),
        };
        if (architecture.Length > 0)
        {
            yield return new Clue(architecture, "kernel", medium.Name, 90, $"{medium.Name} is {words}.");
        }
    }
}
