using System.Globalization;
using Preserve.Emulation.Machines;
using Preserve.Emulation.Sound;

namespace Preserve.Emulation.Qemu;

/// <summary>Turns a definition into QEMU's arguments. The one place that does; no host path and no user text gets through it.</summary>
internal static class QemuCommandLine
{
    /// <summary>Size of the buffer for translated code, in MiB. Explicit, or QEMU reserves 1 GiB of address space.</summary>
    public const int TranslationBufferMiB = 64;

    private const string Sound = "snd0";
    private const string Printer = "lpt0";

    /// <param name="definition">A definition that <see cref="QemuDefinitionValidator"/> found sound.</param>
    /// <param name="build">The build that gets them.</param>
    public static IReadOnlyList<string> Build(MachineDefinition definition, EmulatorBuild build)
    {
        var media = QemuMedium.AllOf(definition);
        return
        [
            "-no-user-config",
            "-nodefaults",
            "-nic", "none",
            "-sandbox", "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny",
            "-accel", $"tcg,tb-size={TranslationBufferMiB}",
            .. Firmware(build),
            .. Board(definition),
            .. Outside(definition.Profile),
            .. Clock(definition),
            .. definition.Profile.Devices.SelectMany(device => new[] { "-device", device }),
            .. Nodes(media),
            .. definition.Profile.Bays.SelectMany(bay => Drive(definition, bay)),
            .. Boot(definition),
        ];
    }

    /// <summary>A build of the distribution knows where its firmware is; any other is told.</summary>
    private static IEnumerable<string> Firmware(EmulatorBuild build) =>
        build.IsRegistered ? build.FirmwareFolders.SelectMany((_, index) => new[] { "-L", QemuPaths.Firmware(index) }) : [];

    private static IEnumerable<string> Board(MachineDefinition definition)
    {
        var profile = definition.Profile;
        yield return "-machine";
        yield return string.Join(',', [profile.MachineType, .. profile.MachineOptions]);
        if (profile.Processor is not null)
        {
            yield return "-cpu";
            yield return profile.Processor;
        }

        yield return "-m";
        yield return definition.MemoryMiB.ToString(CultureInfo.InvariantCulture);
        if (profile.BoardDisplay is not null || profile.Display == DisplayKind.Vga)
        {
            yield return "-vga";
            yield return profile.BoardDisplay ?? "none";
        }
    }

    private static IEnumerable<string> Outside(MachineProfile profile)
    {
        var hasSound = profile.Sound.Count > 0;
        if (hasSound)
        {
            yield return "-audiodev";
            // The mixer runs at the rate at which the sound is taken from it: converted once, from what the card plays.
            yield return $"none,id={Sound},out.frequency={RfbSound.Rate}";
        }

        yield return "-display";
        yield return "none";
        yield return "-vnc";

        // Without this, QEMU presses lock keys of its own accord when it thinks that ours and the guest's differ.
        yield return $"unix:{QemuPaths.Inside(QemuPaths.DisplaySocketName)},lock-key-sync=off" + (hasSound ? $",audiodev={Sound}" : "");
        yield return "-qmp";
        yield return $"unix:{QemuPaths.Inside(QemuPaths.MonitorSocketName)},server=on,wait=off";
        if (profile.ParallelPort)
        {
            yield return "-chardev";
            yield return $"socket,id={Printer},path={QemuPaths.Inside(QemuPaths.PrinterSocketName)},server=on,wait=off";
            yield return "-device";
            yield return $"isa-parallel,chardev={Printer}";
        }
    }

    private static IEnumerable<string> Clock(MachineDefinition definition)
    {
        yield return "-rtc";
        yield return definition switch
        {
            { Clock.StartsAt: { } start } => string.Create(CultureInfo.InvariantCulture, $"base={start:yyyy-MM-ddTHH:mm:ss},clock=vm"),
            { VirtualTimeShift: not null } => "base=utc,clock=vm",
            _ => "base=utc,clock=host",
        };
        if (definition.VirtualTimeShift is { } virtualShift)
        {
            yield return "-icount";
            yield return string.Create(CultureInfo.InvariantCulture, $"shift={virtualShift},sleep=off");
        }

        if (definition.SpeedShift is { } shift)
        {
            yield return "-icount";
            yield return string.Create(CultureInfo.InvariantCulture, $"shift={shift},align=on,sleep=on");
        }
    }

    private static IEnumerable<string> Nodes(IEnumerable<QemuMedium> media) =>
        media.Where(medium => medium.Bay is not { Device: "" })
            .SelectMany(QemuBlockNodes.Of)
            .SelectMany(node => new[] { "-blockdev", node.ToJsonString() });

    private static string[] Drive(MachineDefinition definition, DriveBay bay)
    {
        var medium = definition.Drives.FirstOrDefault(drive => drive.Bay == bay.Id)?.Medium;
        return bay switch
        {
            { Kind: BayKind.Kernel } => medium is null ? [] : Kernel(definition.Profile, medium),
            { Kind: BayKind.Ramdisk } => medium is null ? [] : ["-initrd", QemuPaths.Medium(medium)],
            { Kind: BayKind.SdCard, Device: "" } => medium is null ? [] : BoardSdCard(bay.Id, medium),
            _ when medium is null && !bay.Removable => [],
            _ => ["-device", Device(definition, bay, medium is not null)],
        };
    }

    private static string[] Kernel(MachineProfile profile, MediumFile medium) =>
    [
        "-kernel", QemuPaths.Medium(medium),
        .. profile.KernelArguments.Count == 0 ? [] : (string[])["-append", string.Join(' ', profile.KernelArguments)],
    ];

    private static string Device(MachineDefinition definition, DriveBay bay, bool isFilled) =>
        $"{bay.Device},id={bay.Id}"
        + (bay.Kind == BayKind.Floppy ? $",drive-type={FloppyDriveType.For(definition, bay.Id)}" : "")
        + (isFilled ? $",drive={bay.Id}" : "");

    /// <summary>The board makes its card reader itself and takes only the old form of a drive; the driver is explicit all the same.</summary>
    private static string[] BoardSdCard(string bay, MediumFile medium) =>
    [
        "-drive",
        $"if=sd,index=0,driver=qcow2,file.driver=file,file.filename={QemuPaths.Overlay(bay)}"
        + $",backing.driver={QemuBlockNodes.Driver(medium.Format)},backing.read-only=on"
        + $",backing.file.driver=file,backing.file.filename={QemuPaths.Medium(medium)},backing.file.read-only=on",
    ];

    private static string[] Boot(MachineDefinition definition) => definition.Boot switch
    {
        BootSource.Floppy => ["-boot", "order=a"],
        BootSource.Disk => ["-boot", "order=c"],
        BootSource.Optical => ["-boot", "order=d"],
        _ => [],
    };
}
