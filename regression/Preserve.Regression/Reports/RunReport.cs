using Preserve.Regression.Baselines;
using Preserve.Regression.Comparison;
using Preserve.Regression.Verdicts;

namespace Preserve.Regression.Reports;

/// <summary>What one run found, without pictures.</summary>
public sealed record RunReport
{
    public required DateTimeOffset StartedAt { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>The build that was judged.</summary>
    public required string BuildId { get; init; }

    public required string BuildVersion { get; init; }

    /// <summary>Processors and operating system.</summary>
    public required string Host { get; init; }

    /// <summary>In the order they were run.</summary>
    public required IReadOnlyList<EnvironmentReport> Environments { get; init; }

    /// <summary>The answer for <c>git bisect run</c>: 0 good, 1 a regression, 125 cannot tell.</summary>
    public int ExitCode => Environments switch
    {
        _ when Environments.Any(entry => entry.Verdict is Verdict.EmulatorRegression or Verdict.RaisedFailureRate) => 1,
        [] => 125,
        _ when Environments.All(entry => entry.Verdict is Verdict.Passed or Verdict.Flaky or Verdict.Learned) => 0,
        _ => 125,
    };
}

/// <summary>What it found of one environment.</summary>
public sealed record EnvironmentReport
{
    public required string EnvironmentId { get; init; }

    public required string Title { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>In words.</summary>
    public required string Message { get; init; }

    /// <summary>Whether a person has looked at the baseline; false also where there is none.</summary>
    public bool IsReviewed { get; init; }

    public BaselineClass? Class { get; init; }

    /// <summary>In which time it ran.</summary>
    public string Mode { get; init; } = "";

    public int Failed { get; init; }

    public int Boots { get; init; }

    public string ReferenceBuildId { get; init; } = "";

    public int ReferenceFailed { get; init; }

    public int ReferenceBoots { get; init; }

    /// <summary>Wall time of the last boot on the judged build until its final screen.</summary>
    public double Seconds { get; init; }

    public long? Instructions { get; init; }

    /// <summary>Rung of the comparison that passed, or Different.</summary>
    public string Rung { get; init; } = "";

    /// <summary>The same for equal differences; empty for what passed.</summary>
    public string ClusterKey { get; init; } = "";

    /// <summary>Checkpoint of the scenario that shows another screen; empty for the end of the boot.</summary>
    public string Checkpoint { get; init; } = "";

    /// <summary>Where the screen differs, most pixels first: x, y, width, height, pixels.</summary>
    public IReadOnlyList<int[]> Areas { get; init; } = [];

    /// <summary>Areas beyond those.</summary>
    public int AreasLeftOut { get; init; }

    /// <summary>Lines of text that differ; null where either screen has no text.</summary>
    public IReadOnlyList<DifferingLine>? Lines { get; init; }

    /// <summary>Distinct resting screens of the boot that is shown, in order; empty for what passed.</summary>
    public IReadOnlyList<FilmEntry> Film { get; init; } = [];

    /// <summary>Files beside the report, such as <c>freedos/actual.png</c>.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];
}

/// <summary>One picture of a filmstrip.</summary>
/// <param name="File">Its name in the result's folder.</param>
/// <param name="Seconds">Wall time since the start.</param>
/// <param name="VirtualSeconds">Time of the guest, without what it did not wait for; null in real time.</param>
/// <param name="Instructions">Instructions executed until then; null where they are not counted.</param>
public sealed record FilmEntry(string File, double Seconds, double? VirtualSeconds, long? Instructions);
