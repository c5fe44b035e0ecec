using Preserve.Regression.Settling;

namespace Preserve.Regression.Comparison;

/// <summary>Whether the eye would notice that a pixel differs.</summary>
/// <remarks>
/// Colours are compared in YIQ, where brightness weighs most, with the weights of Kotsarenko and Ramos, "Measuring perceived color
/// difference using YIQ NTSC transmission color space in mobile applications" (2010). The unit is <see cref="Distance"/>: 0 for
/// equal colours, 1 for the farthest two. Two greys that differ by n of 255 levels are n x 0.0038 apart: black and white 0.966, and
/// #FFFFFF and #F0F0F0 0.057. Pure red and pure blue are 0.707 apart.
/// A pixel of a smoothed edge is one that lies between its neighbours in brightness and has a plain area on its darker or
/// brighter side, after Vysniauskas, "Anti-aliased pixel and intensity slope detector" (2009); where either picture has
/// one, the difference is a matter of smoothing.
/// </remarks>
internal static class PerceivedDifference
{
    /// <summary>Largest distance that is hardly seen.</summary>
    public const double Threshold = 0.1;

    private const double Farthest = 35215;
    private const int PlainNeighbours = 3;

    /// <summary>How far two colours (0x00RRGGBB) are apart, 0 to 1.</summary>
    public static double Distance(uint one, uint other)
    {
        double red = Channel(one, 16) - Channel(other, 16), green = Channel(one, 8) - Channel(other, 8), blue = Channel(one, 0) - Channel(other, 0);
        var y = (0.29889531 * red) + (0.58662247 * green) + (0.11448223 * blue);
        var i = (0.59597799 * red) - (0.27417610 * green) - (0.32180189 * blue);
        var q = (0.21147017 * red) - (0.52261711 * green) + (0.31114694 * blue);
        return Math.Sqrt(((0.5053 * y * y) + (0.299 * i * i) + (0.1957 * q * q)) / Farthest);
    }

    /// <summary>True when the pixels at this place look the same: nearly the same colour, or both part of a smoothed edge.</summary>
    public static bool IsHardlyVisible(Picture one, Picture other, int x, int y)
    {
        var index = (y * one.Width) + x;
        return Distance(one.Pixels[index], other.Pixels[index]) <= Threshold
            || IsSmoothedEdge(one, other, x, y)
            || IsSmoothedEdge(other, one, x, y);
    }

    private static bool IsSmoothedEdge(Picture picture, Picture other, int x, int y)
    {
        var centre = Brightness(picture.Pixels[(y * picture.Width) + x]);
        (double Step, int X, int Y) darkest = (0, x, y), brightest = (0, x, y);
        var equal = IsAtBorder(picture, x, y) ? 1 : 0;
        foreach (var (nx, ny) in Neighbours(picture, x, y))
        {
            var step = Brightness(picture.Pixels[(ny * picture.Width) + nx]) - centre;
            equal += step == 0 ? 1 : 0;
            darkest = step < darkest.Step ? (step, nx, ny) : darkest;
            brightest = step > brightest.Step ? (step, nx, ny) : brightest;
        }

        return equal < PlainNeighbours && darkest.Step < 0 && brightest.Step > 0
            && (IsPlainInBoth(picture, other, darkest.X, darkest.Y) || IsPlainInBoth(picture, other, brightest.X, brightest.Y));
    }

    private static bool IsPlainInBoth(Picture picture, Picture other, int x, int y) => IsPlain(picture, x, y) && IsPlain(other, x, y);

    private static bool IsPlain(Picture picture, int x, int y)
    {
        var colour = picture.Pixels[(y * picture.Width) + x];
        var equal = IsAtBorder(picture, x, y) ? 1 : 0;
        foreach (var (nx, ny) in Neighbours(picture, x, y))
        {
            equal += picture.Pixels[(ny * picture.Width) + nx] == colour ? 1 : 0;
        }

        return equal >= PlainNeighbours;
    }

    private static IEnumerable<(int X, int Y)> Neighbours(Picture picture, int x, int y)
    {
        for (var ny = Math.Max(y - 1, 0); ny <= Math.Min(y + 1, picture.Height - 1); ny++)
        {
            for (var nx = Math.Max(x - 1, 0); nx <= Math.Min(x + 1, picture.Width - 1); nx++)
            {
                if (nx != x || ny != y)
                {
                    yield return (nx, ny);
                }
            }
        }
    }

    private static bool IsAtBorder(Picture picture, int x, int y) => x == 0 || y == 0 || x == picture.Width - 1 || y == picture.Height - 1;

    private static double Brightness(uint colour) =>
        (0.29889531 * Channel(colour, 16)) + (0.58662247 * Channel(colour, 8)) + (0.11448223 * Channel(colour, 0));

    private static int Channel(uint colour, int shift) => (int)((colour >> shift) & 0xFF);
}
