using System.Diagnostics;
using System.Globalization;
using Preserve.Sandbox.Host;
using Preserve.Sandbox.Processes;

namespace Preserve.Sandbox.Unconfined;

/// <summary>
/// No sandbox, for hosts that allow none, such as a container of continuous integration, and images that are trusted. Programs run as
/// whoever we are and reach what we reach; memory, processor time and file length stay bounded, the private folder as a whole does not.
/// Nothing the service runs uses it.
/// </summary>
/// <remarks>A folder with links stands for the root that a sandbox would show, and is the working directory: so programs name their files from there.</remarks>
public sealed class UnconfinedSandbox(TimeProvider time) : ISandbox
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const string Script = """trap '' XFSZ; [ "$1" = keep ] || exec >/dev/null; shift; exec "$@" """;

    public async Task<ISandboxedProcess> StartAsync(SandboxSpec spec, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var (program, package) in HostPrograms.Missing().Where(missing => missing.Program != "bwrap"))
        {
            throw new SandboxException($"The program {program} is missing. Install the package {package}.");
        }

        var view = CreateView(spec);
        var start = new ProcessStartInfo(HostPrograms.Shell!, Arguments(spec))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = view,
        };
        start.Environment.Clear();
        foreach (var (name, value) in spec.Environment)
        {
            start.Environment[name] = value;
        }

        var process = await StartingThread.StartAsync(start);
        if (!spec.WritesStandardInput)
        {
            process.StandardInput.Close();
        }

        return new UnconfinedProcess(spec, process, view, time);
    }

    public void CreatePrivateFolder(string path)
    {
        if (Path.Exists(path))
        {
            throw new SandboxException($"The private folder {path} cannot be made; it must not exist yet.");
        }

        Directory.CreateDirectory(path, OwnerOnly);
    }

    public string? FindUnreachable(string folder) => null;

    public Task<IReadOnlyList<SandboxFinding>> CheckAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<SandboxFinding>>(
        [new SandboxFinding(Prevents: false, "There is no sandbox: emulators and tools can reach whatever this user can. Leave out '--sandbox none'.")]);

    /// <summary>The same bounds as in a sandbox, as far as the kernel keeps them for a single process, and an end together with ours.</summary>
    private static IReadOnlyList<string> Arguments(SandboxSpec spec)
    {
        var seconds = (long)Math.Max(1, Math.Ceiling(spec.Bounds.ProcessorTime.TotalSeconds));
        return
        [
            "-c", Script, "unconfined", spec.ReadsStandardOutput ? "keep" : "discard",
            HostPrograms.ResourceLimits!, Limit("core", 0), Limit("as", spec.Bounds.MemoryInBytes), Limit("nofile", spec.Bounds.OpenFiles),
            Limit("fsize", spec.Bounds.FileLengthInBytes), string.Create(CultureInfo.InvariantCulture, $"--cpu={seconds}:{seconds + 1}"), "--",
            HostPrograms.Privileges!, "--pdeathsig", "KILL", "--",
            .. spec.IsBackground && HostPrograms.Priority is { } nice ? [nice, "-n", "19"] : Array.Empty<string>(),
            spec.Program, .. spec.Arguments,
        ];
    }

    private static string CreateView(SandboxSpec spec)
    {
        var view = Directory.CreateTempSubdirectory("preserve-unconfined-").FullName;
        var links = spec.ReadOnlyMounts.Where(mount => mount.HostPath != mount.InsidePath);
        foreach (var mount in spec.PrivateFolder is { } own ? links.Append(own) : links)
        {
            var link = Path.Combine(view, mount.InsidePath.TrimStart('/'));
            Directory.CreateDirectory(Path.GetDirectoryName(link)!);
            File.CreateSymbolicLink(link, mount.HostPath);
        }

        return view;
    }

    private static string Limit(string name, long value) => string.Create(CultureInfo.InvariantCulture, $"--{name}={value}:{value}");
}
