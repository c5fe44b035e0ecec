using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Preserve.Emulation.Machines;
using Preserve.Sandbox;
using Preserve.Sandbox.Tools;

namespace Preserve.Emulation.Qemu;

/// <summary>Finds out which QEMU is installed: asks each program for its version, in the sandbox, and takes its digest.</summary>
internal sealed partial class QemuBuilds(ISandbox sandbox, QemuInstallation installation)
{
    /// <exception cref="SandboxException">The sandbox could not be made.</exception>
    public async Task<IReadOnlyList<EmulatorBuild>> MeasureAsync(CancellationToken cancellationToken)
    {
        var versions = await Task.WhenAll(installation.Programs.Select(async entry =>
            (Architecture: entry.Key, Version: await AskAsync(entry.Value, cancellationToken), Program: await DigestAsync(entry.Value, cancellationToken))));
        return
        [
            .. versions.Where(found => found.Version is not null)
                .GroupBy(found => found.Version!, found => found)
                .OrderByDescending(group => Version.Parse(group.Key))
                .Select(group => new EmulatorBuild(
                    $"{QemuEngine.EngineId}-{group.Key}",
                    QemuEngine.EngineId,
                    group.Key,
                    group.ToDictionary(found => found.Architecture, found => found.Program),
                    installation.FirmwareFolders)),
        ];
    }

    private static async Task<EmulatorProgram> DigestAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        return new EmulatorProgram(path, Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken)));
    }

    private async Task<string?> AskAsync(string program, CancellationToken cancellationToken)
    {
        var spec = new SandboxSpec
        {
            Name = "qemu-version",
            Program = program,
            Arguments = ["--version"],
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
        var limits = new ToolLimits { Timeout = TimeSpan.FromSeconds(30), OutputLengthInBytes = 4096 };
        var result = await sandbox.RunAsync(spec, limits, null, cancellationToken);
        var match = VersionPattern().Match(Encoding.UTF8.GetString(result.Output.Span));
        return result.IsSuccess && match.Success ? match.Groups[1].Value : null;
    }

    [GeneratedRegex(@"^QEMU emulator version (\d+\.\d+\.\d+)")]
    private static partial Regex VersionPattern();
}
