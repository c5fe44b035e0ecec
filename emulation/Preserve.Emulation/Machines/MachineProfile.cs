namespace Preserve.Emulation.Machines;

/// <summary>A machine without media: what a data file under <c>profiles/</c> says. Immutable; versioned by <see cref="Version"/>.</summary>
public sealed record MachineProfile
{
    /// <summary>Stable name, <c>[a-z0-9-]{1,64}</c>, such as <c>pc-486</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Counts up with each change that a guest could notice.</summary>
    public required int Version { get; init; }

    /// <summary>What a visitor reads, such as "PC with 486 processor".</summary>
    public required string Title { get; init; }

    /// <summary>One or two sentences for the label.</summary>
    public string Description { get; init; } = "";

    /// <summary>First year such a machine was sold.</summary>
    public int? Year { get; init; }

    /// <summary>Which engine builds it: <see cref="IMachineEngine.Id"/>.</summary>
    public required string Engine { get; init; }

    /// <summary>Instruction set as the engine names it: i386, ppc, sparc, aarch64.</summary>
    public required string Architecture { get; init; }

    /// <summary>Versioned machine type, never an alias, such as <c>pc-i440fx-7.2</c>.</summary>
    public required string MachineType { get; init; }

    /// <summary>Processor model, explicit; null where the machine type has exactly one.</summary>
    public string? Processor { get; init; }

    /// <summary>Properties of the machine type, each <c>name=value</c>.</summary>
    public IReadOnlyList<string> MachineOptions { get; init; } = [];

    /// <summary>Display adapter that the board has built in and that the engine must be told to fit; null where it is one of <see cref="Devices"/>.</summary>
    public string? BoardDisplay { get; init; }

    /// <summary>Machine names of archive manifests that mean this profile.</summary>
    public IReadOnlyList<string> ManifestMachines { get; init; } = [];

    public required MemoryRange MemoryMiB { get; init; }

    /// <summary>Devices beyond the board, each in the engine's own words; the order is kept.</summary>
    public IReadOnlyList<string> Devices { get; init; } = [];

    public required IReadOnlyList<DriveBay> Bays { get; init; }

    /// <summary>What a kernel in the kernel bay is told, word by word, such as <c>quiet</c>; empty for nothing.</summary>
    public IReadOnlyList<string> KernelArguments { get; init; } = [];

    /// <summary>Ways to boot, first the usual one.</summary>
    public required IReadOnlyList<BootSource> Boot { get; init; }

    public required DisplayKind Display { get; init; }

    /// <summary>
    /// Milliseconds from the start until the display is first looked at, 0 to 5000; for an emulated display that cannot bear being looked at
    /// while the guest sets it up. 0 for all others.
    /// </summary>
    public int DisplayAfterMilliseconds { get; init; }

    /// <summary>Width of a pixel over its height by guest mode, such as "640x200": 0.4167; 1 for modes that are not listed.</summary>
    public IReadOnlyDictionary<string, double> PixelAspect { get; init; } = new Dictionary<string, double>();

    public required PointerKind Pointer { get; init; }

    /// <summary>Sound devices in words a visitor knows, such as "PC speaker"; empty for a silent machine.</summary>
    public IReadOnlyList<string> Sound { get; init; } = [];

    /// <summary>Whether it has a parallel port (LPT1 on a PC), and something that takes down what is sent there.</summary>
    public bool ParallelPort { get; init; }

    /// <summary>Character set of the text screen, such as cp437 or windows-1252; null where text cannot be read.</summary>
    public string? TextCodePage { get; init; }

    /// <summary>Keyboard that software on this machine usually takes for granted, such as us, de or fr; for text that is typed for the visitor.</summary>
    public string KeyboardLayout { get; init; } = "us";

    /// <summary>Milliseconds from one typed key to the next where nobody can tell whether the guest has taken the last one, 4 to 1000.</summary>
    public int KeyIntervalMilliseconds { get; init; } = 40;

    /// <summary>What the guest's clock says at start, and whether it runs.</summary>
    public ClockPolicy Clock { get; init; } = new();
}

/// <summary>Sizes of guest memory in MiB that the machine works with.</summary>
public sealed record MemoryRange(int Default, int Minimum, int Maximum);

/// <summary>A place for a medium.</summary>
/// <param name="Id">Such as <c>floppy0</c>, <c>disk1</c>, <c>optical0</c>, <c>kernel</c>, <c>ramdisk</c>.</param>
/// <param name="Kind">What fits in.</param>
/// <param name="Title">What a visitor reads, such as "Drive A:".</param>
/// <param name="Device">The engine's device for it, in the engine's own words; empty where the board has it built in.</param>
/// <param name="Removable">Whether the medium can be changed while the machine runs.</param>
public sealed record DriveBay(string Id, BayKind Kind, string Title, string Device, bool Removable);

/// <summary>What a bay takes.</summary>
public enum BayKind
{
    Floppy,
    HardDisk,
    Optical,
    Kernel,
    SdCard,

    /// <summary>First file system of a kernel (initrd), loaded beside it.</summary>
    Ramdisk,
}

/// <summary>Where a machine boots from.</summary>
public enum BootSource
{
    Floppy,
    Disk,
    Optical,
    Kernel,
    Firmware,
}

/// <summary>What kind of picture the machine makes.</summary>
public enum DisplayKind
{
    /// <summary>VGA or another PC adapter with text modes at 0xB8000.</summary>
    Vga,

    /// <summary>A plain framebuffer.</summary>
    Framebuffer,
}

/// <summary>How the guest understands the mouse.</summary>
public enum PointerKind
{
    None,

    /// <summary>Reports movement: the page locks the pointer.</summary>
    Relative,

    /// <summary>Reports a position: the visitor's pointer is the guest's.</summary>
    Absolute,
}

/// <summary>What the guest's clock says.</summary>
public sealed record ClockPolicy
{
    /// <summary>Local time in the guest at start, or null for the host's time in UTC.</summary>
    public DateTime? StartsAt { get; init; }
}
