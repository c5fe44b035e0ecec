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
public sealed record DriveContent(string Bay, MediumFile Medium)
{
    /// <summary>An overlay that an earlier machine left on this medium, to go on with: a file of ours, copied at the start. Null to begin afresh.</summary>
    public string? KeptOverlay { get; init; }
}

/// <summary>What a guest wrote to the medium in a bay, as a file that its emulator made and is not to be trusted.</summary>
/// <param name="Bay">Where the medium is.</param>
/// <param name="Medium">What it lies on.</param>
/// <param name="Folder">The machine's private folder.</param>
/// <param name="Name">Of the file in it: a qcow2 on the medium.</param>
public sealed record MachineOverlay(string Bay, MediumFile Medium, string Folder, string Name);

/// <summary>One stored image. Read-only for ever: a writable bay gets a private overlay on it.</summary>
/// <param name="Sha256">Digest in lower-case hexadecimal; also its name inside the sandbox, <c>/media/{sha256}</c>.</param>
/// <param name="HostPath">Where the storage keeps it. Shown to the sandbox only.</param>
/// <param name="Format">Container format, always explicit, never probed.</param>
/// <param name="LengthInBytes">Length of the file.</param>
/// <param name="Kind">What kind of carrier it is.</param>
/// <param name="Label">What is written on it, for the visitor.</param>
public sealed record MediumFile(string Sha256, string HostPath, ImageFormat Format, long LengthInBytes, BayKind Kind, string Label)
{
    /// <summary>Most images that lie on each other.</summary>
    public const int LongestChain = 16;

    /// <summary>Place in its set, for those who choose: lowest first.</summary>
    public int Order { get; init; }

    /// <summary>What this image lies on: it is an overlay then, a qcow2 that holds only what differs. Null for an image that is whole by itself.</summary>
    public MediumFile? Backing { get; init; }

    /// <summary>This image and all below it, topmost first.</summary>
    public IEnumerable<MediumFile> Chain => Backing is null ? [this] : Backing.Chain.Prepend(this);

    /// <summary>The image at the bottom, which says what kind of disk it is.</summary>
    public MediumFile Base => Backing?.Base ?? this;
}

/// <summary>Container formats of disk images that can be attached.</summary>
public enum ImageFormat
{
    Raw,
    Qcow2,
    Vmdk,
    Vhd,
    Vdi,
}
