using Preserve.Regression.Comparison;
using Preserve.Regression.Settling;

namespace Preserve.Regression.Booting;

/// <summary>What one boot showed.</summary>
public sealed record BootResult
{
    public required BootOutcome Outcome { get; init; }

    /// <summary>In words, with the emulator's own where it failed.</summary>
    public string Message { get; init; } = "";

    /// <summary>Distinct resting screens, in order; the last one is where it ended.</summary>
    public IReadOnlyList<FilmFrame> Frames { get; init; } = [];

    /// <summary>Pictures seen last, newest last, resting or not.</summary>
    public IReadOnlyList<Picture> LastPictures { get; init; } = [];

    /// <summary>The last screen against the accepted one it resembles most; null where nothing is accepted or nothing was seen.</summary>
    public ScreenComparison? Comparison { get; init; }

    /// <summary>Wall time from the start to the end of the boot, without what was tried afterwards.</summary>
    public TimeSpan WallTime { get; init; }

    public long? Instructions { get; init; }

    /// <summary>Whether any sound was heard; null where nobody listened.</summary>
    public bool? WasSoundHeard { get; init; }
}
