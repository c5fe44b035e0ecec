using Preserve.Emulation.Display;
using Preserve.Emulation.Machines;
using Preserve.Regression.Baselines;
using Preserve.Regression.Booting;
using Preserve.Regression.Comparison;
using Preserve.Regression.Settling;

namespace Preserve.Regression.Learning;

/// <summary>One boot that was watched to learn from.</summary>
/// <param name="Boot">What it showed.</param>
/// <param name="HasOtherClock">Whether the guest was given another date than the rest.</param>
public sealed record ObservedBoot(BootResult Boot, bool HasOtherClock);

/// <summary>Finds what differs within and between boots, and proposes what to accept. A pure function of the boots.</summary>
public sealed record ScreenProposal(BaselineClass Class, AcceptedScreen Screen)
{
    /// <summary>Most areas that are kept apart; beyond it they are merged into what surrounds them all.</summary>
    private const int MaximumAreas = 32;

    /// <summary>Space around what was seen to differ: a hand of a clock or a moving thing was caught at a few places only.</summary>
    private const int Margin = 4;

    /// <param name="boots">At least one, each with a final screen; the first is the reference.</param>
    /// <exception cref="ArgumentException">No boots, or one without a screen.</exception>
    public static ScreenProposal From(IReadOnlyList<ObservedBoot> boots)
    {
        if (boots.Count == 0 || boots.Any(boot => boot.Boot.Frames.Count == 0))
        {
            throw new ArgumentException("Each boot needs a final screen.", nameof(boots));
        }

        var reference = boots[0].Boot.Frames[^1];
        var within = boots.SelectMany(boot => Turns(boot.Boot)).ToList();
        var isAnimated = boots.Any(boot => boot.Boot.Outcome == BootOutcome.NeverSettles);
        var ownTurns = Varying(reference.Picture, Turns(boots[0].Boot), reference.Text);
        var all = Varying(reference.Picture, within, reference.Text);
        var figures = isAnimated ? [] : FigureRows(reference, boots);

        // Rows of figures that an excluded area covers anyway would be typed twice.
        var areas = all
            .Where(area => !figures.Any(row => Contains(row.Area, area)) || ownTurns.Contains(area))
            .Select(area => new ScreenArea(area, AreaKind.Exclude, ownTurns.Contains(area) ? "changes by itself" : "differs from boot to boot"))
            .Concat(figures);
        var screen = new AcceptedScreen(reference.Picture, [.. areas], reference.Text);
        return new ScreenProposal(Classify(boots, isAnimated, figures.Count > 0, screen), screen);
    }

    /// <summary>Whether anything is left to compare: something that is not of one colour outside the excluded areas.</summary>
    public bool HasStableContent
    {
        get
        {
            var first = default(uint?);
            for (var y = 0; y < Screen.Picture.Height; y++)
            {
                for (var x = 0; x < Screen.Picture.Width; x++)
                {
                    var pixel = Screen.Picture.Pixels[(y * Screen.Picture.Width) + x];
                    if (Screen.Mask.Compares(x, y) && pixel != (first ??= pixel))
                    {
                        return true;
                    }
                }
            }

            return false;
        }
    }

    private static IEnumerable<Picture> Turns(BootResult boot) =>
        boot.Outcome == BootOutcome.NeverSettles ? boot.LastPictures : boot.Frames[^1].Pictures;

    private static BaselineClass Classify(IReadOnlyList<ObservedBoot> boots, bool isAnimated, bool hasFigures, AcceptedScreen screen)
    {
        if (isAnimated)
        {
            return BaselineClass.Animated;
        }

        // What its own turns explain is no difference between boots.
        var own = new AcceptedScreen(
            screen.Picture, [.. screen.Areas.Where(area => area.Note == "changes by itself")], screen.Text, maximumShift: 0);
        var others = boots.Skip(1)
            .Where(boot => !ScreenComparer.Compare(own, boot.Boot.Frames[^1].Picture, boot.Boot.Frames[^1].Text).IsPassed)
            .ToList();
        return others switch
        {
            [] => boots[0].Boot.Frames[^1].Pictures.Count > 1 ? BaselineClass.SmallCycle : BaselineClass.OneFrame,
            _ when hasFigures => BaselineClass.Figures,
            _ when others.TrueForAll(boot => boot.HasOtherClock) => BaselineClass.Clock,
            _ => BaselineClass.Random,
        };
    }

