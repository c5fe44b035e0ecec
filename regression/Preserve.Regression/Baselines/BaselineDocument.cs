using System.Text.Json;
using System.Text.Json.Serialization;
using Preserve.Emulation.Display;
using Preserve.Emulation.Machines;
using Preserve.Regression.Booting;
using Preserve.Regression.Comparison;
using Preserve.Regression.Settling;

namespace Preserve.Regression.Baselines;

/// <summary><c>baseline.json</c>: what stands beside the pictures.</summary>
internal sealed record BaselineDocument
{
    public const string CurrentFormat = "preserve-baseline/1";

    private const int LongestSide = Framebuffer.MaximumSide;

    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public required string Format { get; init; }

    public required string EnvironmentId { get; init; }

    public required BaselineClass Class { get; init; }

    public required IReadOnlyList<ScreenDocument> Screens { get; init; }

    /// <summary>Checkpoint to its screens, whose pictures are <c>checkpoint-NAME-N.png</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ScreenDocument>> Checkpoints { get; init; } = new Dictionary<string, IReadOnlyList<ScreenDocument>>();

    public ProbeDocument? Probe { get; init; }

    public bool HasSound { get; init; }

    public bool IsMoving { get; init; }

    public int? VirtualTimeShift { get; init; }

    public double ReachedAfterSeconds { get; init; }

    public bool IsReviewed { get; init; }

    public required BuildFacts LearnedOn { get; init; }

    public required DateTimeOffset LearnedAt { get; init; }

    public int FlakesSeen { get; init; }

    public static BaselineDocument Of(Baseline baseline) => new()
    {
        Format = CurrentFormat,
        EnvironmentId = baseline.EnvironmentId,
        Class = baseline.Class,
        Screens = [.. baseline.Screens.Select((screen, index) => ScreenDocument.Of(screen, $"screen-{index}.png"))],
        Checkpoints = baseline.Checkpoints.ToDictionary(
            entry => entry.Key,
            entry => (IReadOnlyList<ScreenDocument>)[.. entry.Value.Select((screen, index) => ScreenDocument.Of(screen, $"checkpoint-{entry.Key}-{index}.png"))]),
        Probe = baseline.Probe is { } probe ? new ProbeDocument(probe.Kind, probe.Scancode, Numbers(probe.Area)) : null,
        HasSound = baseline.HasSound,
        IsMoving = baseline.IsMoving,
        VirtualTimeShift = baseline.Mode.VirtualTimeShift,
        ReachedAfterSeconds = Math.Round(baseline.ReachedAfter.TotalSeconds, 2),
        IsReviewed = baseline.IsReviewed,
        LearnedOn = baseline.LearnedOn,
        LearnedAt = baseline.LearnedAt,
        FlakesSeen = baseline.FlakesSeen,
    };

    /// <param name="pictures">Picture of each file that is named.</param>
    public Baseline ToBaseline(IReadOnlyDictionary<string, Picture> pictures) => new()
    {
        EnvironmentId = EnvironmentId,
        Class = Class,
        Screens = [.. Screens.Select(screen => screen.ToScreen(pictures[screen.Picture]))],
        Checkpoints = Checkpoints.ToDictionary(
            entry => entry.Key, entry => (IReadOnlyList<AcceptedScreen>)[.. entry.Value.Select(screen => screen.ToScreen(pictures[screen.Picture]))]),
        Probe = Probe is { } probe ? new ScreenProbe(probe.Kind, probe.Scancode, Area(probe.Area)) : null,
        HasSound = HasSound,
        IsMoving = IsMoving,
        Mode = new BootMode(VirtualTimeShift),
        ReachedAfter = TimeSpan.FromSeconds(Math.Clamp(ReachedAfterSeconds, 0, 3600)),
        IsReviewed = IsReviewed,
        LearnedOn = LearnedOn,
        LearnedAt = LearnedAt,
        FlakesSeen = FlakesSeen,
    };

    internal static int[] Numbers(Rectangle area) => [area.X, area.Y, area.Width, area.Height];

    /// <exception cref="InvalidDataException">It is no area of a screen.</exception>
    internal static Rectangle Area(int[] numbers) =>
        numbers.Length == 4 && numbers.All(number => number is >= 0 and <= LongestSide)
            ? new Rectangle(numbers[0], numbers[1], numbers[2], numbers[3])
            : throw new InvalidDataException($"[{string.Join(", ", numbers)}] is no area: x, y, width, height, each 0 to {LongestSide}.");
}

/// <summary>A screen: the picture's file, areas as [x, y, width, height], and text.</summary>
internal sealed record ScreenDocument(
    string Picture, IReadOnlyList<AreaDocument> Areas, IReadOnlyList<string>? Text, int Columns, int MaximumShift)
{
    public static ScreenDocument Of(AcceptedScreen screen, string picture) => new(
        picture,
        [.. screen.Areas.Select(area => new AreaDocument(area.Kind, BaselineDocument.Numbers(area.Area), area.Note))],
        screen.Text is null ? null : [.. screen.Text.Lines.Select(line => line.TrimEnd())],
        screen.Text?.Columns ?? 0,
        screen.MaximumShift);

    public AcceptedScreen ToScreen(Picture picture)
    {
        var text = Text is null ? null : new TextScreen(Columns, Text.Count, [.. Text.Select(line => line.PadRight(Columns))], null, null);
        return new AcceptedScreen(
            picture,
            [.. Areas.Select(area => new ScreenArea(BaselineDocument.Area(area.Area), area.Kind, area.Note))],
            text,
            Math.Clamp(MaximumShift, 0, AcceptedScreen.LargestShift));
    }
}

internal sealed record AreaDocument(AreaKind Kind, int[] Area, string Note);

internal sealed record ProbeDocument(ProbeKind Kind, byte Scancode, int[] Area);
