using Preserve.Catalog.Ingest.Viruses;

namespace Preserve.Catalog.Ingest;

/// <summary>A file in quarantine, or on its way there. Its bytes lie under its id; its name is text and never part of a path.</summary>
public sealed class Upload
{
    public required Guid Id { get; init; }

    /// <summary>Account that brings it in; null for the command line.</summary>
    public Guid? OwnerId { get; init; }

    /// <summary>Where it stood in the folder that was brought in, with <c>/</c> between names; the last is the file's own.</summary>
    public required string RelativePath { get; init; }

    public required long LengthInBytes { get; init; }

    /// <summary>Bytes that are kept for good, from the start. What lies behind them in the file does not count.</summary>
    public long OffsetInBytes { get; set; }

    public UploadState State { get; set; } = UploadState.Receiving;

    /// <summary>Lower-case hexadecimal, as are the other three; null until the whole file is there.</summary>
    public string? Sha256 { get; set; }

    public string? Sha512 { get; set; }

    public string? Sha1 { get; set; }

    public string? Md5 { get; set; }

    /// <summary>UTC milliseconds.</summary>
    public required long CreatedAt { get; init; }

    /// <summary>UTC milliseconds: last byte, last state.</summary>
    public long ChangedAt { get; set; }

    /// <summary>Why it was rejected, in the curator's words.</summary>
    public string Reason { get; set; } = "";

    public ScanState ScanState { get; set; }

    /// <summary>Name of what was found, or why it was not scanned.</summary>
    public string ScanDetail { get; set; } = "";

    /// <summary>UTC milliseconds from which it is scanned again where it was not scanned.</summary>
    public long ScanDueAt { get; set; }

    /// <summary>Which administrator lets it be accepted though it is infected, and why; empty for none.</summary>
    public string ScanOverride { get; set; } = "";

    /// <summary>The packed upload that it came out of.</summary>
    public Guid? UnpackedFromId { get; init; }

    /// <summary>The object that it became part of.</summary>
    public string? ObjectId { get; set; }

    /// <summary>The last name of <see cref="RelativePath"/>.</summary>
    public string Name => RelativePath[(RelativePath.LastIndexOf('/') + 1)..];
}

/// <summary>Only moves forward.</summary>
public enum UploadState
{
    Receiving,

    /// <summary>Whole; its digests are being made.</summary>
    Checking,

    /// <summary>Whole, with digests; waits for a curator.</summary>
    Quarantined,

    Accepted,

    Rejected,

    /// <summary>Never finished, and given up.</summary>
    Expired,
}
