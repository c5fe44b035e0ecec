using Preserve.Catalog.Exhibits;

namespace Preserve.Web.Api;

/// <summary>How visitors' hands reach the machines of an exhibit.</summary>
/// <param name="Keyboard">The keyboard on screen: <c>xt</c>, <c>at</c>, or empty for what fits the machine's year.</param>
/// <param name="QuickKeys">Up to 12 keys or chords that are always in the bar.</param>
/// <param name="Gamepad">What a gamepad does; null for cursor keys, Ctrl, Alt, Space and Enter.</param>
public sealed record ExhibitInputDetail(string? Keyboard = null, IReadOnlyList<QuickKeyDetail>? QuickKeys = null, GamepadDetail? Gamepad = null)
{
    public static ExhibitInputDetail Of(ExhibitInput input) => new(
        input.Keyboard,
        [.. input.QuickKeys.Select(key => new QuickKeyDetail(key.Label, key.Keys))],
        input.Gamepad is { } pad ? new GamepadDetail(pad.Stick, pad.Buttons) : null);

    public ExhibitInput ToInput() => new()
    {
        Keyboard = Keyboard ?? "",
        QuickKeys = [.. (QuickKeys ?? []).Select(key => new QuickKey(key?.Label ?? "", key?.Keys ?? ""))],
        Gamepad = Gamepad is { } pad ? new GamepadMap(pad.Stick ?? "", [.. (pad.Buttons ?? []).Select(button => button ?? "")]) : null,
    };
}

/// <summary>A key or chord.</summary>
/// <param name="Label">1 to 24 characters.</param>
/// <param name="Keys">1 to 4 keys joined by +, such as <c>Ctrl+C</c>, <c>F1</c>, <c>Up</c> or <c>Num 5</c>.</param>
public sealed record QuickKeyDetail(string? Label, string? Keys);

/// <summary>What a gamepad does.</summary>
/// <param name="Stick"><c>cursor</c>, <c>numpad</c>, <c>mouse</c> or <c>none</c>.</param>
/// <param name="Buttons">For each button of the standard mapping: a chord, <c>Mouse left</c>, <c>Mouse right</c>, or empty.</param>
public sealed record GamepadDetail(string? Stick, IReadOnlyList<string?>? Buttons);
