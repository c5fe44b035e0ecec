using Preserve.Emulation.Display;

namespace Preserve.Regression.Comparison;

/// <summary>A part of an accepted screen that is compared in its own way.</summary>
/// <param name="Area">Where, in pixels of the accepted picture.</param>
/// <param name="Kind">How it is compared.</param>
/// <param name="Note">Why, for whoever reviews it, such as "blinking cursor".</param>
public sealed record ScreenArea(Rectangle Area, AreaKind Kind, string Note = "");

/// <summary>How an area is compared.</summary>
public enum AreaKind
{
    /// <summary>Pixel by pixel. Where a screen has such areas, what lies outside every area is not compared.</summary>
    Match,

    /// <summary>Not at all. Stronger than every other kind.</summary>
    Exclude,

    /// <summary>As the eye does: colours that are hardly told apart and edges that are smoothed in another way are the same.</summary>
    Perceptual,

    /// <summary>By the characters of the text screen, whatever their font and colour.</summary>
    Text,

    /// <summary>By the characters of the text screen, but any figure may stand where a figure stood: times, speeds, amounts.</summary>
    Figures,
}
