namespace Preserve.Emulation.Machines;

/// <summary>One machine to start: a profile with media in its bays and every choice made. An object model; the engine turns it into a command line.</summary>
public sealed record MachineDefinition
{
    public required MachineProfile Profile { get; init; }

    public required int MemoryMiB { get; init; }

    /// <summary>Bay to medium. A bay that is not listed is empty.</summary>
    public required IReadOnlyList<DriveContent> Drives { get; init; }

    public required BootSource Boot { get; init; }

    public required ClockPolicy Clock { get; init; }

    /// <summary>Instructions per second as 1000 / 2^shift MIPS, or null for as fast as the host can.</summary>
    public int? SpeedShift { get; init; }

    /// <summary>
    /// Virtual time: each instruction takes 2^shift ns of the guest's time, 0 to 10, and the guest never waits, so that a boot takes only its work. Null for
    /// real time. Not together with <see cref="SpeedShift"/>. Not every guest bears it.
    /// </summary>
    public int? VirtualTimeShift { get; init; }

    /// <summary>Media that are in no bay yet but may be inserted while the machine runs.</summary>
    public IReadOnlyList<MediumFile> Shelf { get; init; } = [];

    /// <summary>Longest life of the machine; the sandbox's processor time follows from it.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromHours(4);

    /// <summary>Whether it gives way to everything else on the host, as a boot that nobody waits for does.</summary>
    public bool IsBackground { get; init; }

    /// <summary>Largest overlay of a writable bay, in bytes.</summary>
    public long OverlayLengthInBytes { get; init; } = 1L << 30;
}

/// <summary>A medium in a bay.</summary>
public sealed record DriveContent(string Bay, MediumFile Medium);

/// <summary>One stored image. Read-only for ever: a writable bay gets a private overlay on it.</summary>
/// <param name="Sha256">Digest in lower-case hexadecimal; also its name inside the sandbox, <c>/media/{sha256}</c>.</param>
/// <param name="HostPath">Where the storage keeps it. Shown to the sandbox only.</param>
/// <param name="Format">Container format, always explicit, never probed.</param>
/// <param name="LengthInBytes">Length of the file.</param>
/// <param name="Kind">What kind of carrier it is.</param>
/// <param name="Label">What is written on it, for the visitor.</param>
public sealed record MediumFile(string Sha256, string HostPath, ImageFormat Format, long LengthInBytes, BayKind Kind, string Label);

/// <summary>Container formats of disk images that can be attached.</summary>
public enum ImageFormat
{
    Raw,
    Qcow2,
    Vmdk,
    Vhd,
    Vdi,
}
