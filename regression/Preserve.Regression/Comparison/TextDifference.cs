using Preserve.Emulation.Display;
using Preserve.Emulation.Machines;

namespace Preserve.Regression.Comparison;

/// <summary>Compares text screens, character by character.</summary>
internal static class TextDifference
{
    /// <summary>Lines that differ, as wholes; null where a screen has no text or another shape.</summary>
    public static IReadOnlyList<DifferingLine>? Lines(TextScreen? expected, TextScreen? actual) =>
        HaveSameShape(expected, actual)
            ? [.. Enumerable.Range(0, expected!.Rows)
                .Where(row => expected.Lines[row] != actual!.Lines[row])
                .Select(row => new DifferingLine(row, expected.Lines[row].TrimEnd(), actual!.Lines[row].TrimEnd()))]
            : null;

    /// <summary>Whether an area of the picture says the same, of both screens.</summary>
    /// <param name="accepted">The accepted screen.</param>
    /// <param name="actual">The compared screen's text.</param>
    /// <param name="area">Where; cells that are touched by it count, those in an excluded area do not.</param>
    public static bool IsSame(AcceptedScreen accepted, TextScreen? actual, ScreenArea area)
    {
        if (!HaveSameShape(accepted.Text, actual))
        {
            return false;
        }

        var cells = Cells(accepted, area.Area);
        for (var row = cells.Y; row < cells.Bottom; row++)
        {
            var one = Part(accepted, accepted.Text!, row, cells);
            var other = Part(accepted, actual!, row, cells);
            if (area.Kind == AreaKind.Figures ? Figureless(one) != Figureless(other) : one != other)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A line with each run of digits, and the spaces before it that make up for its length, as one mark.</summary>
    internal static string Figureless(string line)
    {
        var result = new System.Text.StringBuilder(line.Length);
        foreach (var letter in line.TrimEnd())
        {
            if (!char.IsAsciiDigit(letter))
            {
                result.Append(letter);
                continue;
            }

            while (result.Length > 0 && result[^1] == ' ')
            {
                result.Length--;
            }

            if (result.Length == 0 || result[^1] != '#')
            {
                result.Append('#');
            }
        }

        return result.ToString();
    }

    private static bool HaveSameShape(TextScreen? one, TextScreen? other) =>
        one is not null && other is not null && one.Columns == other.Columns && one.Rows == other.Rows;

    private static Rectangle Cells(AcceptedScreen accepted, Rectangle area)
    {
        var (width, height) = CellSize(accepted);
        var (left, top) = (area.X / width, area.Y / height);
        return new Rectangle(left, top, ((area.Right + width - 1) / width) - left, ((area.Bottom + height - 1) / height) - top)
            .ClipTo(accepted.Text!.Columns, accepted.Text.Rows);
    }

    private static string Part(AcceptedScreen accepted, TextScreen text, int row, Rectangle cells)
    {
        var (width, height) = CellSize(accepted);
        return string.Create(cells.Width, (accepted, text, row, cells), (line, state) =>
        {
            for (var i = 0; i < line.Length; i++)
            {
                // The middle of the cell decides: an area drawn a little too wide does not reach into the next.
                var (x, y) = (((state.cells.X + i) * width) + (width / 2), (state.row * height) + (height / 2));
                line[i] = state.accepted.Mask.Compares(x, y) ? state.text.Lines[state.row][state.cells.X + i] : ' ';
            }
        });
    }

    private static (int Width, int Height) CellSize(AcceptedScreen accepted) =>
        (Math.Max(accepted.Picture.Width / accepted.Text!.Columns, 1), Math.Max(accepted.Picture.Height / accepted.Text.Rows, 1));
}
