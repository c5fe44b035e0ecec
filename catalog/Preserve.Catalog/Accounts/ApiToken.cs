namespace Preserve.Catalog.Accounts;

/// <summary>A key with which a program acts for an account.</summary>
public sealed class ApiToken
{
    /// <summary>How every API token begins, so that it is never taken for a session's key or ticket, and is found when it leaks.</summary>
    public const string Prefix = "preserve_";

    public required Guid Id { get; init; }

    public required Guid AccountId { get; init; }

    /// <summary>What the owner calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Roles it may use, of those that its owner has at the time of use.</summary>
    public List<string> Scopes { get; init; } = [];

    /// <summary>Of the whole token. Lower-case hexadecimal.</summary>
    public required string TokenSha256 { get; init; }

    /// <summary>UTC milliseconds.</summary>
    public required long CreatedAt { get; init; }

    /// <summary>UTC milliseconds; it does not work from then on.</summary>
    public required long ExpiresAt { get; init; }

    /// <summary>UTC milliseconds, to about a minute; null when it was never used.</summary>
    public long? LastUsedAt { get; set; }
}
