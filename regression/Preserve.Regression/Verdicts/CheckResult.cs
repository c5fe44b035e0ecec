using Preserve.Regression.Booting;

namespace Preserve.Regression.Verdicts;

/// <summary>One boot held against the baseline.</summary>
/// <param name="Finding">What was found.</param>
/// <param name="Boot">The boot.</param>
/// <param name="Probe">What probing found.</param>
public sealed record CheckResult(CheckFinding Finding, BootResult Boot, ProbeOutcome Probe)
{
    /// <summary>The checkpoint whose screen is another; null for the end of the boot.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>What a scenario failed at, in words.</summary>
    public string ScenarioProblem { get; init; } = "";

    public bool IsPassed => Finding == CheckFinding.Passed;

    /// <summary>One sentence for a person.</summary>
    public string Describe() => Finding switch
    {
        CheckFinding.Passed => Probe == ProbeOutcome.Answered ? "As accepted, and it answers." : "As accepted; display only.",
        CheckFinding.NoAnswer => "The screen is as accepted, but it does not answer to the key or pointer it answered to when the baseline was learned.",
        CheckFinding.Silent => "The screen is as accepted, but there was no sound, and there was when the baseline was learned.",
        CheckFinding.ScenarioFailed => $"{ScenarioProblem} {(Checkpoint is null ? "" : DescribeDifference())}".Trim(),
        CheckFinding.StoppedMoving => "The screen is as accepted but stands still, and it moved when the baseline was learned.",
        _ => Boot.Outcome switch
        {
            BootOutcome.SettledElsewhere => $"It came to rest on another screen. {DescribeDifference()}",
            BootOutcome.NeverSettles => $"It did not come to rest within {Boot.WallTime.TotalSeconds:0} s. {DescribeDifference()}",
            BootOutcome.Blank => "The screen stays blank.",
            BootOutcome.RebootsInALoop => "The guest restarts the machine again and again.",
            BootOutcome.GuestHalted => $"The processor has stopped. {DescribeDifference()}",
            BootOutcome.PoweredOff => "The guest switched itself off.",
            BootOutcome.MachineTypeGone => Boot.Message,
            BootOutcome.CouldNotStart => $"It could not be started. {Boot.Message}",
            _ => Boot.Message,
        },
    };

    private string DescribeDifference() => Boot.Comparison switch
    {
        { Sizes: { } sizes } => $"{sizes.ActualWidth} x {sizes.ActualHeight} pixels instead of {sizes.ExpectedWidth} x {sizes.ExpectedHeight}.",
        { IsPassed: false, Areas: [var first, ..] } difference =>
            $"{difference.DifferingPixels} pixels differ in {difference.Areas.Count + difference.AreasLeftOut} areas, most of them in "
            + $"{first.Area.Width} x {first.Area.Height} at {first.Area.X}, {first.Area.Y}.",
        _ => "",
    };
}

/// <summary>What a boot was found to be.</summary>
public enum CheckFinding
{
    Passed,

    /// <summary>It did not come to an accepted screen: the boot's outcome says how.</summary>
    NotReached,

    /// <summary>The accepted screen is there and ignores what it answered to.</summary>
    NoAnswer,

    /// <summary>The accepted screen is there; the sound is gone.</summary>
    Silent,

    /// <summary>The accepted screen is there; what moved stands still.</summary>
    StoppedMoving,

    /// <summary>It booted as accepted; a step of its scenario failed, or a checkpoint shows another screen.</summary>
    ScenarioFailed,
}
