using Preserve.Emulation.Display;

namespace Preserve.Regression.Booting;

/// <summary>Something harmless that is done to a machine on its final screen, and where the screen must answer.</summary>
/// <param name="Kind">Key or pointer.</param>
/// <param name="Scancode">Of the key, as <see cref="Emulation.Input.IMachineInput.KeyAsync"/> takes it; 0 for a pointer.</param>
/// <param name="Area">Where the screen changed when this was learned.</param>
public sealed record ScreenProbe(ProbeKind Kind, byte Scancode, Rectangle Area);

public enum ProbeKind
{
    Key,
    Pointer,
}

/// <summary>What probing a machine found.</summary>
public enum ProbeOutcome
{
    /// <summary>It answered where it did when the probe was learned.</summary>
    Answered,

    /// <summary>The screen shows what it should, but does not answer.</summary>
    NoAnswer,

    /// <summary>No probe is known: the screen was looked at, nothing more.</summary>
    DisplayOnly,
}
