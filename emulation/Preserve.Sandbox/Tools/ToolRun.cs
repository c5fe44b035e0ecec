namespace Preserve.Sandbox.Tools;

/// <summary>What a run of a tool may take and give, beside the bounds of its spec.</summary>
public sealed record ToolLimits
{
    /// <summary>Wall clock time from start to end.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Bytes of standard output.</summary>
    public required long OutputLengthInBytes { get; init; }
}

/// <summary>Runs a program to its end: for tools that answer and are done.</summary>
public static class ToolRun
{
    private const int ChunkLength = 64 * 1024;

    /// <summary>Runs a tool, feeds it <paramref name="input"/> if given, and collects what it writes.</summary>
    /// <param name="sandbox">Where.</param>
    /// <param name="spec">What; its two stream settings are set here.</param>
    /// <param name="limits">How long, and how much it may answer.</param>
    /// <param name="input">Copied to its standard input; stays the caller's. A tool that stops reading is no error.</param>
    /// <param name="cancellationToken">Kills the tool.</param>
    /// <exception cref="SandboxException">The sandbox could not be made.</exception>
    public static async Task<ToolResult> RunAsync(
        this ISandbox sandbox, SandboxSpec spec, ToolLimits limits, Stream? input, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        var (outcome, exit) = await RunAsync(sandbox, spec, limits, input, output, cancellationToken).ConfigureAwait(false);
        return new ToolResult(outcome, exit, output.ToArray());
    }

    /// <summary>As above, but what the tool writes goes to <paramref name="output"/>, which then never gets more than the bound.</summary>
    public static async Task<(ToolOutcome Outcome, SandboxExit Exit)> RunAsync(
        this ISandbox sandbox, SandboxSpec spec, ToolLimits limits, Stream? input, Stream output, CancellationToken cancellationToken)
    {
        var process = await sandbox.StartAsync(
            spec with { WritesStandardInput = input is not null, ReadsStandardOutput = true }, cancellationToken).ConfigureAwait(false);
        await using (process.ConfigureAwait(false))
        {
            using var timeout = new CancellationTokenSource(limits.Timeout);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            var feeding = input is null ? Task.CompletedTask : FeedAsync(input, process.StandardInput, either.Token);
            var outcome = ToolOutcome.Finished;
            try
            {
                var isWhole = await CollectAsync(process.StandardOutput, output, limits.OutputLengthInBytes, either.Token).ConfigureAwait(false);
                outcome = isWhole ? outcome : ToolOutcome.OutputTooLong;
                if (isWhole)
                {
                    await process.Completion.WaitAsync(either.Token).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                outcome = ToolOutcome.TimedOut;
            }

            var exit = await process.EndAsync(TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
            await either.CancelAsync().ConfigureAwait(false);
            await feeding.ConfigureAwait(false);
            return (IsBound(exit.Cause) ? ToolOutcome.BoundExceeded : outcome, exit);
        }
    }

    private static bool IsBound(SandboxEndCause cause) =>
        cause is SandboxEndCause.PrivateFolderFull or SandboxEndCause.ProcessorTimeUsedUp;

    private static async Task FeedAsync(Stream input, Stream target, CancellationToken cancellationToken)
    {
        try
        {
            await input.CopyToAsync(target, ChunkLength, cancellationToken).ConfigureAwait(false);
            await target.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The tool stopped reading, or its time is over: its exit tells what that meant.
        }
    }

    /// <summary>False when there was more than the bound.</summary>
    private static async Task<bool> CollectAsync(Stream source, Stream output, long bound, CancellationToken cancellationToken)
    {
        var buffer = new byte[ChunkLength];
        int length;
        while ((length = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            bound -= length;
            await output.WriteAsync(buffer.AsMemory(0, bound < 0 ? length + (int)bound : length), cancellationToken).ConfigureAwait(false);
            if (bound < 0)
            {
                return false;
            }
        }

        return true;
    }
}
