using Preserve.Emulation.Machines;

namespace Preserve.Emulation.Qemu;

/// <summary>
/// Where things lie for an emulator, seen from its working directory: the root of its sandbox, or the folder that stands for it where there
/// is none. Made of digests and bay names only, never of host paths or user text.
/// </summary>
internal static class QemuPaths
{
    /// <summary>The machine's private folder, writable.</summary>
    public const string PrivateFolder = "overlay";

    public const string DisplaySocketName = "display.sock";

    public const string MonitorSocketName = "monitor.sock";

    public const string PrinterSocketName = "printer.sock";

    /// <summary>What is on the text page, for as long as it takes to read it.</summary>
    public const string TextPageName = "textpage";

    /// <summary>The ends of the keyboard buffer, for as long as it takes to read them.</summary>
    public const string KeyBufferName = "keybuffer";

    /// <summary>What is on the screen, for as long as it takes to read it.</summary>
    public const string ScreenName = "screen";

    public const string MediaFolder = "media";

    public const string Modules = "modules";

    public static string Firmware(int index) => $"firmware/{index}";

    public static string Libraries(int index) => $"libraries/{index}";

    public static string Medium(MediumFile medium) => $"{MediaFolder}/{medium.Sha256}";

    public static string Overlay(string slot) => $"{PrivateFolder}/{OverlayName(slot)}";

    public static string OverlayName(string slot) => $"{slot}.qcow2";

    public static string Inside(string name) => $"{PrivateFolder}/{name}";

    /// <summary>The same path from the root of a sandbox.</summary>
    public static string Mounted(string path) => $"/{path}";
}
