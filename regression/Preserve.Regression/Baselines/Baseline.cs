using Preserve.Regression.Booting;
using Preserve.Regression.Comparison;

namespace Preserve.Regression.Baselines;

/// <summary>What is accepted of an environment: its final screens, and what else it did when this was learned.</summary>
public sealed record Baseline
{
    public required string EnvironmentId { get; init; }

    public required BaselineClass Class { get; init; }

    /// <summary>Accepted final screens, at least one.</summary>
    public required IReadOnlyList<AcceptedScreen> Screens { get; init; }

    /// <summary>What it answers to; null for "display only".</summary>
    public ScreenProbe? Probe { get; init; }

    /// <summary>Whether sound was heard until the final screen.</summary>
    public bool HasSound { get; init; }

    /// <summary>Whether the final screen goes on changing by itself, and must.</summary>
    public bool IsMoving { get; init; }

    /// <summary>The fastest time that the environment bears.</summary>
    public BootMode Mode { get; init; }

    /// <summary>Wall time until the final screen, when this was learned.</summary>
    public TimeSpan ReachedAfter { get; init; }

    /// <summary>False until a person has looked at it; every result says so.</summary>
    public bool IsReviewed { get; init; }

    public required BuildFacts LearnedOn { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset LearnedAt { get; init; }

    /// <summary>Boots that failed for no reason since this was learned; more than none makes the next runs compare rates.</summary>
    public int FlakesSeen { get; init; }
}

/// <summary>What kind of screen it is.</summary>
public enum BaselineClass
{
    /// <summary>One picture, always the same.</summary>
    OneFrame,

    /// <summary>A few pictures in turn, such as a blinking cursor.</summary>
    SmallCycle,

    /// <summary>Differs with the date and time of the guest, and only in a small part.</summary>
    Clock,

    /// <summary>Text in which only figures differ from boot to boot.</summary>
    Figures,

    /// <summary>Never rests.</summary>
    Animated,

    /// <summary>Rests, but differs from boot to boot.</summary>
    Random,
}

/// <summary>Which build something was seen on.</summary>
/// <param name="Id">Of the build.</param>
/// <param name="Version">The emulator's own.</param>
/// <param name="ProgramSha256">Of the program for the environment's architecture.</param>
/// <param name="FirmwareSha256">Of all firmware.</param>
/// <param name="MachineType">Versioned machine type.</param>
public sealed record BuildFacts(string Id, string Version, string ProgramSha256, string FirmwareSha256, string MachineType);
