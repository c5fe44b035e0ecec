using Preserve.Emulation.Display;

namespace Preserve.Regression.Comparison;

/// <summary>What a comparison found.</summary>
public sealed record ScreenComparison
{
    /// <summary>The rung that passed, or <see cref="ComparisonRung.Different"/>.</summary>
    public required ComparisonRung Rung { get; init; }

    public bool IsPassed => Rung != ComparisonRung.Different;

    /// <summary>Size of the accepted picture and of the compared one, where they are not the same.</summary>
    public SizeDifference? Sizes { get; init; }

    /// <summary>Pixels outside the masks that differ: also those that a later rung let pass.</summary>
    public int DifferingPixels { get; init; }

    /// <summary>Where they are, the area with the most of them first; at most <see cref="ScreenComparer.MaximumAreas"/>.</summary>
    public IReadOnlyList<DifferingArea> Areas { get; init; } = [];

    /// <summary>Areas beyond those listed.</summary>
    public int AreasLeftOut { get; init; }

    /// <summary>How far the compared picture lies to the right and below, where that is all that differs.</summary>
    public (int Right, int Down) Shift { get; init; }

    /// <summary>How many of <see cref="DifferingPixels"/> the eye would hardly see.</summary>
    public int HardlyVisiblePixels { get; init; }

    /// <summary>Lines of text that differ; null where either screen has no text.</summary>
    public IReadOnlyList<DifferingLine>? Lines { get; init; }
}

/// <summary>How much had to be forgiven, least first.</summary>
public enum ComparisonRung
{
    /// <summary>Every pixel is equal.</summary>
    Exact,

    /// <summary>Every pixel that is compared is equal.</summary>
    OutsideMasks,

    /// <summary>The same picture, moved by a few pixels; nothing but plain border went over the edge.</summary>
    Shifted,

    /// <summary>All that differs lies in areas that are compared as the eye does, and is hardly visible.</summary>
    Perceptual,

    /// <summary>All that differs lies in areas that are compared by their text, which is the same, or as above.</summary>
    Text,

    /// <summary>Not the same screen.</summary>
    Different,
}

/// <summary>A rectangle in which pixels differ, and how many of its pixels do.</summary>
public readonly record struct DifferingArea(Rectangle Area, int Pixels);

/// <summary>Two sizes in pixels.</summary>
public readonly record struct SizeDifference(int ExpectedWidth, int ExpectedHeight, int ActualWidth, int ActualHeight);

/// <summary>A line of a text screen, counted from 0, as accepted and as found.</summary>
public sealed record DifferingLine(int Row, string Expected, string Actual);
