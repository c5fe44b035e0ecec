using Preserve.Sandbox;
using Preserve.Sandbox.Tools;

namespace Preserve.Catalog.Ingest;

/// <summary>A package cannot be unpacked; the message says why, for a person.</summary>
internal sealed class PackageException(string message) : Exception(message);

/// <summary>gzip and xz, which hold one file: fed to the program in its sandbox, taken from its standard output.</summary>
internal sealed class PackageReader(ISandbox sandbox, string format)
{
    public async Task UnpackStreamAsync(Stream packed, Stream target, long budgetInBytes, CancellationToken cancellationToken)
    {
        await using (packed)
        {
            var (outcome, exit) = await sandbox.RunAsync(Spec(), PackageBounds.Limits(budgetInBytes), packed, target, cancellationToken);
            PackageBounds.Require(outcome, exit, budgetInBytes);
        }
    }

    private SandboxSpec Spec() => PackageBounds.Spec with
    {
        Program = format == "xz" ? "/usr/bin/xz" : "/usr/bin/gzip",
        Arguments = format == "xz"
            ? ["--decompress", "--stdout", "--format=xz", "--threads=1", "--no-sparse", "--memlimit-decompress=128MiB"]
            : ["--decompress", "--stdout"],
    };
}

/// <summary>What unpacking may use.</summary>
internal static class PackageBounds
{
    public static readonly SandboxSpec Spec = new()
    {
        Name = "unpack",
        Program = "",
        Bounds = new SandboxBounds
        {
            MemoryInBytes = 512L * 1024 * 1024,
            ProcessorTime = TimeSpan.FromHours(6),
            Processes = 8,
            FileLengthInBytes = 1024,
            PrivateFolderLengthInBytes = 0,
        },
        Filter = SandboxFilter.Ours,
    };

    public static ToolLimits Limits(long outputLengthInBytes) => new() { Timeout = TimeSpan.FromHours(12), OutputLengthInBytes = Math.Max(0, outputLengthInBytes) };

    /// <exception cref="PackageException">The program did not come to a good end.</exception>
    public static void Require(ToolOutcome outcome, SandboxExit exit, long budgetInBytes)
    {
        if (outcome == ToolOutcome.OutputTooLong)
        {
            throw new PackageException($"More comes out of it than the {Uploads.Size(Math.Max(0, budgetInBytes))} that are allowed or that the disk has left. Nothing was kept.");
        }

        if (outcome != ToolOutcome.Finished || exit.ExitCode != 0)
        {
            throw new PackageException($"It cannot be unpacked: {outcome}, exit code {exit.ExitCode}: {exit.StandardError.Trim()}");
        }
    }
}
