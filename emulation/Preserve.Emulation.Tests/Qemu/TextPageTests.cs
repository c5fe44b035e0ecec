using Preserve.Emulation.Display;
using Preserve.Emulation.Qemu;
using Preserve.Emulation.Text;

namespace Preserve.Emulation.Tests.Qemu;

public class TextPageTests
{
    private const int Columns = 80;
    private const int Rows = 25;
    private const int CellWidth = 9;
    private const int CellHeight = 16;

    private static readonly CodePage s_codePage = CodePage.Find("cp437")!;

    private readonly byte[] _memory = new byte[TextPage.Length];

    public TextPageTests()
    {
        for (var i = 0; i < _memory.Length; i += 2)
        {
            (_memory[i], _memory[i + 1]) = ((byte)' ', 0x07);
        }
    }

    [Fact]
    public void A_page_that_agrees_with_its_picture_is_read()
    {
        Put(0, 0, "A:\\>");
        Put(24, 77, [0xC9, 0xCD, 0xBB]);

        var text = TextPage.Find(_memory, Draw(0), s_codePage);

        Assert.Equal((Columns, Rows), (text!.Columns, text.Rows));
        Assert.Equal("A:\\>", text.Lines[0].TrimEnd());
        Assert.Equal("╔═╗", text.Lines[24][77..]);
        Assert.Null(text.CursorColumn);
    }

    [Fact]
    public void The_cursor_is_where_picture_and_page_differ_in_one_cell()
    {
        Put(0, 0, "A:\\>");

        var text = TextPage.Find(_memory, Draw(0, cursor: 4), s_codePage);

        Assert.Equal((4, 0), (text!.CursorColumn, text.CursorRow));
    }

    [Fact]
    public void A_screen_that_scrolled_by_moving_its_start_is_found()
    {
        for (var row = 0; row < 60; row++)
        {
            Put(row, 0, $"line {row}");
        }

        Assert.Equal("line 7", TextPage.Find(_memory, Draw(7), s_codePage)!.Lines[0].TrimEnd());
    }

    [Fact]
    public void A_picture_that_shows_something_else_has_no_text()
    {
        Put(0, 0, "Hello hello");
        var grid = Draw(0);
        Put(0, 0, "Help! help!");

        Assert.Null(TextPage.Find(_memory, grid, s_codePage));
    }

    [Fact]
    public void Blocks_of_colours_that_the_attributes_do_not_explain_are_no_text()
    {
        var picture = new FrameCopy();
        picture.Resize(Columns * CellWidth, Rows * CellHeight);
        picture.Pixels.AsSpan(0, picture.Width * CellHeight).Fill(0x0000AA);

        Assert.Null(TextPage.Find(_memory, TextGrid.Of(picture).First(), s_codePage));
    }

    [Fact]
    public void Memory_that_is_not_there_holds_no_text()
    {
        var grid = Draw(0);
        Array.Fill(_memory, (byte)0xFF);

        Assert.Null(TextPage.Find(_memory, grid, s_codePage));
    }

    [Fact]
    public void A_picture_of_many_colours_is_no_text_screen()
    {
        var picture = new FrameCopy();
        picture.Resize(720, 400);
        for (var i = 0; i < picture.Pixels.Length; i++)
        {
            picture.Pixels[i] = (uint)i & 0xFFFFFF;
        }

        Assert.Empty(TextGrid.Of(picture));
    }

    [Theory, InlineData(640, 480), InlineData(320, 200), InlineData(640, 200), InlineData(640, 350), InlineData(800, 600)]
    public void A_size_of_a_graphics_mode_is_never_looked_at_as_text(int width, int height)
    {
        var picture = new FrameCopy();
        picture.Resize(width, height);

        Assert.Empty(TextGrid.Of(picture));
    }

    [Fact]
    public void A_picture_of_320_dots_in_640_pixels_is_never_looked_at_as_text()
    {
        var picture = new FrameCopy();
        picture.Resize(640, 400);
        Assert.Empty(TextGrid.Of(picture));
        foreach (var at in (int[])[0, 1, 640, 641])
        {
            picture.Pixels[(200 * 640) + 100 + at] = 0xFFFFFF;
        }

        Assert.Empty(TextGrid.Of(picture));

        picture.Pixels[0] = 0xFFFFFF;
        Assert.NotEmpty(TextGrid.Of(picture));
    }

    private void Put(int row, int column, string text) => Put(row, column, System.Text.Encoding.ASCII.GetBytes(text));

    private void Put(int row, int column, byte[] codes)
    {
        for (var i = 0; i < codes.Length; i++)
        {
            _memory[((row * Columns) + column + i) * 2] = codes[i];
        }
    }

    /// <summary>Draws the page that begins at a row, each code as a pattern of its own.</summary>
    private TextGrid Draw(int firstRow, int? cursor = null)
    {
        var picture = new FrameCopy();
        picture.Resize(Columns * CellWidth, Rows * CellHeight);
        for (var cell = 0; cell < Columns * Rows; cell++)
        {
            var code = _memory[((firstRow * Columns) + cell) * 2];
            for (var bit = 0; bit < 8; bit++)
            {
                var isSet = !s_codePage.IsUniform(code) && (code >> bit & 1) != 0;
                Set(picture, cell, bit, 4, isSet);
                Set(picture, cell, bit, 14, cell == cursor);
            }
        }

        return TextGrid.Of(picture).First();
    }

    private static void Set(FrameCopy picture, int cell, int x, int y, bool isSet) =>
        picture.Pixels[(((cell / Columns * CellHeight) + y) * picture.Width) + (cell % Columns * CellWidth) + x] = isSet ? 0xAAAAAAu : 0;
}
