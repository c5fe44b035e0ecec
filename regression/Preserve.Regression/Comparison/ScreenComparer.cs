using Preserve.Emulation.Machines;
using Preserve.Regression.Settling;

namespace Preserve.Regression.Comparison;

/// <summary>Compares a screen with an accepted one, from the strictest way to the most forgiving, and says which one passed.</summary>
/// <remarks>
/// <code>
/// (1) size ─► (2) exact ─► (3) outside masks ─► (4) shifted ─► (5) areas typed perceptual, text or figures ─► different
/// </code>
/// The unit is the pixel, never a share of the screen: on 720 x 400 pixels, one letter of 8 x 16 that is missing differs in about
/// 40 pixels, which is 0.014 %, and is one area of at most 8 x 16; a wrong palette differs in all 288,000, one area of 720 x 400.
/// (1) to (4) pass by themselves. (5) passes only what lies in areas that somebody typed so; elsewhere the same look and
/// the same text only explain the difference.
/// </remarks>
public static class ScreenComparer
{
    /// <summary>Areas that a result lists at most.</summary>
    public const int MaximumAreas = 64;

    /// <param name="accepted">What the screen should look like.</param>
    /// <param name="actual">What it looks like.</param>
    /// <param name="text">What it says, where it is a text screen.</param>
    public static ScreenComparison Compare(AcceptedScreen accepted, Picture actual, TextScreen? text)
    {
        var expected = accepted.Picture;

        // (1)
        if (expected.Width != actual.Width || expected.Height != actual.Height)
        {
            return new ScreenComparison
            {
                Rung = ComparisonRung.Different,
                Sizes = new SizeDifference(expected.Width, expected.Height, actual.Width, actual.Height),
                Lines = TextDifference.Lines(accepted.Text, text),
            };
        }

        // (2)
        if (expected.Pixels.SequenceEqual(actual.Pixels))
        {
            return new ScreenComparison { Rung = ComparisonRung.Exact };
        }

        // (3)
        var map = DifferenceMap.Between(expected, actual, accepted.Mask);
        if (map.Pixels == 0)
        {
            return new ScreenComparison { Rung = ComparisonRung.OutsideMasks };
        }

        // (4)
        var areas = map.Areas();
        var result = new ScreenComparison
        {
            Rung = ComparisonRung.Different,
            DifferingPixels = map.Pixels,
            Areas = [.. areas.Take(MaximumAreas)],
            AreasLeftOut = Math.Max(areas.Count - MaximumAreas, 0),
        };
        if (PictureShift.Find(accepted, actual) is { } shift)
        {
            return result with { Rung = ComparisonRung.Shifted, Shift = shift };
        }

        // (5)
        var forgiving = ForgivingComparison.Of(accepted, actual, text, areas);
        return result with
        {
            Rung = forgiving.Rung,
            HardlyVisiblePixels = forgiving.HardlyVisiblePixels,
            Lines = TextDifference.Lines(accepted.Text, text),
        };
    }

    /// <summary>The accepted screen that the compared one resembles most: one that passes, or the one with the fewest differing pixels.</summary>
    /// <exception cref="ArgumentException">Nothing is accepted.</exception>
    public static (AcceptedScreen Accepted, ScreenComparison Comparison) Nearest(
        IReadOnlyList<AcceptedScreen> accepted, Picture actual, TextScreen? text) =>
        accepted.Count == 0
            ? throw new ArgumentException("There is no accepted screen to compare with.", nameof(accepted))
            : accepted.Select(screen => (Accepted: screen, Comparison: Compare(screen, actual, text)))
                .OrderBy(found => found.Comparison.Rung)
                .ThenBy(found => found.Comparison.Sizes is null ? found.Comparison.DifferingPixels : int.MaxValue)
                .First();
}
