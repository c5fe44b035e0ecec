using Preserve.Catalog.Regression;

namespace Preserve.Web.NightWatching;

/// <summary>A verdict as people see it: a word and a shape, and a colour beside them. Takes the words of rows, so that one of another version is shown too.</summary>
public static class VerdictWords
{
    /// <summary>Such as "regression of the emulator".</summary>
    public static string Of(string verdict) => verdict switch
    {
        "Passed" => "passed",
        "EmulatorRegression" => "regression of the emulator",
        "RaisedFailureRate" => "fails more often",
        "ChangedEverywhere" => "changed on every build",
        "Flaky" => "fails now and then",
        "MachineTypeGone" => "machine type gone",
        "NoBaseline" => "no baseline",
        "Learned" => "learned",
        "CannotTell" => "cannot tell",
        _ => verdict,
    };

    public static string Shape(string verdict) => verdict switch
    {
        "Passed" => "●",
        "EmulatorRegression" => "▲",
        "RaisedFailureRate" => "◆",
        "ChangedEverywhere" => "■",
        "Flaky" => "◐",
        "MachineTypeGone" => "✕",
        "NoBaseline" => "○",
        "Learned" => "◇",
        _ => "?",
    };

    /// <summary>Class of the style sheet.</summary>
    public static string Tone(string verdict) => verdict switch
    {
        "Passed" => "good",
        "Learned" => "new",
        "EmulatorRegression" or "RaisedFailureRate" or "ChangedEverywhere" or "MachineTypeGone" => "bad",
        "NoBaseline" => "none",
        _ => "unsure",
    };

    public static string Of(RegressionDecision decision) => decision == RegressionDecision.Approved ? "approved" : "rejected";
}
