using Preserve.Emulation.Machines;
using Preserve.Sandbox;

namespace Preserve.Emulation.Qemu;

/// <summary>What the sandbox of a machine shows and allows.</summary>
internal static class QemuSandbox
{
    private const long MiB = 1 << 20;

    /// <summary>
    /// Address space beside guest memory and translated code. Measured on 7.2: 150 to 240 MiB with an idle machine; up to 64
    /// threads for disk access, 8 MiB of stack each, may come on top.
    /// </summary>
    private const long MarginMiB = 768;

    private const int MaximumThreads = 128;

    /// <summary>Space in the private folder for what is no overlay: at most the picture of the largest screen.</summary>
    private const long OtherFilesLengthInBytes = 64 * MiB;

    public static SandboxSpec Spec(
        MachineDefinition definition, EmulatorBuild build, EmulatorProgram program, string privateFolder, IReadOnlyList<string> arguments) => new()
        {
            Name = QemuEngine.EngineId,
            Program = program.Path,
            Arguments = arguments,
            Environment = QemuBuildMounts.Environment(build),
            ReadOnlyMounts =
            [
                .. QemuBuildMounts.Of(build),
                .. QemuMedium.AllOf(definition).SelectMany(medium => medium.Medium.Chain).DistinctBy(medium => medium.Sha256)
                    .Select(medium => new SandboxMount(medium.HostPath, QemuPaths.Mounted(QemuPaths.Medium(medium)))),
            ],
            PrivateFolder = new SandboxMount(privateFolder, QemuPaths.Mounted(QemuPaths.PrivateFolder)),
            Bounds = Bounds(definition),
            Filter = SandboxFilter.Own,
            IsBackground = definition.IsBackground,
        };

    private static SandboxBounds Bounds(MachineDefinition definition)
    {
        var overlays = QemuMedium.AllOf(definition).Count(medium => medium.IsWritable);
        return new SandboxBounds
        {
            MemoryInBytes = (definition.MemoryMiB + QemuCommandLine.TranslationBufferMiB + MarginMiB) * MiB,

            // The processor and the devices each run on a thread of their own.
            ProcessorTime = TimeSpan.FromMinutes(1) + (2 * definition.Lifetime),
            Processes = MaximumThreads,
            FileLengthInBytes = Math.Max(definition.OverlayLengthInBytes, OtherFilesLengthInBytes),
            PrivateFolderLengthInBytes = (overlays * definition.OverlayLengthInBytes) + OtherFilesLengthInBytes,
        };
    }
}
