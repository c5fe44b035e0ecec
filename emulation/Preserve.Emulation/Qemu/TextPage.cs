using Preserve.Emulation.Machines;
using Preserve.Emulation.Text;

namespace Preserve.Emulation.Qemu;

/// <summary>The memory of a text screen, held against its picture: a page is only believed where each character looks the same wherever it stands.</summary>
internal static class TextPage
{
    /// <summary>Bytes of text memory, at 0xB8000 for colour and 0xB0000 for mono.</summary>
    public const int Length = 0x8000;

    /// <summary>The picture may show the text cursor over one character.</summary>
    private const int CursorCells = 1;

    private const int NoCell = -1;

    /// <summary>The text, or null when no place in the memory agrees with the picture.</summary>
    /// <remarks>Guests scroll by moving the display's start, so every row is tried as the first.</remarks>
    public static TextScreen? Find(ReadOnlySpan<byte> memory, TextGrid grid, CodePage codePage)
    {
        if (memory.IndexOfAnyExcept((byte)0xFF) < 0)
        {
            // The adapter shows nothing at these addresses: the machine is in a graphics mode.
            return null;
        }

        var rowLength = grid.Columns * 2;
        var length = rowLength * grid.Rows;
        foreach (var step in (int[])[0x1000, rowLength])
        {
            for (var start = 0; start + length <= memory.Length; start += step)
            {
                if (Agrees(memory.Slice(start, length), grid, codePage, out var cursor))
                {
                    return Read(memory.Slice(start, length), grid, codePage, cursor);
                }
            }
        }

        return null;
    }

    private static bool Agrees(ReadOnlySpan<byte> page, TextGrid grid, CodePage codePage, out int cursor)
    {
        cursor = NoCell;
        var glyphs = new GlyphsSeen(codePage);
        var mismatches = 0;
        for (var cell = 0; cell < page.Length / 2; cell++)
        {
            var code = page[cell * 2];
            var attribute = page[(cell * 2) + 1];
            if (IsUnsure(code, attribute, codePage) || (codePage.IsUniform(code)
                ? grid.IsUniform(cell) && glyphs.AcceptsUniform(code, attribute, grid.Colour(cell))
                : !grid.IsUniform(cell) && glyphs.Accepts(code, grid.Pattern(cell))))
            {
                continue;
            }

            if (++mismatches > CursorCells)
            {
                return false;
            }

            cursor = cell;
        }

        return true;
    }

    /// <summary>Characters that cannot be told from the picture: those that blink, and those in the colour of their background.</summary>
    private static bool IsUnsure(byte code, byte attribute, CodePage codePage) =>
        !codePage.IsUniform(code) && ((attribute & 0x80) != 0 || (attribute & 0x0F) == ((attribute >> 4) & 0x07));

    private static TextScreen Read(ReadOnlySpan<byte> page, TextGrid grid, CodePage codePage, int cursor)
    {
        var lines = new string[grid.Rows];
        var line = new char[grid.Columns];
        for (var row = 0; row < grid.Rows; row++)
        {
            for (var column = 0; column < grid.Columns; column++)
            {
                line[column] = codePage.ToUnicode(page[((row * grid.Columns) + column) * 2]);
            }

            lines[row] = new string(line);
        }

        return cursor == NoCell
            ? new TextScreen(grid.Columns, grid.Rows, lines, null, null)
            : new TextScreen(grid.Columns, grid.Rows, lines, cursor % grid.Columns, cursor / grid.Columns);
    }
}
