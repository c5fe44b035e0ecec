using System.Text;
using Preserve.Emulation.Text;

namespace Preserve.Emulation.Input;

/// <summary>A text as the keys to press for it, and what of it cannot be typed. Immutable.</summary>
public sealed class TypingPlan
{
    /// <summary>Longest text, in UTF-16 units.</summary>
    public const int LongestText = 10_000;

    private TypingPlan(IReadOnlyList<PlannedCharacter> characters, IReadOnlyList<string> unknown) => (Characters, Unknown) = (characters, unknown);

    /// <summary>What can be typed, in order.</summary>
    public IReadOnlyList<PlannedCharacter> Characters { get; }

    /// <summary>Each different character that cannot be typed, in the order of the text.</summary>
    public IReadOnlyList<string> Unknown { get; }

    /// <summary>Each different character that the keyboard lacks and that is typed by its number, with Alt held.</summary>
    public IReadOnlyList<string> ByNumber => [.. Characters.Where(character => character.IsByNumber).Select(character => character.Text).Distinct()];

    /// <param name="text">At most <see cref="LongestText"/>. Any line end counts as one.</param>
    /// <param name="layout">The keyboard that the guest takes for granted.</param>
    /// <param name="numbers">
    /// The character set by which a character that the keyboard lacks is typed as its number on the number pad; null for not at all. Windows
    /// and DOS with a keyboard driver understand it, a bare BIOS may not, and elsewhere the number may mean another character.
    /// </param>
    public static TypingPlan Make(string text, KeyboardLayout layout, CodePage? numbers)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(text.Length, LongestText);
        var (characters, unknown) = (new List<PlannedCharacter>(text.Length), new List<string>());
        foreach (var rune in Whole(text).EnumerateRunes())
        {
            if (Plan(rune, layout, numbers) is { } planned)
            {
                characters.Add(planned);
            }
            else if (!unknown.Contains(rune.ToString()))
            {
                unknown.Add(rune.ToString());
            }
        }

        return new TypingPlan(characters, unknown);
    }

    private static PlannedCharacter? Plan(Rune rune, KeyboardLayout layout, CodePage? numbers)
    {
        if (!rune.IsBmp)
        {
            return null;
        }

        var character = (char)rune.Value;
        return layout.StrokesFor(character) is { } strokes ? new PlannedCharacter(rune.ToString(), strokes, IsByNumber: false)
            : character > ' ' && numbers?.ToCode(character) is { } code
                ? new PlannedCharacter(rune.ToString(), [new KeyStroke(HeldKeys.Alt, NumberPad.KeysOf(code))], IsByNumber: true)
                : null;
    }

    /// <summary>One line feed for each line end, and letters with their accents on. Half of a pair becomes U+FFFD.</summary>
    private static string Whole(string text)
    {
        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            whole.Append(rune.ToString());
        }

        return whole.Replace("\r\n", "\n").Replace('\r', '\n').ToString().Normalize(NormalizationForm.FormC);
    }
}

/// <summary>One character of a text and the strokes that make it.</summary>
public sealed record PlannedCharacter(string Text, IReadOnlyList<KeyStroke> Strokes, bool IsByNumber);
