using Microsoft.Extensions.Logging;
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
    private readonly QemuOverlays _overlays;
    private readonly SemaphoreSlim _measuring = new(1, 1);
    private volatile IReadOnlyList<EmulatorBuild>? _builds;

    public QemuEngine(ISandbox sandbox, ImageInspector inspector, TimeProvider time, ILogger<QemuEngine> logger)
        : this(sandbox, inspector, time, logger, new QemuInstallation())
    {
    }

    internal QemuEngine(ISandbox sandbox, ImageInspector inspector, TimeProvider time, ILogger logger, QemuInstallation installation)
    {
        (_sandbox, _time, _logger, _installation) = (sandbox, time, logger, installation);
        _overlays = new QemuOverlays(inspector);
    }

    public string Id => EngineId;

    public EngineCapabilities Capabilities { get; } = new(ChangesMedia: true, Sound: true, Text: true, Speed: true, SavesState: false, Pauses: true);

    public async Task<IReadOnlyList<EmulatorBuild>> FindBuildsAsync(CancellationToken cancellationToken)
    {
        if (_builds is { } known)
        {
            return known;
        }

        await _measuring.WaitAsync(cancellationToken);
        try
        {
            return _builds ??= await new QemuBuilds(_sandbox, _installation).MeasureAsync(cancellationToken);
        }
        finally
        {
            _measuring.Release();
        }
    }

    public Task<IReadOnlyList<string>> FindProblemsAsync(CancellationToken cancellationToken) => Task.FromResult(_installation.Problems());

    public IReadOnlyList<string> Validate(MachineDefinition definition) => QemuDefinitionValidator.Validate(definition);

    public async Task<IMachine> StartAsync(MachineDefinition definition, EmulatorBuild build, string folder, CancellationToken cancellationToken)
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
        await _overlays.CreateAsync(definition, privateFolder, cancellationToken);

        // (3) and (4)
        var arguments = QemuCommandLine.Build(definition);
        var spec = QemuSandbox.Spec(definition, build, program, privateFolder, arguments);

        // (5) and (6)
        var start = new QemuStart(_sandbox, _time, _logger);
        return await start.RunAsync(definition, spec, cancellationToken);
    }

    /// <summary>Running machines belong to those who started them.</summary>
    public void Dispose() => _measuring.Dispose();

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
