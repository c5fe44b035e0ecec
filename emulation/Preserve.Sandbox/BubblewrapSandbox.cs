using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Preserve.Sandbox.Filters;
using Preserve.Sandbox.Groups;
using Preserve.Sandbox.Host;
using Preserve.Sandbox.Processes;

namespace Preserve.Sandbox;

/// <summary>Sandboxes made with bubblewrap, resource limits and, as root, a service user. <see cref="SandboxCommand"/> tells the order.</summary>
public sealed class BubblewrapSandbox : ISandbox, IDisposable
{
    private const uint OwnerOnly = 0x1c0; // 0700

    private readonly SandboxOptions _options;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly Func<ControlGroups?> _groups;
    private readonly BoundsWatch _watch;
    private readonly HostCheck _check;
    private readonly Lazy<FilterFile> _filter = new(FilterFile.Create);

    public BubblewrapSandbox(SandboxOptions options, ILogger logger)
        : this(options, logger, TimeProvider.System)
    {
    }

    public BubblewrapSandbox(SandboxOptions options, ILogger logger, TimeProvider time)
        : this(options, logger, time, () => ControlGroups.OfThisProcess.Groups)
    {
    }

    /// <summary>With control groups that are not this process's own; for tests.</summary>
    internal BubblewrapSandbox(SandboxOptions options, ILogger logger, TimeProvider time, Func<ControlGroups?> groups)
    {
        (_options, _logger, _time, _groups) = (options, logger, time, groups);
        _watch = new BoundsWatch(logger, time);
        _check = new HostCheck(this, options, time);
        Leftovers.End(logger);
    }

    public async Task<ISandboxedProcess> StartAsync(SandboxSpec spec, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var user = RequireHost();
        MountCheck.Require(spec, user);
        var command = new SandboxCommand(spec, user, _options);
        var filterPath = spec.Filter == SandboxFilter.Ours ? _filter.Value.Path : null;
        var group = _groups()?.Make(spec.Bounds, _options.TemporaryFolderLengthInBytes);
        var start = new ProcessStartInfo(HostPrograms.Shell!, command.Build(filterPath, group?.DoorPath))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment.Clear();

        var process = await Launch.RunAsync(spec, start, group, _time, cancellationToken).ConfigureAwait(false);
        _watch.Add(process);
        _logger.LogDebug("Sandbox {Name} started as process {ProcessId}", spec.Name, process.ProcessId);
        return process;
    }

    public void CreatePrivateFolder(string path)
    {
        var user = RequireHost();
        if (Path.GetDirectoryName(path) is { } parent)
        {
            Directory.CreateDirectory(parent);
        }

        if (Libc.MakeDirectory(path, OwnerOnly) != 0)
        {
            throw new SandboxException($"The private folder {path} cannot be made (error {Marshal.GetLastPInvokeError()}); it must not exist yet.");
        }

        if (!user.IsOurselves && Libc.ChangeOwner(path, user.UserId, user.GroupId) != 0)
        {
            throw new SandboxException($"The private folder {path} cannot be given to the user {user.Name}.");
        }
    }

    public string? FindUnreachable(string folder) => SandboxReach.FindUnreachable(folder, _options);

    public Task<IReadOnlyList<SandboxFinding>> CheckAsync(CancellationToken cancellationToken) => _check.RunAsync(cancellationToken);

    /// <summary>Stops watching. Running sandboxes belong to those who started them.</summary>
    public void Dispose()
    {
        _watch.Dispose();
        _check.Dispose();
        if (_filter.IsValueCreated)
        {
            _filter.Value.Dispose();
        }
    }

    private SandboxUser RequireHost()
    {
        foreach (var (program, package) in HostPrograms.Missing())
        {
            throw new SandboxException($"The program {program} is missing. Install the package {package}.");
        }

        return SandboxUser.Find(_options.ServiceUser) ?? throw new SandboxException(HostCheck.ServiceUserMissing(_options.ServiceUser));
    }
}
