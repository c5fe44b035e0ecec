namespace Preserve.Catalog.Ingest;

/// <summary>How it went to begin an upload or to add to it.</summary>
public enum UploadOutcome
{
    Done,

    /// <summary>There is none by this id, or it is somebody else's.</summary>
    Unknown,

    /// <summary>It was given up, accepted or rejected: nothing can be added.</summary>
    Gone,

    /// <summary>The piece does not begin where the upload ends.</summary>
    WrongOffset,

    /// <summary>There is more than the length that was announced, or that length is more than is allowed.</summary>
    TooLong,

    /// <summary>The piece does not have the checksum that came with it; nothing of it was kept.</summary>
    WrongChecksum,

    /// <summary>The name is no path inside a folder.</summary>
    BadName,

    /// <summary>The account has its share of the quarantine already.</summary>
    OverQuota,

    /// <summary>The disk of the data folder would not keep its reserve, or is full.</summary>
    NoSpace,

    /// <summary>Another request is writing and does not let go.</summary>
    Busy,
}

/// <summary>What happened, and in words for a person where it was refused.</summary>
public sealed record UploadResult(UploadOutcome Outcome, string Message, Upload? Upload)
{
    public static UploadResult Done(Upload upload) => new(UploadOutcome.Done, "", upload);

    public static UploadResult Refused(UploadOutcome outcome, string message, Upload? upload = null) => new(outcome, message, upload);
}
