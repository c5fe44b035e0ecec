using Preserve.Emulation.Machines;
using Preserve.Regression.Settling;

namespace Preserve.Regression.Comparison;

/// <summary>A picture that a screen is compared with, and how. Never changes; safe for concurrent comparisons.</summary>
public sealed class AcceptedScreen
{
    /// <summary>Farthest offset, in pixels, that may be asked for.</summary>
    public const int LargestShift = 8;

    /// <param name="picture">What the screen should show.</param>
    /// <param name="areas">Parts with a way of comparison of their own; in any order, parts outside the picture are dropped.</param>
    /// <param name="text">What it should say, where it is a text screen.</param>
    /// <param name="maximumShift">How far the whole picture may be moved and still pass, in pixels, 0 to <see cref="LargestShift"/>.</param>
    public AcceptedScreen(Picture picture, IReadOnlyList<ScreenArea> areas, TextScreen? text = null, int maximumShift = 2)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maximumShift);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maximumShift, LargestShift);
        (Picture, Areas, Text, MaximumShift) = (picture, areas, text, maximumShift);
        Mask = ComparisonMask.For(picture, areas);
    }

    public Picture Picture { get; }

    public IReadOnlyList<ScreenArea> Areas { get; }

    public TextScreen? Text { get; }

    public int MaximumShift { get; }

    internal ComparisonMask Mask { get; }
}
