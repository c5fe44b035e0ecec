using Preserve.Emulation.Input;

namespace Preserve.Workers.Typing;

/// <summary>What a typing that did not begin, or did not end well, says to a person.</summary>
public static class TypingWords
{
    /// <summary>In words, for every outcome but <see cref="TypeOutcome.Typed"/>.</summary>
    public static string Of(TypeResult result) => result.Outcome switch
    {
        TypeOutcome.NotRunning => "The machine is not running.",
        TypeOutcome.TooLong => $"The text has {result.Total:N0} characters; at most {TypingPlan.LongestText:N0} can be typed at once. Paste it in parts.",
        TypeOutcome.NoSuchLayout => $"There is no such keyboard layout. These are: {string.Join(", ", KeyboardLayout.All.Select(layout => layout.Id))}.",
        TypeOutcome.HasUnknown => $"These characters cannot be typed on this machine: {string.Join(' ', result.Unknown.Select(Name))}. Nothing was typed.",
        TypeOutcome.Busy => "Another text is being typed on this machine. Wait for it, or stop it.",
        TypeOutcome.Stuck => $"The machine takes no more keys: {result.Typed:N0} of {result.Total:N0} characters were typed.",
        TypeOutcome.Stopped => $"The typing was stopped after {result.Typed:N0} of {result.Total:N0} characters.",
        _ => "",
    };

    /// <summary>A character and its number in Unicode; the number alone where there is nothing to see.</summary>
    private static string Name(string character)
    {
        var rune = System.Text.Rune.GetRuneAt(character, 0);
        return System.Text.Rune.IsControl(rune) || System.Text.Rune.IsWhiteSpace(rune) ? $"U+{rune.Value:X4}" : $"{character} (U+{rune.Value:X4})";
    }
}
