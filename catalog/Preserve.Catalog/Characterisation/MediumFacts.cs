using Preserve.Catalog.Database;

namespace Preserve.Catalog.Characterisation;

/// <summary>What a file says about itself as a medium, read from fixed places. All null or empty for a file that is no medium.</summary>
public sealed record MediumFacts
{
    /// <summary>Partitions and boot catalog entries that are kept, each.</summary>
    public const int MostEntries = 64;

    private const int LongestText = 255;

    /// <summary>The form in which the file holds a disk; none for raw sectors.</summary>
    public DiskContainerKind Container { get; init; }

    /// <summary>The first sector, where it is a PC's boot sector.</summary>
    public BootSector? BootSector { get; init; }

    /// <summary>Partitions of the PC's table in the first sector; extended ones are not followed.</summary>
    public IReadOnlyList<PcPartition> PcPartitions { get; init; } = [];

    /// <summary>What the optical disc says; null where it is none.</summary>
    public OpticalDisc? Disc { get; init; }

    /// <summary>What belongs to a Macintosh; null where nothing does.</summary>
    public MacintoshMedium? Macintosh { get; init; }

    /// <summary>Text of the Sun disk label (SPARC); null where there is none.</summary>
    public string? SunLabel { get; init; }

    /// <summary>A program that a machine loads by itself.</summary>
    public KernelKind Kernel { get; init; }

    /// <summary>Whether it begins with the mark of another file system that needs no boot sector: ext2 to ext4, UFS.</summary>
    public bool HasUnixFileSystem { get; init; }

    /// <summary>Whether it is worth looking for file systems in it.</summary>
    internal bool IsDisk => BootSector is not null || Disc is not null || Macintosh is not null || SunLabel is not null || HasUnixFileSystem;

    /// <summary>The same within bounds, for what comes from a hostile place.</summary>
    internal MediumFacts Bounded() => this with
    {
        BootSector = BootSector is null ? null : BootSector with
        {
            OemName = Fit(BootSector.OemName),
            VolumeLabel = Fit(BootSector.VolumeLabel),
            FileSystemName = Fit(BootSector.FileSystemName),
        },
        PcPartitions = [.. PcPartitions.OfType<PcPartition>().Take(MostEntries)],
        Disc = Disc is null ? null : Disc with
        {
            VolumeId = Fit(Disc.VolumeId),
            SystemId = Fit(Disc.SystemId),
            Publisher = Fit(Disc.Publisher),
            Application = Fit(Disc.Application),
            Created = Fit(Disc.Created),
            BootEntries = [.. Disc.BootEntries.OfType<BootEntry>().Take(MostEntries)],
        },
        Macintosh = Macintosh is null ? null : Macintosh with
        {
            VolumeName = Fit(Macintosh.VolumeName),
            PartitionTypes = [.. Macintosh.PartitionTypes.OfType<string>().Take(MostEntries).Select(Fit)],
        },
        SunLabel = SunLabel is null ? null : Fit(SunLabel),
    };

    private static string Fit(string text) => ColumnLengths.Fit(text, LongestText);
}

/// <summary>A PC's boot sector: 55 AA in its last two bytes.</summary>
public sealed record BootSector
{
    /// <summary>Who formatted it, in its own words.</summary>
    public string OemName { get; init; } = "";

    /// <summary>Geometry of the disk; null where the sector has none.</summary>
    public DiskGeometry? Geometry { get; init; }

    /// <summary>As the sector has it; the root folder may say otherwise.</summary>
    public string VolumeLabel { get; init; } = "";

    /// <summary>Such as <c>FAT12</c>, as the sector has it.</summary>
    public string FileSystemName { get; init; } = "";

    /// <summary>Whether there is more in it than zeros and a table.</summary>
    public bool HasCode { get; init; }
}

/// <summary>What the BIOS parameter block says.</summary>
public sealed record DiskGeometry(int BytesPerSector, long Sectors, int SectorsPerTrack, int Heads, byte MediaDescriptor);

/// <summary>An entry of a PC's partition table.</summary>
/// <param name="Type">System indicator, such as 0x06 for FAT16.</param>
/// <param name="IsActive">Whether it is the one to boot.</param>
/// <param name="FirstSector">Of 512 bytes.</param>
/// <param name="Sectors">Of 512 bytes.</param>
public sealed record PcPartition(byte Type, bool IsActive, long FirstSector, long Sectors);

/// <summary>What the descriptors of an optical disc say (ECMA-119, ECMA-167, El Torito 1.0).</summary>
public sealed record OpticalDisc
{
    public string VolumeId { get; init; } = "";

    public string SystemId { get; init; } = "";

    public string Publisher { get; init; } = "";

    public string Application { get; init; } = "";

    /// <summary>As the disc has it, <c>YYYYMMDDHHMMSS</c>; empty where it does not say.</summary>
    public string Created { get; init; } = "";

    public bool IsIso9660 { get; init; }

    public bool IsUdf { get; init; }

    public bool HasJoliet { get; init; }

    /// <summary>2048, or 2352 for an image of raw sectors.</summary>
    public int BytesPerSector { get; init; } = 2048;

    public IReadOnlyList<BootEntry> BootEntries { get; init; } = [];
}

/// <summary>An entry of the El Torito boot catalog.</summary>
/// <param name="Platform">0 for the PC, 1 for the PowerPC, 2 for the Macintosh, 0xEF for EFI.</param>
/// <param name="IsBootable">Whether it is to be booted.</param>
/// <param name="Emulation">0 none, 1 to 3 floppies of 1.2, 1.44 and 2.88 MB, 4 a hard disk.</param>
/// <param name="FirstSector">Of 2048 bytes.</param>
public sealed record BootEntry(byte Platform, bool IsBootable, byte Emulation, long FirstSector);

/// <summary>What belongs to a Macintosh (Inside Macintosh: Files and Devices; TN1150).</summary>
public sealed record MacintoshMedium
{
    /// <summary>Whether it begins with boot blocks that a Macintosh starts from.</summary>
    public bool HasBootBlocks { get; init; }

    /// <summary>Types of the Apple partition map, such as <c>Apple_HFS</c>.</summary>
    public IReadOnlyList<string> PartitionTypes { get; init; } = [];

    /// <summary>The file system, by itself or in the first partition that has one.</summary>
    public MacintoshFileSystem FileSystem { get; init; }

    public string VolumeName { get; init; } = "";

    /// <summary>Byte at which <see cref="FileSystem"/> begins.</summary>
    public long FileSystemOffset { get; init; }
}

/// <summary>File systems of the Macintosh.</summary>
public enum MacintoshFileSystem
{
    None,
    Mfs,
    Hfs,
    HfsPlus,
}

/// <summary>Programs that machines load by themselves.</summary>
public enum KernelKind
{
    None,
    LinuxX86,
    MultibootX86,
    LinuxArm64,

    /// <summary>Plain 64-bit ARM code that begins by asking which processor it runs on, as programs for the bare Raspberry Pi do.</summary>
    PlainArm64,
    ElfX86,
    ElfArm64,
    ElfPowerPc,
    ElfSparc,
}
