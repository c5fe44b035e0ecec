namespace Preserve.Catalog.Proofs;

/// <summary>
/// One boot of an object's media on a machine that was suggested for them, to see what it comes to. Nothing of the archive: what a curator
/// accepts becomes an environment, with the very settings that were booted.
/// </summary>
public sealed class ProofBoot
{
    public long Id { get; init; }

    public required string ObjectId { get; init; }

    public required string ProfileId { get; init; }

    public required int ProfileVersion { get; init; }

    public required int MemoryMiB { get; init; }

    /// <summary>floppy, disk, optical, kernel or firmware.</summary>
    public required string Boot { get; init; }

    /// <summary>The environment that the object's media are attached to; null where they boot by themselves.</summary>
    public string? BaseEnvironmentId { get; init; }

    /// <summary>Bay to the name of the object's medium in it; the media of the environment that they are attached to are not named.</summary>
    public Dictionary<string, string> Drives { get; set; } = [];

    /// <summary>Why this machine, in words, the strongest first.</summary>
    public List<string> Reasons { get; set; } = [];

    /// <summary>UTC milliseconds.</summary>
    public required long RequestedAt { get; init; }

    /// <summary>Pseudonym or role of whoever wanted it.</summary>
    public required string RequestedBy { get; init; }

    public ProofState State { get; set; }

    /// <summary>Times it was begun and not finished.</summary>
    public int Attempts { get; set; }

    /// <summary>Who boots it; null when nobody does.</summary>
    public string? Worker { get; set; }

    /// <summary>Emulator build it ran on; empty before it was booted.</summary>
    public string EmulatorBuild { get; set; } = "";

    /// <summary>Seconds until its last screen stood there to stay; null when the screen never came to rest.</summary>
    public double? SettlesAfterSeconds { get; set; }

    /// <summary>Why it came to nothing, in words.</summary>
    public string Problem { get; set; } = "";

    /// <summary>What it was accepted as; null while it was not.</summary>
    public string? EnvironmentId { get; set; }

    public List<ProofScreen> Screens { get; } = [];
}

/// <summary>A screen that a proof boot came to.</summary>
public sealed class ProofScreen
{
    public long Id { get; init; }

    public long ProofBootId { get; init; }

    /// <summary>From 1.</summary>
    public required int Order { get; init; }

    /// <summary>When it first stood there, in seconds of the guest's running.</summary>
    public required double AtSeconds { get; init; }

    /// <summary>Digest of the picture (PNG) among what can be made again.</summary>
    public required string Sha256 { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>Its characters, row by row; empty where it was no text screen.</summary>
    public string Text { get; init; } = "";
}

/// <summary>Where a proof boot stands. A row says what is due; no queue remembers it.</summary>
public enum ProofState
{
    Due,
    Booting,

    /// <summary>It came to a screen; a curator decides.</summary>
    Booted,
    Failed,
    Accepted,
}
