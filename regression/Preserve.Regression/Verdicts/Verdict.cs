namespace Preserve.Regression.Verdicts;

/// <summary>What a night says of one environment on one build.</summary>
public enum Verdict
{
    /// <summary>As accepted.</summary>
    Passed,

    /// <summary>Fails on this build each time, and passes today on the last good one.</summary>
    EmulatorRegression,

    /// <summary>Fails on this build more often than on the last good one, more than chance explains.</summary>
    RaisedFailureRate,

    /// <summary>Fails on every build there is: the image, the host or this product has changed, not the emulator.</summary>
    ChangedEverywhere,

    /// <summary>Fails now and then, on this build no more than on the other.</summary>
    Flaky,

    /// <summary>The build no longer has the machine type that the environment was approved on.</summary>
    MachineTypeGone,

    /// <summary>There is no baseline yet.</summary>
    NoBaseline,

    /// <summary>A baseline was learned in this run; there was nothing to compare with.</summary>
    Learned,

    /// <summary>It could not be tried: a baseline that cannot be read, a medium that is missing, no program for its architecture.</summary>
    CannotTell,
}
