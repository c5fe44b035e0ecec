namespace Preserve.Catalog.Sessions;

/// <summary>
/// One session, for the record: what ran, on which build, and how it ended. Who started it is known only where the access rule asks for it,
/// and only while the session lives.
/// </summary>
public sealed class SessionRecord
{
    public required Guid Id { get; init; }

    public required SessionPurpose Purpose { get; init; }

    /// <summary>Null when it was not started from an exhibit.</summary>
    public string? ExhibitSlug { get; init; }

    /// <summary>The object that a researcher runs without an exhibit; null for a session of any other kind.</summary>
    public string? ObjectId { get; init; }

    public required SessionState State { get; set; }

    public SessionEndReason? Reason { get; set; }

    /// <summary>What happened, in words, where it did not end as wished.</summary>
    public string Message { get; set; } = "";

    /// <summary>Name of the worker that runs it.</summary>
    public required string Worker { get; set; }

    /// <summary>SHA-256 of the session key, hexadecimal. The key itself is nowhere.</summary>
    public required string KeySha256 { get; init; }

    /// <summary>UTC milliseconds.</summary>
    public required long CreatedAt { get; init; }

    public long? StartedAt { get; set; }

    public long? EndedAt { get; set; }

    /// <summary>Account that started it, where its exhibit is not open to everybody; null again once it has ended.</summary>
    public Guid? StartedBy { get; init; }

    /// <summary>Ids of the reading rooms it was started in, where its exhibit's rule names any; empty again once it has ended.</summary>
    public List<string> StartedIn { get; init; } = [];

    public List<SessionMachine> Machines { get; } = [];
}

/// <summary>One machine of a session.</summary>
public sealed class SessionMachine
{
    public long Id { get; init; }

    public required Guid SessionId { get; init; }

    public required int Channel { get; init; }

    public required string EnvironmentId { get; init; }

    public required string EmulatorBuild { get; init; }

    /// <summary>SHA-256 of the emulator's program, hexadecimal.</summary>
    public required string EmulatorSha256 { get; init; }
}

/// <summary>What a session is for.</summary>
public enum SessionPurpose
{
    Visit,
    Curate,
    Test,
    Regress,
}

/// <summary>Where a session stands.</summary>
public enum SessionState
{
    Queued,
    Starting,
    Running,
    Ended,
}

/// <summary>Why a session ended.</summary>
public enum SessionEndReason
{
    /// <summary>Its visitor, or whoever holds its key, ended it.</summary>
    Stopped,

    /// <summary>Nobody touched it.</summary>
    Idle,

    /// <summary>Its time was up.</summary>
    TimeLimit,

    /// <summary>The browser went away and did not come back in time.</summary>
    BrowserGone,

    /// <summary>The guest switched itself off.</summary>
    PoweredOff,

    /// <summary>The emulator ended by itself.</summary>
    Crashed,

    /// <summary>It could not be started.</summary>
    StartFailed,

    /// <summary>The service was stopped or restarted.</summary>
    ServiceStopped,

    /// <summary>What it shows is not open any more to whoever started it.</summary>
    Closed,
}
