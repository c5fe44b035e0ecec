using MessagePack;

namespace Preserve.Workers.Typing;

/// <summary>The map of a <c>typing</c> message: docs/session-hub.md.</summary>
[MessagePackObject]
public sealed record TypingMessage
{
    [Key("typed")]
    public required int Typed { get; init; }

    [Key("total")]
    public required int Total { get; init; }

    /// <summary>Null while it goes on; then <c>typed</c>, <c>stopped</c> or <c>stuck</c>.</summary>
    [Key("outcome")]
    public string? Outcome { get; init; }

    /// <summary>Characters that were left out, each once.</summary>
    [Key("unknown")]
    public IReadOnlyList<string> Unknown { get; init; } = [];
}

/// <summary>The answer to <c>PlanText</c>: docs/session-hub.md.</summary>
[MessagePackObject]
public sealed record TypingPlanMessage
{
    /// <summary>Why it cannot be typed at all, or null.</summary>
    [Key("problem")]
    public string? Problem { get; init; }

    /// <summary>Characters that the keyboard lacks, each once.</summary>
    [Key("unknown")]
    public IReadOnlyList<string> Unknown { get; init; } = [];

    /// <summary>Those of them that have a number on this machine.</summary>
    [Key("byNumber")]
    public IReadOnlyList<string> ByNumber { get; init; } = [];
}
