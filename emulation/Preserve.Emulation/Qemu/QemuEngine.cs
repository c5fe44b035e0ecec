using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Preserve.Emulation.Builds;
using Preserve.Emulation.Machines;
using Preserve.Emulation.Media;
using Preserve.Sandbox;

namespace Preserve.Emulation.Qemu;

/// <summary>Machines on QEMU. Safe for concurrent callers.</summary>
/// <remarks>
/// <code>
/// definition ─► QemuDefinitionValidator ─► QemuOverlays ─► QemuCommandLine ─► QemuSandbox ─► QemuStart ─► QemuMachine
///                 (1) all errors            (2) inspect,     (3) arguments     (4) bounds    (5) sockets   (6) runs
///                                               overlay
/// </code>
/// </remarks>
public sealed class QemuEngine : IMachineEngine, IDisposable
{
    /// <summary>Name that profiles refer to.</summary>
    public const string EngineId = "qemu";

    private const string PrivateFolderName = "machine";

    private readonly ISandbox _sandbox;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly QemuInstallation _installation;
    private readonly BuildRegister _register;
    private readonly QemuOverlays _overlays;
    private readonly SemaphoreSlim _measuring = new(1, 1);
    private volatile IReadOnlyList<EmulatorBuild>? _builds;

    public QemuEngine(ISandbox sandbox, ImageInspector inspector, TimeProvider time, ILogger<QemuEngine> logger, BuildRegister? register = null)
        : this(sandbox, inspector, time, logger, new QemuInstallation(), register)
    {
    }

    internal QemuEngine(
        ISandbox sandbox, ImageInspector inspector, TimeProvider time, ILogger logger, QemuInstallation installation, BuildRegister? register = null)
    {
        (_sandbox, _time, _logger, _installation) = (sandbox, time, logger, installation);
        _register = register ?? new BuildRegister(null, null);
        _overlays = new QemuOverlays(inspector);
    }

    public string Id => EngineId;

    public EngineCapabilities Capabilities { get; } = new(ChangesMedia: true, Sound: true, Text: true, Speed: true, SavesState: true, Pauses: true);

    public async Task<IReadOnlyList<EmulatorBuild>> FindBuildsAsync(CancellationToken cancellationToken)
    {
        if (_builds is { } known)
        {
            return known;
        }

        await _measuring.WaitAsync(cancellationToken);
        try
        {
            return _builds ??= await MeasureAllAsync(cancellationToken);
        }
        finally
        {
            _measuring.Release();
        }
    }

    public Task<EmulatorBuild> MeasureAsync(BuildFolder folder, CancellationToken cancellationToken) =>
        new QemuBuilds(_sandbox, _installation).MeasureAsync(folder, cancellationToken);

    public Task<IReadOnlyList<string>> FindProblemsAsync(CancellationToken cancellationToken) => Task.FromResult(_installation.Problems());

    public IReadOnlyList<string> Validate(MachineDefinition definition) => QemuDefinitionValidator.Validate(definition);

    public Task<IMachine> StartAsync(MachineDefinition definition, EmulatorBuild build, string folder, CancellationToken cancellationToken) =>
        StartAsync(definition, build, folder, null, cancellationToken);

    public Task<IMachine> ResumeAsync(MachineDefinition definition, EmulatorBuild build, string folder, string saved, CancellationToken cancellationToken) =>
        StartAsync(definition, build, folder, new QemuSavedState(saved), cancellationToken);

    public string Fingerprint(MachineDefinition definition, EmulatorBuild build)
    {
        var program = build.Programs.GetValueOrDefault(definition.Profile.Architecture)?.Sha256 ?? "";
        string[] parts = [program, build.FirmwareSha256, .. QemuCommandLine.Build(definition, build)];
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(parts)));
    }

    private async Task<IMachine> StartAsync(
        MachineDefinition definition, EmulatorBuild build, string folder, QemuSavedState? saved, CancellationToken cancellationToken)
    {
        // (1)
        var errors = Validate(definition);
        if (errors.Count > 0)
        {
            throw new MachineException(string.Join(' ', errors));
        }

        if (!build.Programs.TryGetValue(definition.Profile.Architecture, out var program) || !File.Exists(program.Path))
        {
            throw new MachineException(QemuInstallation.Missing(definition.Profile.Architecture));
        }

        // (2)
        var privateFolder = Path.Combine(folder, PrivateFolderName);
        CreatePrivateFolder(privateFolder);
        await _overlays.CreateAsync(definition, privateFolder, saved, cancellationToken);

        // (3) and (4)
        IReadOnlyList<string> arguments = [.. QemuCommandLine.Build(definition, build), .. saved is null ? [] : QemuSavedState.Arguments];
        var spec = QemuSandbox.Spec(definition, build, program, privateFolder, arguments);

        // (5) and (6)
        var start = new QemuStart(_sandbox, _time, _logger);
        return await start.RunAsync(definition, spec, saved, cancellationToken);
    }

    public IReadOnlyList<MachineOverlay> OverlaysOf(MachineDefinition definition, string folder) =>
    [
        .. QemuMedium.AllOf(definition).Where(medium => medium is { Kind: BayKind.Floppy or BayKind.HardDisk, Bay: not null })
            .Select(medium => new MachineOverlay(medium.Bay!.Id, medium.Medium, Path.Combine(folder, PrivateFolderName), QemuPaths.OverlayName(medium.Slot))),
    ];

    public Task<string?> FindOverlayProblemAsync(MediumFile medium, string overlay, CancellationToken cancellationToken) =>
        _overlays.FindProblemAsync(medium, overlay, cancellationToken);

    public string WriteScript(MachineDefinition definition, EmulatorBuild build) =>
        QemuScript.Write(definition, build);

    /// <summary>Running machines belong to those who started them.</summary>
    public void Dispose() => _measuring.Dispose();

    /// <summary>The distribution's builds, newest first, then the registered ones. One that does not run here is left out, and said so.</summary>
    private async Task<IReadOnlyList<EmulatorBuild>> MeasureAllAsync(CancellationToken cancellationToken)
    {
        var builds = new List<EmulatorBuild>(await new QemuBuilds(_sandbox, _installation).MeasureAsync(cancellationToken));
        try
        {
            foreach (var folder in _register.Folders.Where(folder => folder.Engine == EngineId && builds.All(build => build.Id != folder.Name)))
            {
                builds.Add(await MeasureAsync(folder, cancellationToken));
            }
        }
        catch (EmulatorBuildException e)
        {
            _logger.LogWarning("A registered emulator cannot be used: {Problem}", e.Message);
        }

        return builds;
    }

    private void CreatePrivateFolder(string path)
    {
        try
        {
            _sandbox.CreatePrivateFolder(path);
        }
        catch (SandboxException e)
        {
            throw new MachineException(e.Message, e);
        }
    }
}
