namespace Preserve.Sandbox;

/// <summary>One program to run in a sandbox: what it is, what it may see, and how much it may use.</summary>
/// <remarks>All paths are absolute. Nothing that is not named here exists inside, except a private /tmp, /proc and a minimal /dev.</remarks>
public sealed record SandboxSpec
{
    /// <summary>A short name for messages and process listings, such as <c>qemu</c> or <c>unpack</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The program's path, as seen inside.</summary>
    public required string Program { get; init; }

    /// <summary>The program's arguments, one element each; never joined, never seen by a shell.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The whole environment; nothing of ours is inherited.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Files and folders shown read-only.</summary>
    public IReadOnlyList<SandboxMount> ReadOnlyMounts { get; init; } = [];

    /// <summary>The one writable folder, or null for none. It belongs to this sandbox alone and what it holds is hostile.</summary>
    public SandboxMount? PrivateFolder { get; init; }

    public required SandboxBounds Bounds { get; init; }

    public required SandboxFilter Filter { get; init; }

    /// <summary>Whether it runs at the lowest processor priority, giving way to everything else.</summary>
    public bool IsBackground { get; init; }

    /// <summary>Whether the caller feeds standard input; otherwise it is empty.</summary>
    public bool WritesStandardInput { get; init; }

    /// <summary>Whether the caller reads <see cref="ISandboxedProcess.StandardOutput"/>; otherwise it is discarded.</summary>
    public bool ReadsStandardOutput { get; init; }
}

/// <summary>A path of the host and the path it has inside.</summary>
public readonly record struct SandboxMount(string HostPath, string InsidePath)
{
    /// <summary>The same path on both sides, as for system folders.</summary>
    public static SandboxMount Same(string path) => new(path, path);
}

/// <summary>Who brings the system call filter.</summary>
public enum SandboxFilter
{
    /// <summary>The program installs its own, as QEMU does with every <c>-sandbox</c> option denied.</summary>
    Own,

    /// <summary>bubblewrap loads ours before the program starts.</summary>
    Ours,
}

/// <summary>What a sandboxed program may use. Each bound is in force as root and as an ordinary user.</summary>
public sealed record SandboxBounds
{
    /// <summary>Address space of each process, in bytes.</summary>
    public required long MemoryInBytes { get; init; }

    /// <summary>Processor time of each process.</summary>
    public required TimeSpan ProcessorTime { get; init; }

    /// <summary>Processes and threads at one time.</summary>
    public required int Processes { get; init; }

    /// <summary>Open files of each process.</summary>
    public int OpenFiles { get; init; } = 256;

    /// <summary>Largest file it may write, in bytes. A write past it fails with EFBIG.</summary>
    public required long FileLengthInBytes { get; init; }

    /// <summary>All of the private folder together, in bytes. Past it the sandbox is ended.</summary>
    public required long PrivateFolderLengthInBytes { get; init; }

    /// <summary>Files and folders in the private folder together. Past it the sandbox is ended.</summary>
    public int PrivateFolderEntries { get; init; } = 256;
}
