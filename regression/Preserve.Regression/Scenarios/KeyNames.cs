namespace Preserve.Regression.Scenarios;

/// <summary>Names of keys in scenarios, to PC XT set 1 scancodes; extended keys have 0x80 added.</summary>
internal static class KeyNames
{
    private const string Rows = "1234567890-=\0\0qwertyuiop[]\0\0asdfghjkl;'`\0\\zxcvbnm,./";
    private const byte FirstRow = 0x02;

    private static readonly Dictionary<string, byte> s_named = new(StringComparer.OrdinalIgnoreCase)
    {
        ["escape"] = 0x01, ["esc"] = 0x01, ["backspace"] = 0x0E, ["tab"] = 0x0F, ["enter"] = 0x1C, ["ctrl"] = 0x1D, ["shift"] = 0x2A, ["alt"] = 0x38, ["space"] = 0x39,
        ["altgr"] = 0xB8, ["rightctrl"] = 0x9D, ["rightshift"] = 0x36, ["capslock"] = 0x3A, ["numlock"] = 0x45, ["scrolllock"] = 0x46, ["plus"] = 0x4E,
        ["f1"] = 0x3B, ["f2"] = 0x3C, ["f3"] = 0x3D, ["f4"] = 0x3E, ["f5"] = 0x3F, ["f6"] = 0x40, ["f7"] = 0x41, ["f8"] = 0x42, ["f9"] = 0x43, ["f10"] = 0x44,
        ["f11"] = 0x57, ["f12"] = 0x58,
        ["home"] = 0xC7, ["up"] = 0xC8, ["pageup"] = 0xC9, ["left"] = 0xCB, ["right"] = 0xCD, ["end"] = 0xCF, ["down"] = 0xD0, ["pagedown"] = 0xD1, ["insert"] = 0xD2,
        ["delete"] = 0xD3, ["win"] = 0xDB, ["menu"] = 0xDD,
    };

    /// <summary>Scancodes of a chord such as <c>ctrl+alt+delete</c>; null when a name in it is none.</summary>
    public static IReadOnlyList<byte>? Chord(string chord)
    {
        var codes = chord.Split('+').Select(Find).ToList();
        return codes.Contains(null) ? null : [.. codes.OfType<byte>()];
    }

    private static byte? Find(string name)
    {
        if (s_named.TryGetValue(name, out var code))
        {
            return code;
        }

        var at = name is [not '\0'] ? Rows.IndexOf(char.ToLowerInvariant(name[0]), StringComparison.Ordinal) : -1;
        return at < 0 ? null : (byte)(FirstRow + at);
    }
}
