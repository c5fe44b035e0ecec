using System.Text;
using System.Text.Json;

namespace Preserve.Emulation.Input;

/// <summary>Which keys to press for a character on the keyboard that a guest takes for granted. A data file below <c>layouts/</c>. Immutable.</summary>
public sealed class KeyboardLayout
{
    private const byte Space = 0x39;
    private const byte Enter = 0x1C;
    private const byte Tab = 0x0F;
    private const byte Backspace = 0x0E;

    /// <summary>The accent on its own for each combining one (Unicode 2.2, combining diacritical marks).</summary>
    private static readonly Dictionary<char, char> s_accents = new()
    {
        ['\u0300'] = '`',
        ['\u0301'] = '´',
        ['\u0302'] = '^',
        ['\u0303'] = '~',
        ['\u0308'] = '¨',
    };

    private readonly Dictionary<char, KeyStroke> _keys = new()
    {
        [' '] = new KeyStroke(HeldKeys.None, [Space]),
        ['\n'] = new KeyStroke(HeldKeys.None, [Enter]),
        ['\t'] = new KeyStroke(HeldKeys.None, [Tab]),
        ['\b'] = new KeyStroke(HeldKeys.None, [Backspace]),
    };

    private readonly Dictionary<char, KeyStroke> _dead = [];

    internal KeyboardLayout(LayoutFile file)
    {
        (Id, Title) = (file.Id, file.Title);
        foreach (var row in file.Rows)
        {
            Add(row, _keys);
        }

        foreach (var row in file.Dead ?? [])
        {
            Add(row, _dead);
        }
    }

    /// <summary>Every layout, by title.</summary>
    public static IReadOnlyList<KeyboardLayout> All { get; } = Load();

    /// <summary>Short name, such as <c>us</c>.</summary>
    public string Id { get; }

    /// <summary>What a visitor reads, such as "English (US)".</summary>
    public string Title { get; }

    /// <summary>The layout of a name, or null when it is not known.</summary>
    public static KeyboardLayout? Find(string? id) => All.FirstOrDefault(layout => layout.Id == id);

    /// <summary>What to press for a character, in order; null when this keyboard cannot make it. A line feed is the Enter key, a backspace the Backspace key.</summary>
    public IReadOnlyList<KeyStroke>? StrokesFor(char character)
    {
        if (_keys.TryGetValue(character, out var key))
        {
            return [key];
        }

        if (_dead.TryGetValue(character, out var alone))
        {
            return [alone, _keys[' ']];
        }

        // Not for what is no character of its own, such as half of a pair: it has no parts.
        var parts = char.IsSurrogate(character) ? "" : character.ToString().Normalize(NormalizationForm.FormD);
        return parts.Length == 2 && s_accents.TryGetValue(parts[1], out var accent)
            && _dead.TryGetValue(accent, out var dead) && _keys.TryGetValue(parts[0], out var letter)
                ? [dead, letter]
                : null;
    }

    private static void Add(LayoutRow row, Dictionary<char, KeyStroke> keys)
    {
        foreach (var (characters, held) in new[] { (row.Plain, HeldKeys.None), (row.Shift, HeldKeys.Shift), (row.AltGr, HeldKeys.AltGr) })
        {
            for (var i = 0; i < characters.Length; i++)
            {
                if (characters[i] != ' ')
                {
                    keys.TryAdd(characters[i], new KeyStroke(held, [(byte)(row.From + i)]));
                }
            }
        }
    }

    private static IReadOnlyList<KeyboardLayout> Load()
    {
        var assembly = typeof(KeyboardLayout).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith("layouts/", StringComparison.Ordinal))
                .Select(name =>
                {
                    using var file = assembly.GetManifestResourceStream(name)!;
                    return new KeyboardLayout(JsonSerializer.Deserialize<LayoutFile>(file, JsonSerializerOptions.Web)!);
                })
                .OrderBy(layout => layout.Title, StringComparer.Ordinal),
        ];
    }
}
