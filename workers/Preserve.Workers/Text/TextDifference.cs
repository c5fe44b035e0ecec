using Preserve.Emulation.Machines;

namespace Preserve.Workers.Text;

/// <summary>Says what of a text screen is other than before.</summary>
internal static class TextDifference
{
    /// <summary>The message that brings who knows <paramref name="before"/> to <paramref name="now"/>, or null when there is nothing to say.</summary>
    public static TextMessage? Make(TextScreen? before, TextScreen now, string codePage)
    {
        var isWhole = before is null || before.Rows != now.Rows || before.Columns != now.Columns;
        var lines = new List<TextLineMessage>();
        for (var row = 0; row < now.Rows; row++)
        {
            if (isWhole || now.Lines[row] != before!.Lines[row])
            {
                lines.Add(new TextLineMessage { Row = row, Text = now.Lines[row].TrimEnd(' ', '\u00A0') });
            }
        }

        var isCursorSame = !isWhole && before!.CursorRow == now.CursorRow && before.CursorColumn == now.CursorColumn;
        return lines.Count == 0 && isCursorSame ? null : new TextMessage
        {
            Columns = now.Columns,
            Rows = now.Rows,
            CodePage = codePage,
            IsWhole = isWhole,
            Lines = lines,
            CursorRow = now.CursorRow,
            CursorColumn = now.CursorColumn,
        };
    }
}
