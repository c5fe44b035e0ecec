namespace Preserve.Sandbox;

/// <summary>Starts programs under bubblewrap. The only place in the product that starts a process. Safe for concurrent callers.</summary>
public interface ISandbox
{
    /// <summary>Starts a program that the caller owns until it has ended.</summary>
    /// <exception cref="SandboxException">bubblewrap or the program is missing, or a mount cannot be read by the sandbox's user.</exception>
    Task<ISandboxedProcess> StartAsync(SandboxSpec spec, CancellationToken cancellationToken);

    /// <summary>
    /// Makes a folder that a sandbox started here can write to (it is handed to the sandbox's user), for
    /// <see cref="SandboxSpec.PrivateFolder"/>. The caller deletes it.
    /// </summary>
    void CreatePrivateFolder(string path);

    /// <summary>Why sandboxed programs could not be shown what is in a folder, in words a person can act on; null when they could.</summary>
    /// <param name="folder">Absolute path of a folder that exists.</param>
    string? FindUnreachable(string folder);

    /// <summary>What is missing or not in force on this host, in words a person can act on; empty when all is well.</summary>
    Task<IReadOnlyList<SandboxFinding>> CheckAsync(CancellationToken cancellationToken);
}

/// <summary>One thing that is missing or not in force.</summary>
/// <param name="Prevents">True when nothing can be started because of it; false when a bound is weaker than it should be.</param>
/// <param name="Text">What is wrong and what to do.</param>
public sealed record SandboxFinding(bool Prevents, string Text);

/// <summary>A sandbox could not be made.</summary>
public sealed class SandboxException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>How a sandboxed program ended.</summary>
/// <param name="ExitCode">Its exit code; 128 + n when signal n ended it.</param>
/// <param name="Cause">Why, as far as we know.</param>
/// <param name="StandardError">The last lines it wrote, at most 8 KiB.</param>
public sealed record SandboxExit(int ExitCode, SandboxEndCause Cause, string StandardError);

/// <summary>Why a sandboxed program ended.</summary>
public enum SandboxEndCause
{
    /// <summary>By itself.</summary>
    Exited,

    /// <summary>We asked it to end and it did so in time.</summary>
    Ended,

    /// <summary>We asked it to end, it did not, and it was killed.</summary>
    Killed,

    /// <summary>Its private folder outgrew its bounds.</summary>
    PrivateFolderFull,

    /// <summary>It used up its processor time.</summary>
    ProcessorTimeUsedUp,

    /// <summary>All its processes together used up their memory. Told only where a control group bounds them.</summary>
    MemoryUsedUp,
}
