using Preserve.Emulation.Machines;
using Preserve.Sandbox;

namespace Preserve.Emulation.Qemu;

/// <summary>What of a build is shown in the sandbox, and what tells QEMU of it.</summary>
internal static class QemuBuildMounts
{
    public static IEnumerable<SandboxMount> Of(EmulatorBuild build) =>
    [
        .. build.FirmwareFolders.Select((folder, index) => build.IsRegistered ? new SandboxMount(folder, QemuPaths.Mounted(QemuPaths.Firmware(index))) : SandboxMount.Same(folder)),
        .. Own(build),
    ];

    /// <summary>Without the firmware, which is not needed to ask a program about itself.</summary>
    public static IEnumerable<SandboxMount> Own(EmulatorBuild build) =>
    [
        .. build.LibraryFolders.Select((folder, index) => new SandboxMount(folder, QemuPaths.Mounted(QemuPaths.Libraries(index)))),
        .. build.ModuleFolder is { } modules ? [new SandboxMount(modules, QemuPaths.Mounted(QemuPaths.Modules))] : Array.Empty<SandboxMount>(),
    ];

    public static IReadOnlyDictionary<string, string> Environment(EmulatorBuild build)
    {
        // Each arena of the C library reserves 64 MiB of address space, which is what the memory bound counts.
        var environment = new Dictionary<string, string> { ["MALLOC_ARENA_MAX"] = "2" };
        if (build.LibraryFolders.Count > 0)
        {
            environment["LD_LIBRARY_PATH"] = string.Join(':', build.LibraryFolders.Select((_, index) => QemuPaths.Libraries(index)));
        }

        if (build.ModuleFolder is not null)
        {
            environment["QEMU_MODULE_DIR"] = QemuPaths.Modules;
        }

        return environment;
    }
}
