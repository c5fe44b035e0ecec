using System.Collections.Frozen;

namespace Preserve.Catalog.Exhibits;

/// <summary>
/// Keys that are held together, as people write them: <c>Ctrl+Alt+Delete</c>, <c>F1</c>, <c>Num 5</c>. Letters and signs name the key's place on the
/// US keyboard. Stored as written; players get the <c>code</c> of the UI Events specification for each key.
/// </summary>
public static class KeyChord
{
    private const int MostKeys = 4;
    private const int Longest = 64;

    private static readonly (string Name, string Code)[] s_named =
    [
        ("Ctrl", "ControlLeft"), ("Right Ctrl", "ControlRight"), ("Alt", "AltLeft"), ("AltGr", "AltRight"), ("Shift", "ShiftLeft"), ("Right Shift", "ShiftRight"),
        ("Win", "MetaLeft"), ("Menu", "ContextMenu"), ("Esc", "Escape"), ("Escape", "Escape"), ("Enter", "Enter"), ("Tab", "Tab"), ("Space", "Space"),
        ("Backspace", "Backspace"), ("Delete", "Delete"), ("Del", "Delete"), ("Insert", "Insert"), ("Ins", "Insert"), ("Home", "Home"), ("End", "End"),
        ("PgUp", "PageUp"), ("Page Up", "PageUp"), ("PgDn", "PageDown"), ("Page Down", "PageDown"),
        ("Up", "ArrowUp"), ("Down", "ArrowDown"), ("Left", "ArrowLeft"), ("Right", "ArrowRight"),
        ("Caps Lock", "CapsLock"), ("Num Lock", "NumLock"), ("Scroll Lock", "ScrollLock"), ("Print Screen", "PrintScreen"), ("Pause", "Pause"), ("Break", "Pause"),
        ("Num +", "NumpadAdd"), ("Num -", "NumpadSubtract"), ("Num *", "NumpadMultiply"), ("Num /", "NumpadDivide"), ("Num .", "NumpadDecimal"), ("Num Enter", "NumpadEnter"),
        ("-", "Minus"), ("=", "Equal"), ("[", "BracketLeft"), ("]", "BracketRight"), (";", "Semicolon"), ("'", "Quote"), ("`", "Backquote"), ("\\", "Backslash"),
        (",", "Comma"), (".", "Period"), ("/", "Slash"), ("<", "IntlBackslash"),
    ];

    private static readonly FrozenDictionary<string, string> s_codes = Names().ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The codes of a chord, in order; null when it is none.</summary>
    public static IReadOnlyList<string>? Codes(string? chord)
    {
        if (chord is null or { Length: 0 or > Longest })
        {
            return null;
        }

        var codes = Parts(chord).Select(name => s_codes.GetValueOrDefault(name)).ToList();
        return codes.Count <= MostKeys && !codes.Contains(null) && codes.Distinct().Count() == codes.Count ? [.. codes.OfType<string>()] : null;
    }

    /// <summary>Why this is no chord; null when it is one.</summary>
    public static string? Problem(string? chord)
    {
        if (Codes(chord) is not null)
        {
            return null;
        }

        var shown = chord is null ? "" : chord.Length <= Longest ? chord : chord[..Longest];
        return $"\"{shown}\" is not 1 to {MostKeys} different keys joined by +, such as Ctrl+Alt+Delete, F1, A, Up or Num 5.";
    }

    // A plus at the very end or after "Num " is the key itself.
    private static IEnumerable<string> Parts(string chord)
    {
        var start = 0;
        for (var i = 0; i < chord.Length; i++)
        {
            if (chord[i] == '+' && i > start && i < chord.Length - 1 && !chord[start..i].Trim().Equals("num", StringComparison.OrdinalIgnoreCase))
            {
                yield return chord[start..i].Trim();
                start = i + 1;
            }
        }

        yield return chord[start..].Trim();
    }

    private static IEnumerable<KeyValuePair<string, string>> Names()
    {
        foreach (var letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        {
            yield return new($"{letter}", $"Key{letter}");
        }

        for (var digit = 0; digit <= 9; digit++)
        {
            yield return new($"{digit}", $"Digit{digit}");
            yield return new($"Num {digit}", $"Numpad{digit}");
        }

        for (var number = 1; number <= 12; number++)
        {
            yield return new($"F{number}", $"F{number}");
        }

        foreach (var (name, code) in s_named)
        {
            yield return new(name, code);
        }
    }
}
