using Preserve.Emulation.Builds;

namespace Preserve.Emulation.Machines;

/// <summary>One way of building machines. QEMU is the first; a second engine is a folder beside it.</summary>
public interface IMachineEngine
{
    /// <summary>Name that profiles refer to, such as <c>qemu</c>.</summary>
    string Id { get; }

    EngineCapabilities Capabilities { get; }

    /// <summary>Builds of this engine that are installed here, with digests, newest distribution build first. Measured once and kept.</summary>
    Task<IReadOnlyList<EmulatorBuild>> FindBuildsAsync(CancellationToken cancellationToken);

    /// <summary>Looks at one folder that is said to hold a build, registered or not.</summary>
    /// <exception cref="EmulatorBuildException">It holds none that runs here.</exception>
    Task<EmulatorBuild> MeasureAsync(BuildFolder folder, CancellationToken cancellationToken);

    /// <summary>What keeps this engine from working here, in words that name the package to install; empty when nothing does.</summary>
    Task<IReadOnlyList<string>> FindProblemsAsync(CancellationToken cancellationToken);

    /// <summary>Everything that is wrong with a definition; empty when it can be started.</summary>
    IReadOnlyList<string> Validate(MachineDefinition definition);

    /// <summary>Builds the sandbox, starts the emulator and connects to its display.</summary>
    /// <param name="definition">What to start.</param>
    /// <param name="build">On which build.</param>
    /// <param name="folder">An empty folder of this machine's own, made by the caller, who deletes it after the machine has ended.
    /// Overlays, sockets and pid file live in it. Its path is short: sockets must stay under 108 bytes.</param>
    /// <param name="cancellationToken">Ends the attempt; what was started is ended too.</param>
    /// <exception cref="MachineException">The emulator is missing, refused an image or an argument, or ended before its display answered.</exception>
    Task<IMachine> StartAsync(MachineDefinition definition, EmulatorBuild build, string folder, CancellationToken cancellationToken);

    /// <summary>Where the machine that runs, or ran, in a folder keeps what its guest wrote to the media in its drives.</summary>
    /// <param name="definition">What was started.</param>
    /// <param name="folder">As given to <see cref="StartAsync"/>.</param>
    IReadOnlyList<MachineOverlay> OverlaysOf(MachineDefinition definition, string folder);

    /// <summary>Whether a file is a sound overlay on a medium and names nothing else: looked at in a sandbox, before it is used again.</summary>
    /// <param name="medium">What it is said to lie on.</param>
    /// <param name="overlay">The file; read only.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What is wrong with it, in words; null when it may be used.</returns>
    /// <exception cref="MachineException">It could not be looked at.</exception>
    Task<string?> FindOverlayProblemAsync(MediumFile medium, string overlay, CancellationToken cancellationToken);

    /// <summary>Starts a machine where another one was saved, instead of booting it.</summary>
    /// <param name="definition">A definition with the same <see cref="Fingerprint"/> as the machine had.</param>
    /// <param name="build">The same build.</param>
    /// <param name="folder">As of <see cref="StartAsync"/>.</param>
    /// <param name="saved">Folder that <see cref="IMachineState.SaveAsync"/> filled. Read only, and by several at a time.</param>
    /// <param name="cancellationToken">As of <see cref="StartAsync"/>.</param>
    /// <exception cref="MachineException">As of <see cref="StartAsync"/>, or what was saved does not load.</exception>
    Task<IMachine> ResumeAsync(MachineDefinition definition, EmulatorBuild build, string folder, string saved, CancellationToken cancellationToken);

    /// <summary>
    /// Of all that a saved machine depends on: the emulator's program and firmware, its complete arguments, and so the media. SHA-256, lower-case hexadecimal.
    /// </summary>
    string Fingerprint(MachineDefinition definition, EmulatorBuild build);

    /// <summary>A shell script that starts the same machine with the emulator alone, for whoever does not have this product. It names media by their digest and holds none.</summary>
    /// <param name="definition">What it starts.</param>
    /// <param name="build">The build whose version and digest it names.</param>
    string WriteScript(MachineDefinition definition, EmulatorBuild build);
}

/// <summary>What an engine can do. Declared and shown, never faked.</summary>
public sealed record EngineCapabilities(bool ChangesMedia, bool Sound, bool Text, bool Speed, bool SavesState, bool Pauses);