    /// <summary>Areas in which any of the pictures differs, on the grid of a text screen's cells or with a margin.</summary>
    private static List<Rectangle> Varying(Picture reference, IEnumerable<Picture> pictures, TextScreen? text)
    {
        var whole = ComparisonMask.For(reference, []);
        var areas = new List<Rectangle>();
        foreach (var picture in pictures.Where(picture => picture.Width == reference.Width && picture.Height == reference.Height))
        {
            foreach (var area in DifferenceMap.Between(reference, picture, whole).Areas().SelectMany(area => Widen(area.Area, reference, text)))
            {
                Merge(areas, area);
            }
        }

        return areas.Count <= MaximumAreas ? areas
            : text is null ? [areas.Aggregate(Around)]
            : [.. areas.GroupBy(area => area.Y).Select(row => row.Aggregate(Around))];
    }

    /// <summary>With a margin; on a text screen whole cells, each row by itself, since rows are judged by themselves.</summary>
    private static IEnumerable<Rectangle> Widen(Rectangle area, Picture picture, TextScreen? text)
    {
        if (text is null)
        {
            yield return new Rectangle(area.X - Margin, area.Y - Margin, area.Width + (2 * Margin), area.Height + (2 * Margin))
                .ClipTo(picture.Width, picture.Height);
            yield break;
        }

        var (width, height) = (picture.Width / text.Columns, picture.Height / text.Rows);
        var left = area.X / width * width;
        for (var top = area.Y / height * height; top < area.Bottom; top += height)
        {
            yield return new Rectangle(left, top, ((area.Right - left + width - 1) / width) * width, height).ClipTo(picture.Width, picture.Height);
        }
    }

    private static void Merge(List<Rectangle> areas, Rectangle area)
    {
        while (areas.FindIndex(other => MachineProbing.Overlap(other, area)) is >= 0 and var index)
        {
            area = Around(areas[index], area);
            areas.RemoveAt(index);
        }

        areas.Add(area);
    }

    /// <summary>Rows of text that differ between boots, and in nothing but their figures.</summary>
    private static List<ScreenArea> FigureRows(FilmFrame reference, IReadOnlyList<ObservedBoot> boots)
    {
        if (reference.Text is not { } text)
        {
            return [];
        }

        var differing = boots.Skip(1).Select(boot => TextDifference.Lines(text, boot.Boot.Frames[^1].Text)).ToList();
        if (differing.Exists(lines => lines is null))
        {
            return [];
        }

        var height = reference.Picture.Height / text.Rows;
        return [.. differing.SelectMany(lines => lines!)
            .GroupBy(line => line.Row)
            .Where(row => row.All(line => TextDifference.Figureless(line.Expected) == TextDifference.Figureless(line.Actual)))
            .Select(row => row.Key)
            .Order()
            .Select(row => new ScreenArea(new Rectangle(0, row * height, reference.Picture.Width, height), AreaKind.Figures, "figures differ from boot to boot"))];
    }

    private static bool Contains(Rectangle outer, Rectangle inner) =>
        inner.X >= outer.X && inner.Right <= outer.Right && inner.Y >= outer.Y && inner.Bottom <= outer.Bottom;

    private static Rectangle Around(Rectangle one, Rectangle other)
    {
        var (left, top) = (Math.Min(one.X, other.X), Math.Min(one.Y, other.Y));
        return new Rectangle(left, top, Math.Max(one.Right, other.Right) - left, Math.Max(one.Bottom, other.Bottom) - top);
    }
}
