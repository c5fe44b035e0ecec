namespace Preserve.Catalog.Regression;

/// <summary>One night, or one run on demand: environments tried on builds of an emulator.</summary>
public sealed class RegressionRun
{
    public long Id { get; init; }

    /// <summary>UTC milliseconds.</summary>
    public required long RequestedAt { get; init; }

    /// <summary>Pseudonym or role of whoever asked; <c>service</c> for a night.</summary>
    public required string RequestedBy { get; init; }

    public required bool IsNightly { get; init; }

    /// <summary>Whether environments without a baseline get one, unreviewed.</summary>
    public required bool Learns { get; init; }

    public RegressionRunState State { get; set; }

    /// <summary>UTC milliseconds at which the last job was done, or the run was cancelled; null until then.</summary>
    public long? FinishedAt { get; set; }

    public List<RegressionJob> Jobs { get; } = [];
}

public enum RegressionRunState
{
    Running,
    Finished,
    Cancelled,
}

/// <summary>One environment on one build, and once it is done what was found.</summary>
public sealed class RegressionJob
{
    public long Id { get; init; }

    public long RunId { get; init; }

    /// <summary>No foreign key: a result outlives its environment.</summary>
    public required string EnvironmentId { get; init; }

    public required string Title { get; init; }

    public required string BuildId { get; init; }

    /// <summary>About how long it takes, to do the longest first and to tell when all will be done.</summary>
    public required double EstimatedSeconds { get; init; }

    public RegressionJobState State { get; set; }

    public string? Worker { get; set; }

    /// <summary>Grows with each claim. Who holds an older one has lost the job and can write nothing.</summary>
    public long Token { get; set; }

    /// <summary>UTC milliseconds until which the claim holds; null when nobody has it.</summary>
    public long? LeaseUntil { get; set; }

    /// <summary>Claims that ended without an answer, and the present one.</summary>
    public int Attempts { get; set; }

    /// <summary>UTC milliseconds; null until it is done.</summary>
    public long? FinishedAt { get; set; }

    /// <summary>A word of the night watch's; empty until it is done.</summary>
    public string Verdict { get; set; } = "";

    /// <summary>The same for equal differences; empty for what passed.</summary>
    public string ClusterKey { get; set; } = "";

    /// <summary>Everything that was found, as JSON (the entry of <c>report.json</c>); empty until it is done.</summary>
    public string Report { get; set; } = "";

    /// <summary>What a person decided of it; null until somebody has.</summary>
    public RegressionDecision? Decision { get; set; }

    public string DecidedBy { get; set; } = "";

    /// <summary>UTC milliseconds.</summary>
    public long? DecidedAt { get; set; }

    public string DecisionReason { get; set; } = "";
}

public enum RegressionJobState
{
    Due,
    Running,
    Done,
    Cancelled,
}

public enum RegressionDecision
{
    /// <summary>What it showed is right.</summary>
    Approved,

    /// <summary>What it showed is wrong.</summary>
    Rejected,
}
