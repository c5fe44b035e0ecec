namespace Preserve.Sandbox;

/// <summary>A running sandboxed program. Disposing kills it and waits until every process inside is gone.</summary>
public interface ISandboxedProcess : IAsyncDisposable
{
    /// <summary>Host process id of the outermost process, for messages.</summary>
    int ProcessId { get; }

    /// <summary>Completes, never faults, when every process inside is gone.</summary>
    Task<SandboxExit> Completion { get; }

    /// <summary>Where the program reads, if <see cref="SandboxSpec.WritesStandardInput"/>.</summary>
    Stream StandardInput { get; }

    /// <summary>What the program writes, if <see cref="SandboxSpec.ReadsStandardOutput"/>. Read it to its end, or the program may block.</summary>
    Stream StandardOutput { get; }

    /// <summary>Asks the program to end (SIGTERM), then kills everything inside after <paramref name="grace"/>.</summary>
    Task<SandboxExit> EndAsync(TimeSpan grace, CancellationToken cancellationToken);
}
