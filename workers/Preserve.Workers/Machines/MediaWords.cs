using Preserve.Emulation.Machines;

namespace Preserve.Workers.Machines;

/// <summary>The catalog's words for media and boot in the emulation's terms, and back. Null for a word that is not known.</summary>
internal static class MediaWords
{
    /// <summary>Such as <c>floppy-1440K</c>, <c>harddisk</c>, <c>optical</c>: docs/archive-format.md.</summary>
    public static BayKind? Bay(string kind) => kind.Split('-')[0] switch
    {
        "floppy" => BayKind.Floppy,
        "harddisk" => BayKind.HardDisk,
        "optical" => BayKind.Optical,
        "kernel" => BayKind.Kernel,
        "sdcard" => BayKind.SdCard,
        "ramdisk" => BayKind.Ramdisk,
        _ => null,
    };

    public static ImageFormat? Format(string format) => format switch
    {
        "raw" => ImageFormat.Raw,
        "qcow2" => ImageFormat.Qcow2,
        "vmdk" => ImageFormat.Vmdk,
        "vhd" => ImageFormat.Vhd,
        "vdi" => ImageFormat.Vdi,
        _ => null,
    };

    public static BootSource? Boot(string boot) => boot switch
    {
        "floppy" => BootSource.Floppy,
        "disk" => BootSource.Disk,
        "optical" => BootSource.Optical,
        "kernel" => BootSource.Kernel,
        "firmware" => BootSource.Firmware,
        _ => null,
    };

    public static string Word(BayKind kind) => kind.ToString().ToLowerInvariant();

    public static string Word(BootSource boot) => boot.ToString().ToLowerInvariant();
}
