using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Preserve.Emulation.Builds;
using Preserve.Emulation.Machines;
using Preserve.Sandbox;
using Preserve.Sandbox.Tools;

namespace Preserve.Emulation.Qemu;

/// <summary>Finds out which QEMU is installed: asks each program for its version and machine types, in the sandbox, and takes digests.</summary>
internal sealed partial class QemuBuilds(ISandbox sandbox, QemuInstallation installation)
{
    private const int LongestAnswerInBytes = 64 * 1024;

    /// <summary>The distribution's own.</summary>
    /// <exception cref="SandboxException">The sandbox could not be made.</exception>
    public async Task<IReadOnlyList<EmulatorBuild>> MeasureAsync(CancellationToken cancellationToken)
    {
        var nothing = Unmeasured("", installation.FirmwareFolders);
        var found = await AskAllAsync(nothing, installation.Programs, cancellationToken);
        var firmware = await FirmwareDigest.OfAsync(installation.FirmwareFolders, cancellationToken);
        return
        [
            .. found.GroupBy(program => program.Version)
                .OrderByDescending(group => Version.Parse(group.Key))
                .Select(group => nothing with
                {
                    Id = $"{QemuEngine.EngineId}-{group.Key}",
                    Version = group.Key,
                    Programs = group.ToDictionary(program => program.Architecture, program => program.Program),
                    FirmwareSha256 = firmware,
                }),
        ];
    }

    /// <summary>One in a folder of its own.</summary>
    /// <exception cref="EmulatorBuildException">There is no QEMU in it that runs here, or two of different versions.</exception>
    public async Task<EmulatorBuild> MeasureAsync(BuildFolder folder, CancellationToken cancellationToken)
    {
        var tree = new QemuBuildTree(folder.Path);
        var programs = tree.Programs;
        if (programs.Count == 0)
        {
            throw new EmulatorBuildException(
                $"There is no QEMU in {folder.Path}: expected qemu-system-i386 or another in usr/bin, bin, build or the folder itself.");
        }

        var nothing = Unmeasured(folder.Name, tree.FirmwareFolders(installation.FirmwareFolders)) with
        {
            IsRegistered = true,
            LibraryFolders = tree.LibraryFolders,
            ModuleFolder = tree.ModuleFolder,
        };
        var found = await TryAskAllAsync(nothing, programs, cancellationToken);
        var versions = found.Select(program => program.Version).Distinct().ToArray();
        if (versions.Length != 1)
        {
            throw new EmulatorBuildException(versions.Length == 0
                ? $"No QEMU in {folder.Path} runs here. Its libraries may be missing (ldd tells), or the sandbox's user may not read it."
                : $"{folder.Path} holds QEMU of several versions: {string.Join(", ", versions)}.");
        }

        return nothing with
        {
            Version = versions[0],
            Programs = found.ToDictionary(program => program.Architecture, program => program.Program),
            FirmwareSha256 = await FirmwareDigest.OfAsync(nothing.FirmwareFolders, cancellationToken),
        };
    }

    private static EmulatorBuild Unmeasured(string name, IReadOnlyList<string> firmware) =>
        new(name, QemuEngine.EngineId, "", new Dictionary<string, EmulatorProgram>(), firmware);

    private async Task<FoundProgram[]> TryAskAllAsync(
        EmulatorBuild build, IReadOnlyDictionary<string, string> programs, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAllAsync(build, programs, cancellationToken);
        }
        catch (SandboxException e)
        {
            throw new EmulatorBuildException(e.Message, e);
        }
    }

    private async Task<FoundProgram[]> AskAllAsync(
        EmulatorBuild build, IReadOnlyDictionary<string, string> programs, CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(programs.Select(async entry =>
        {
            var version = VersionPattern().Match(await AskAsync(build, entry.Value, ["--version"], cancellationToken));
            var machines = version.Success ? await AskAsync(build, entry.Value, ["-machine", "help"], cancellationToken) : "";
            var program = new EmulatorProgram(entry.Value, await DigestAsync(entry.Value, cancellationToken))
            {
                MachineTypes = MachinePattern().Matches(machines).Select(match => match.Groups[1].Value).ToHashSet(),
            };
            return version.Success ? new FoundProgram(entry.Key, version.Groups[1].Value, program) : null;
        }));
        return [.. answers.OfType<FoundProgram>()];
    }

    private static async Task<string> DigestAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }

    /// <summary>What it answers; empty when it does not run.</summary>
    private async Task<string> AskAsync(EmulatorBuild build, string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var spec = new SandboxSpec
        {
            Name = "qemu-version",
            Program = program,
            Arguments = arguments,
            Environment = QemuBuildMounts.Environment(build),
            ReadOnlyMounts = [.. QemuBuildMounts.Own(build)],
            Bounds = new SandboxBounds
            {
                MemoryInBytes = 1L << 30,
                ProcessorTime = TimeSpan.FromSeconds(20),
                Processes = 16,
                FileLengthInBytes = 0,
                PrivateFolderLengthInBytes = 0,
            },
            Filter = SandboxFilter.Ours,
        };
        var limits = new ToolLimits { Timeout = TimeSpan.FromSeconds(30), OutputLengthInBytes = LongestAnswerInBytes };
        var result = await sandbox.RunAsync(spec, limits, null, cancellationToken);
        return result.IsSuccess ? Encoding.UTF8.GetString(result.Output.Span) : "";
    }

    [GeneratedRegex(@"^QEMU emulator version (\d+\.\d+\.\d+)")]
    private static partial Regex VersionPattern();

    /// <summary>A line of <c>-machine help</c>: name, at least one space, what it is; the heading ends with a colon and has only one.</summary>
    [GeneratedRegex(@"^(?!Supported machines are:)(\S+) +\S", RegexOptions.Multiline)]
    private static partial Regex MachinePattern();

    private sealed record FoundProgram(string Architecture, string Version, EmulatorProgram Program);
}
