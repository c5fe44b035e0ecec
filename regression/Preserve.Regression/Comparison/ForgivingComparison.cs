using Preserve.Emulation.Machines;
using Preserve.Regression.Settling;

namespace Preserve.Regression.Comparison;

/// <summary>Goes over the pixels that differ and sorts them: hardly visible, of equal text, or neither.</summary>
internal sealed class ForgivingComparison
{
    private readonly AcceptedScreen _accepted;
    private readonly Picture _actual;
    private readonly ScreenArea[] _perceptual;
    private readonly ScreenArea[] _sameText;
    private int _hardlyVisible;
    private bool _needsText;
    private bool _isDifferent;

    private ForgivingComparison(AcceptedScreen accepted, Picture actual, TextScreen? text)
    {
        (_accepted, _actual) = (accepted, actual);
        _perceptual = [.. accepted.Areas.Where(area => area.Kind == AreaKind.Perceptual)];
        _sameText = [.. accepted.Areas.Where(area => area.Kind is AreaKind.Text or AreaKind.Figures && TextDifference.IsSame(accepted, text, area))];
    }

    public static (ComparisonRung Rung, int HardlyVisiblePixels) Of(
        AcceptedScreen accepted, Picture actual, TextScreen? text, IReadOnlyList<DifferingArea> areas)
    {
        var comparison = new ForgivingComparison(accepted, actual, text);
        foreach (var area in areas)
        {
            comparison.Look(area);
        }

        var passed = comparison._needsText ? ComparisonRung.Text : ComparisonRung.Perceptual;
        return (comparison._isDifferent ? ComparisonRung.Different : passed, comparison._hardlyVisible);
    }

    private void Look(DifferingArea area)
    {
        var expected = _accepted.Picture;
        for (var y = area.Area.Y; y < area.Area.Bottom; y++)
        {
            for (var x = area.Area.X; x < area.Area.Right; x++)
            {
                var index = (y * expected.Width) + x;
                if (expected.Pixels[index] != _actual.Pixels[index] && _accepted.Mask.Compares(x, y))
                {
                    Judge(x, y);
                }
            }
        }
    }

    private void Judge(int x, int y)
    {
        var isHardlyVisible = PerceivedDifference.IsHardlyVisible(_accepted.Picture, _actual, x, y);
        _hardlyVisible += isHardlyVisible ? 1 : 0;
        if (isHardlyVisible && IsIn(_perceptual, x, y))
        {
            return;
        }

        var isSameText = IsIn(_sameText, x, y);
        _needsText |= isSameText;
        _isDifferent |= !isSameText;
    }

    private static bool IsIn(ScreenArea[] areas, int x, int y)
    {
        foreach (var area in areas)
        {
            if (x >= area.Area.X && x < area.Area.Right && y >= area.Area.Y && y < area.Area.Bottom)
            {
                return true;
            }
        }

        return false;
    }
}
