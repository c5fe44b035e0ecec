namespace Preserve.Catalog.Access;

/// <summary>A named group of accounts that exhibits can be opened to, such as the members of a seminar.</summary>
public sealed class AccessGroup
{
    /// <summary><c>[a-z0-9-]{1,64}</c>; what rules refer to.</summary>
    public required string Id { get; init; }

    public required string Title { get; set; }
}

/// <summary>An account in a group. Goes with either.</summary>
public sealed class GroupMember
{
    public required string GroupId { get; init; }

    public required Guid AccountId { get; init; }
}
