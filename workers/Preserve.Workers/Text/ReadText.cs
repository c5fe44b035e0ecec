using Preserve.Emulation.Machines;

namespace Preserve.Workers.Text;

/// <summary>The answer to somebody who asks for the text of a screen.</summary>
/// <param name="Outcome">Whether there is text.</param>
/// <param name="Screen">The text, where there is.</param>
/// <param name="CodePage">Character set that it was read in; empty where there is none.</param>
public sealed record ReadText(ReadTextOutcome Outcome, TextScreen? Screen, string CodePage);

/// <summary>Expected outcomes of asking for text.</summary>
public enum ReadTextOutcome
{
    Read,

    /// <summary>The session has no such machine, or it does not run.</summary>
    NotRunning,

    /// <summary>Nobody can read the text of this machine, whatever it shows.</summary>
    NoTextMachine,

    /// <summary>What the screen shows now is not text.</summary>
    NoTextScreen,
}
