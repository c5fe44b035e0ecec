using Preserve.Regression.Booting;
using Preserve.Regression.Comparison;
using Preserve.Regression.Scenarios;
using Preserve.Regression.Settling;

namespace Preserve.Regression.Baselines;

/// <summary>What is accepted of an environment: its final screens, and what else it did when this was learned.</summary>
public sealed record Baseline
{
    /// <summary>Most accepted screens.</summary>
    public const int MaximumScreens = 32;

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

    /// <summary>What is done after the boot, instead of a probe; null for nothing.</summary>
    public Scenario? Scenario { get; init; }

    /// <summary>Checkpoint of the scenario to its accepted screens.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<AcceptedScreen>> Checkpoints { get; init; } = new Dictionary<string, IReadOnlyList<AcceptedScreen>>();

    /// <summary>Checkpoints of the scenario that have no accepted screen yet.</summary>
    public IReadOnlyList<string> UnlearnedCheckpoints => [.. (Scenario?.Checkpoints ?? []).Where(name => !Checkpoints.ContainsKey(name))];

    /// <summary>The same with one more accepted screen, whose areas are those of the first screen of its size. Unchanged where it is accepted already.</summary>
    /// <exception cref="BaselineException">It has as many screens as one can have.</exception>
    /// <param name="picture">The screen.</param>
    /// <param name="checkpoint">Of which checkpoint; null for the end of the boot.</param>
    public Baseline Accepting(Picture picture, string? checkpoint = null)
    {
        if (checkpoint is null)
        {
            return this with { Screens = Accepting(Screens, picture) };
        }

        var more = Checkpoints.ToDictionary(entry => entry.Key, entry => entry.Value);
        more[checkpoint] = Accepting(more.GetValueOrDefault(checkpoint) ?? [], picture);
        return this with { Checkpoints = more };
    }

    private IReadOnlyList<AcceptedScreen> Accepting(IReadOnlyList<AcceptedScreen> screens, Picture picture)
    {
        if (screens.Any(screen => screen.Picture.Digest == picture.Digest))
        {
            return screens;
        }

        if (screens.Count == MaximumScreens)
        {
            throw new BaselineException($"The baseline of {EnvironmentId} has {MaximumScreens} screens already. Delete it and learn it anew.");
        }

        var like = screens.FirstOrDefault(screen => screen.Picture.Width == picture.Width && screen.Picture.Height == picture.Height);
        var areas = like?.Areas.Where(area => area.Kind is not (AreaKind.Text or AreaKind.Figures)).ToList() ?? [];
        return [.. screens, new AcceptedScreen(picture, areas, null, like?.MaximumShift ?? 0)];
    }
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
