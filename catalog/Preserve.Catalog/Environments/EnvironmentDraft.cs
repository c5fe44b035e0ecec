namespace Preserve.Catalog.Environments;

/// <summary>
/// Work at an environment that is not decided about yet: a curator's session, and what its guest wrote. Saved it becomes a derivative;
/// discarded it is as if it had never been.
/// </summary>
public sealed class EnvironmentDraft
{
    public required Guid Id { get; init; }

    /// <summary>What is worked at.</summary>
    public required string EnvironmentId { get; init; }

    public DraftState State { get; set; }

    /// <summary>Pseudonym or role of whoever began it.</summary>
    public required string StartedBy { get; init; }

    /// <summary>UTC milliseconds.</summary>
    public required long StartedAt { get; init; }

    /// <summary>UTC milliseconds of the last change of its state.</summary>
    public required long ChangedAt { get; set; }

    /// <summary>Bay to the SHA-256 of the medium in it that was written to.</summary>
    public Dictionary<string, string> Bays { get; set; } = [];

    /// <summary>Why what was written could not be kept, in words.</summary>
    public string Problem { get; set; } = "";

    /// <summary>What it was saved as; null while it was not.</summary>
    public string? SavedAs { get; set; }
}

/// <summary>Where a draft stands.</summary>
public enum DraftState
{
    /// <summary>A machine runs on it.</summary>
    Running,

    /// <summary>What was written lies in the drafts' folder and waits for a decision.</summary>
    Kept,
    Saved,
    Discarded,

    /// <summary>What was written is gone, and why is told.</summary>
    Lost,
}
