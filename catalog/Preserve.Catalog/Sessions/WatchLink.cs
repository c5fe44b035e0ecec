namespace Preserve.Catalog.Sessions;

/// <summary>
/// A way for others to watch a session. It works until it or its session ends: <see cref="WatchLinkRegister"/> looks at both every time.
/// </summary>
public sealed class WatchLink
{
    /// <summary>Random, in the address of its page. Does not suffice to watch.</summary>
    public required Guid Id { get; init; }

    public required Guid SessionId { get; init; }

    public required WatchLinkKind Kind { get; init; }

    /// <summary>SHA-256 of the secret that its holder shows, hexadecimal. The secret itself is nowhere.</summary>
    public required string SecretSha256 { get; init; }

    /// <summary>UTC milliseconds.</summary>
    public required long CreatedAt { get; init; }

    /// <summary>UTC milliseconds; null while it has not been ended.</summary>
    public long? EndedAt { get; set; }
}

/// <summary>What a link invites to.</summary>
public enum WatchLinkKind
{
    /// <summary>Looking over somebody's shoulder.</summary>
    Watch,

    /// <summary>A guided tour: one at a time for a session.</summary>
    Tour,
}
