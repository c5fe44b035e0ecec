using MessagePack;

namespace Preserve.Workers.Watching;

/// <summary>Who watches, in a <c>state</c> message: docs/session-hub.md.</summary>
[MessagePackObject]
public sealed record WatchingMessage
{
    /// <summary>How many people came by a link.</summary>
    [Key("watchers")]
    public required int Watchers { get; init; }

    [Key("isOwner")]
    public required bool IsOwner { get; init; }

    [Key("isTour")]
    public required bool IsTour { get; init; }

    /// <summary>The reader's own number; 0 for an owner.</summary>
    [Key("number")]
    public required int Number { get; init; }

    /// <summary>What the reader wishes: <c>none</c>, <c>asking</c>, <c>offered</c>, <c>refused</c>.</summary>
    [Key("wish")]
    public required string Wish { get; init; }

    /// <summary>Number of the watcher who has the controls; null while the owner has them.</summary>
    [Key("guest")]
    public required int? Guest { get; init; }

    /// <summary>For an owner everybody who watches; empty for a watcher.</summary>
    [Key("people")]
    public required IReadOnlyList<WatcherMessage> People { get; init; }
}

/// <summary>One watcher, as an owner is told.</summary>
[MessagePackObject]
public sealed record WatcherMessage
{
    [Key("number")]
    public required int Number { get; init; }

    /// <summary>As the watcher typed it; perhaps empty.</summary>
    [Key("name")]
    public required string Name { get; init; }

    [Key("wish")]
    public required string Wish { get; init; }

    /// <summary>Id of the link it came by.</summary>
    [Key("link")]
    public required string? Link { get; init; }
}
