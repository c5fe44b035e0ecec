namespace Preserve.Catalog.Audit;

/// <summary>A privileged act that was done, or tried. Rows are added and never changed.</summary>
public sealed class AuditEntry
{
    public long Id { get; init; }

    /// <summary>UTC milliseconds.</summary>
    public required long OccurredAt { get; init; }

    /// <summary>Null for the command line and the service. Stays when the account is closed.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>The name at that time.</summary>
    public required string ActorName { get; init; }

    /// <summary>Pseudonym or role at that time.</summary>
    public required string ActorShown { get; init; }

    public required AuditAction Action { get; init; }

    /// <summary>Id of what it was done to.</summary>
    public required string Subject { get; init; }

    public required AuditOutcome Outcome { get; init; }

    public string Detail { get; init; } = "";
}

public enum AuditOutcome
{
    Done,

    /// <summary>It was tried and not allowed or not possible; the detail says why.</summary>
    Refused,
}

/// <summary>Acts that are recorded. Stored by name: add, never rename.</summary>
public enum AuditAction
{
    AccountCreated,
    AccountClosed,
    AccountReopened,
    AccountUnlocked,
    AccountRenamed,
    RolesChanged,
    PasswordLinkIssued,
    PasswordChanged,
    SignedIn,
    SignInRefused,
    SignedOut,
    TokenIssued,
    TokenRevoked,
    AuditExported,
    ObjectAccepted,
    UploadRejected,
    UploadUnpacked,
    InfectionOverridden,
    AccessRuleChanged,
    GroupChanged,
    ReadingRoomChanged,
    LicenceChanged,
    RegressionRunStarted,
    RegressionRunCancelled,
    ScreenApproved,
    ScreenRejected,
    ScenarioChanged,
    ProofBootRequested,
    EnvironmentAccepted,
    ExhibitDrafted,
    ExhibitInputChanged,
    ObjectWithdrawn,
    ObjectReinstated,
    PurgeRequested,
    PurgeRefused,
    PurgeApproved,
    PersonalDataPurged,
    EnvironmentSaved,
    EnvironmentRemoved,
    SoftwareDeclared,
    RightsStated,
    IdentifiersChanged,
}
