using Preserve.Catalog.Exhibits;

namespace Preserve.Web.Curate;

/// <summary>The input of an exhibit while a curator edits it: lists are lines of text.</summary>
public sealed class InputDraft
{
    public string Keyboard { get; set; } = "";

    /// <summary>One key a line: label, colon, keys.</summary>
    public string QuickKeys { get; set; } = "";

    /// <summary>Whether the gamepad is other than usual.</summary>
    public bool HasGamepad { get; set; }

    public string Stick { get; set; } = "cursor";

    /// <summary>One button a line; an empty line for one that does nothing.</summary>
    public string Buttons { get; set; } = "Ctrl\nAlt\nSpace\nEnter";

    public static InputDraft Of(ExhibitInput input)
    {
        var draft = new InputDraft
        {
            Keyboard = input.Keyboard,
            QuickKeys = string.Join('\n', input.QuickKeys.Select(key => $"{key.Label}: {key.Keys}")),
            HasGamepad = input.Gamepad is not null,
        };
        if (input.Gamepad is { } pad)
        {
            (draft.Stick, draft.Buttons) = (pad.Stick, string.Join('\n', pad.Buttons));
        }

        return draft;
    }

    public ExhibitInput ToInput() => new()
    {
        Keyboard = Keyboard,
        QuickKeys = [.. Lines(QuickKeys).Where(line => line.Length > 0).Select(ToKey)],
        Gamepad = HasGamepad ? new GamepadMap(Stick, [.. Lines(Buttons)]) : null,
    };

    // The last colon parts, since a label may have one; a line without is a key that is its own label.
    private static QuickKey ToKey(string line)
    {
        var colon = line.LastIndexOf(':');
        return colon < 0 ? new QuickKey(line, line) : new QuickKey(line[..colon].Trim(), line[(colon + 1)..].Trim());
    }

    private static IEnumerable<string> Lines(string text) => text.TrimEnd().Split('\n').Select(line => line.Trim());
}
