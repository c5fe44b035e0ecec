using Preserve.Emulation.Machines;

namespace Preserve.Workers.Regression;

/// <summary>How one environment is tried.</summary>
public sealed record TrialRequest
{
    /// <summary>The build that is judged, or null for the one in use.</summary>
    public EmulatorBuild? Build { get; init; }

    /// <summary>Whether an environment without a baseline gets one, unreviewed, learned on the judged build.</summary>
    public bool Learns { get; init; }

    /// <summary>Folder for pictures and scripts of what failed, in a folder of the environment's name; it is made.</summary>
    public required string ReportFolder { get; init; }

    /// <summary>
    /// True while visitors need the host: then the machine is paused, and its time stands still. Null for boots that somebody waits for, which
    /// run at the usual priority.
    /// </summary>
    public Func<bool>? MustWait { get; init; }
}
