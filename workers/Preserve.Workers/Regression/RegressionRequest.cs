using Preserve.Emulation.Machines;

namespace Preserve.Workers.Regression;

/// <summary>What a run of the command line is asked to do.</summary>
public sealed record RegressionRequest
{
    /// <summary>Environments by id; empty for all.</summary>
    public IReadOnlyList<string> Environments { get; init; } = [];

    /// <summary>The build that is judged, or null for the one in use.</summary>
    public EmulatorBuild? Build { get; init; }

    /// <summary>Whether environments without a baseline get one, unreviewed, learned on the judged build.</summary>
    public bool Learns { get; init; }

    /// <summary>Folder that the report and its pictures are written to; it is made.</summary>
    public required string ReportFolder { get; init; }

    /// <summary>Environments tried at one time, at least 1.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>Added to what the report says of the host.</summary>
    public string HostNote { get; init; } = "";
}
