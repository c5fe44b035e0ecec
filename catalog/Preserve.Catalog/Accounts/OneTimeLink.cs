namespace Preserve.Catalog.Accounts;

/// <summary>What a one-time link is for.</summary>
public enum LinkPurpose
{
    /// <summary>Makes the first administrator.</summary>
    Setup,

    /// <summary>Chooses a new password for one account.</summary>
    Password,
}

/// <summary>An address that works once. Kept as a digest, so that the database does not open anything.</summary>
public sealed class OneTimeLink
{
    public required Guid Id { get; init; }

    public required LinkPurpose Purpose { get; init; }

    /// <summary>Null where it makes an account.</summary>
    public Guid? AccountId { get; init; }

    public required string TokenSha256 { get; init; }

    /// <summary>UTC milliseconds; null for one that waits until it is used.</summary>
    public long? ExpiresAt { get; init; }
}
