namespace Preserve.Catalog.Exhibits;

/// <summary>How visitors' hands reach the machines of an exhibit: what a curator chose beyond what every exhibit has. The default is nothing chosen.</summary>
public sealed record ExhibitInput
{
    /// <summary>Most quick keys.</summary>
    public const int MostQuickKeys = 12;

    /// <summary>Most buttons that a gamepad of the Gamepad specification's standard mapping has.</summary>
    public const int MostButtons = 17;

    /// <summary>The keyboard on screen: <c>xt</c> (83 keys), <c>at</c> (101 or 102 keys), or empty for what fits the machine's year.</summary>
    public string Keyboard { get; init; } = "";

    /// <summary>Keys and chords that are always in the bar, in order.</summary>
    public IReadOnlyList<QuickKey> QuickKeys { get; init; } = [];

    /// <summary>What a gamepad does; null for cursor keys, Ctrl, Alt, Space and Enter.</summary>
    public GamepadMap? Gamepad { get; init; }

    /// <summary>What is wrong, one sentence each; empty when it can be kept.</summary>
    public IEnumerable<string> Problems()
    {
        if (Keyboard is not ("" or "xt" or "at"))
        {
            yield return "The keyboard is \"xt\", \"at\" or empty.";
        }

        if (QuickKeys.Count > MostQuickKeys)
        {
            yield return $"There are {QuickKeys.Count} quick keys; at most {MostQuickKeys} fit.";
        }

        foreach (var problem in QuickKeys.Take(MostQuickKeys).SelectMany(key => key.Problems()).Concat(Gamepad?.Problems() ?? []))
        {
            yield return problem;
        }
    }
}

/// <summary>A key or chord with the label that its button has.</summary>
/// <param name="Label">1 to 24 characters.</param>
/// <param name="Keys">In the words of <see cref="KeyChord"/>, such as <c>Ctrl+C</c> or <c>F1</c>.</param>
public sealed record QuickKey(string Label, string Keys)
{
    private const int LongestLabel = 24;

    public IEnumerable<string> Problems()
    {
        if (string.IsNullOrWhiteSpace(Label) || Label.Length > LongestLabel || Label.Any(char.IsControl))
        {
            yield return $"The label of a quick key has 1 to {LongestLabel} characters, on one line.";
        }

        if (KeyChord.Problem(Keys) is { } problem)
        {
            yield return problem;
        }
    }
}

/// <summary>What a gamepad does on the machine's keyboard or mouse.</summary>
/// <param name="Stick">Directions of stick and cross: <c>cursor</c> (cursor keys), <c>numpad</c> (2, 4, 6, 8), <c>mouse</c> or <c>none</c>.</param>
/// <param name="Buttons">
/// For each button, in the order of the Gamepad specification's standard mapping, what it holds down: a chord, <c>Mouse left</c>, <c>Mouse right</c>, or nothing.
/// </param>
public sealed record GamepadMap(string Stick, IReadOnlyList<string> Buttons)
{
    public const string MouseLeft = "Mouse left";
    public const string MouseRight = "Mouse right";

    public IEnumerable<string> Problems()
    {
        if (Stick is not ("cursor" or "numpad" or "mouse" or "none"))
        {
            yield return "The stick is \"cursor\", \"numpad\", \"mouse\" or \"none\".";
        }

        if (Buttons.Count > ExhibitInput.MostButtons)
        {
            yield return $"A gamepad has at most {ExhibitInput.MostButtons} buttons; {Buttons.Count} are named.";
        }

        foreach (var button in Buttons.Take(ExhibitInput.MostButtons))
        {
            if (button is not ("" or MouseLeft or MouseRight) && KeyChord.Problem(button) is { } problem)
            {
                yield return problem;
            }
        }
    }
}
