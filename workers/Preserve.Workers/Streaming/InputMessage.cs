using MessagePack;
using Preserve.Catalog.Exhibits;

namespace Preserve.Workers.Streaming;

/// <summary>What a curator chose for the hands of visitors, in a <c>state</c> message. Keys are <c>code</c>s of the UI Events specification.</summary>
[MessagePackObject]
public sealed record InputMessage
{
    [Key("keyboard")]
    public required string Keyboard { get; init; }

    [Key("quickKeys")]
    public required IReadOnlyList<QuickKeyMessage> QuickKeys { get; init; }

    [Key("gamepad")]
    public GamepadMessage? Gamepad { get; init; }

    public static InputMessage Of(ExhibitInput input) => new()
    {
        Keyboard = input.Keyboard,
        QuickKeys = [.. input.QuickKeys.Select(key => new QuickKeyMessage { Label = key.Label, Codes = KeyChord.Codes(key.Keys) ?? [] })],
        Gamepad = input.Gamepad is { } pad ? new GamepadMessage { Stick = pad.Stick, Buttons = [.. pad.Buttons.Select(Codes)] } : null,
    };

    private static IReadOnlyList<string> Codes(string button) => button switch
    {
        GamepadMap.MouseLeft => ["MouseLeft"],
        GamepadMap.MouseRight => ["MouseRight"],
        _ => KeyChord.Codes(button) ?? [],
    };
}

/// <summary>A key or chord that is always in the bar.</summary>
[MessagePackObject]
public sealed record QuickKeyMessage
{
    [Key("label")]
    public required string Label { get; init; }

    [Key("codes")]
    public required IReadOnlyList<string> Codes { get; init; }
}

/// <summary>What a gamepad does.</summary>
[MessagePackObject]
public sealed record GamepadMessage
{
    [Key("stick")]
    public required string Stick { get; init; }

    /// <summary>For each button what it holds down; <c>MouseLeft</c> and <c>MouseRight</c> are no keys.</summary>
    [Key("buttons")]
    public required IReadOnlyList<IReadOnlyList<string>> Buttons { get; init; }
}
