using System.IO.Pipelines;
using Preserve.Catalog.Storage;
using Preserve.Sandbox;
using Preserve.Sandbox.Tools;

namespace Preserve.Catalog.Import;

/// <summary>Unpacks <c>.xz</c> by the program xz in a sandbox, straight to whoever reads it, stopped one byte past the length that is expected.</summary>
internal sealed class XzUnpacker(ISandbox sandbox)
{
    // xz -9 needs 65 MiB to unpack; more is a file that asks for too much.
    private const string MemoryLimit = "--memlimit-decompress=128MiB";

    private static readonly SandboxSpec Spec = new()
    {
        Name = "unpack",
        Program = "/usr/bin/xz",
        Arguments = ["--decompress", "--stdout", "--format=xz", "--threads=1", "--no-sparse", MemoryLimit],
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

    /// <summary>Lets <paramref name="read"/> read what packed content unpacks to.</summary>
    /// <exception cref="InvalidDataException">It cannot be unpacked; the message has xz's words.</exception>
    /// <exception cref="SandboxException">The sandbox could not be made.</exception>
    public async Task<StoredContent> ReadAsync(
        Stream packed, long expectedLengthInBytes, Func<Stream, Task<StoredContent>> read, CancellationToken cancellationToken)
    {
        // The pipe holds 64 KiB and then makes xz wait.
        var pipe = new Pipe();
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var unpacking = UnpackAsync(packed, pipe.Writer, expectedLengthInBytes, stopping.Token);
        try
        {
            await using var unpacked = pipe.Reader.AsStream();
            return await read(unpacked);
        }
        finally
        {
            await stopping.CancelAsync();
            await unpacking;
        }
    }

    // Never throws: what goes wrong reaches the reader of the pipe, before the content is taken for complete.
    private async Task UnpackAsync(Stream packed, PipeWriter target, long expectedLengthInBytes, CancellationToken cancellationToken)
    {
        var limits = new ToolLimits { Timeout = TimeSpan.FromHours(12), OutputLengthInBytes = expectedLengthInBytes + 1 };
        try
        {
            var (outcome, exit) = await sandbox.RunAsync(Spec, limits, packed, target.AsStream(leaveOpen: true), cancellationToken);
            await target.CompleteAsync(Judge(outcome, exit));
        }
        catch (Exception problem)
        {
            await target.CompleteAsync(problem);
        }
    }

    private static InvalidDataException? Judge(ToolOutcome outcome, SandboxExit exit) =>
        outcome == ToolOutcome.OutputTooLong || (outcome == ToolOutcome.Finished && exit.ExitCode == 0)
            ? null
            : new InvalidDataException($"cannot be unpacked: {outcome}, exit code {exit.ExitCode}: {exit.StandardError.Trim()}");
}
