using MessagePack;
using Preserve.Workers.Watching;

namespace Preserve.Workers.Streaming;

/// <summary>The map of a <c>state</c> message: docs/session-hub.md.</summary>
[MessagePackObject]
public sealed record StateMessage
{
    [Key("state")]
    public required string State { get; init; }

    [Key("reason")]
    public string? Reason { get; init; }

    [Key("message")]
    public string Message { get; init; } = "";

    [Key("role")]
    public required string Role { get; init; }

    [Key("secondsLeft")]
    public int? SecondsLeft { get; init; }

    [Key("viewers")]
    public int Viewers { get; init; }

    [Key("watching")]
    public WatchingMessage? Watching { get; init; }

    [Key("input")]
    public InputMessage? Input { get; init; }

    [Key("machines")]
    public IReadOnlyList<MachineMessage> Machines { get; init; } = [];
}

/// <summary>One machine in a <c>state</c> message.</summary>
[MessagePackObject]
public sealed record MachineMessage
{
    [Key("machine")]
    public required int Machine { get; init; }

    [Key("title")]
    public required string Title { get; init; }

    [Key("pointer")]
    public required string Pointer { get; init; }

    [Key("pixelAspect")]
    public required IReadOnlyDictionary<string, double> PixelAspect { get; init; }

    [Key("sound")]
    public required bool Sound { get; init; }

    [Key("text")]
    public required bool Text { get; init; }

    [Key("printer")]
    public required bool Printer { get; init; }

    [Key("layout")]
    public required string Layout { get; init; }

    /// <summary>Which keyboard stood before such a machine: <c>xt</c> or <c>at</c>.</summary>
    [Key("keyboard")]
    public required string Keyboard { get; init; }

    [Key("layouts")]
    public required IReadOnlyList<LayoutMessage> Layouts { get; init; }

    [Key("bays")]
    public required IReadOnlyList<BayMessage> Bays { get; init; }

    [Key("shelf")]
    public required IReadOnlyList<ShelfMessage> Shelf { get; init; }
}

/// <summary>One keyboard that text can be typed for.</summary>
[MessagePackObject]
public sealed record LayoutMessage
{
    [Key("id")]
    public required string Id { get; init; }

    [Key("title")]
    public required string Title { get; init; }
}
