namespace Preserve.Workers.Typing;

/// <summary>A text to be typed on a machine's keyboard.</summary>
/// <param name="Text">What to type; each line end is the Enter key.</param>
/// <param name="Layout">Keyboard that the guest takes for granted, such as <c>us</c>; null for the machine's own.</param>
/// <param name="ByNumber">Whether characters that the keyboard lacks are typed as numbers with Alt held.</param>
/// <param name="SkipUnknown">Whether to type the rest when some characters cannot be typed.</param>
public sealed record TypeRequest(string Text, string? Layout, bool ByNumber, bool SkipUnknown);

/// <summary>How typing ended, or why it did not begin.</summary>
/// <param name="Outcome">Which of both.</param>
/// <param name="Typed">How many characters were typed.</param>
/// <param name="Total">How many were to be.</param>
/// <param name="Unknown">Characters that cannot be typed on this machine, or that it did not take, each once.</param>
public sealed record TypeResult(TypeOutcome Outcome, int Typed, int Total, IReadOnlyList<string> Unknown);

/// <summary>Expected outcomes of typing.</summary>
public enum TypeOutcome
{
    Typed,

    /// <summary>The session has no such machine, or it does not run.</summary>
    NotRunning,

    /// <summary>Longer than 10,000 characters.</summary>
    TooLong,

    /// <summary>There is no such keyboard layout.</summary>
    NoSuchLayout,

    /// <summary>Some characters cannot be typed: nothing was.</summary>
    HasUnknown,

    /// <summary>Another text is being typed on this machine.</summary>
    Busy,

    /// <summary>The machine took no more keys.</summary>
    Stuck,

    /// <summary>Somebody stopped it, or the machine ended.</summary>
    Stopped,
}
