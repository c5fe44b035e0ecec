using Preserve.Emulation.Machines;
using Preserve.Workers.Text;

namespace Preserve.Workers.Tests.Text;

public sealed class TextDifferenceTests
{
    private static readonly TextScreen _screen = new(4, 3, ["A:\\>", "    ", "x   "], 3, 0);

    [Fact]
    public void The_first_message_has_every_row_without_the_blanks_at_its_end()
    {
        var message = TextDifference.Make(null, _screen, "cp437")!;

        Assert.True(message.IsWhole);
        Assert.Equal(["A:\\>", "", "x"], message.Lines.Select(line => line.Text));
        Assert.Equal((4, 3, "cp437"), (message.Columns, message.Rows, message.CodePage));
        Assert.Equal((0, 3), (message.CursorRow, message.CursorColumn));
    }

    [Fact]
    public void Only_rows_that_changed_are_in_the_next_one()
    {
        var message = TextDifference.Make(_screen, _screen with { Lines = ["A:\\>", " y  ", "x   "] }, "cp437")!;

        Assert.False(message.IsWhole);
        var line = Assert.Single(message.Lines);
        Assert.Equal((1, " y"), (line.Row, line.Text));
    }

    [Fact]
    public void A_cursor_that_moved_is_worth_a_message_of_no_rows() =>
        Assert.Empty(TextDifference.Make(_screen, _screen with { CursorRow = 1 }, "cp437")!.Lines);

    [Fact]
    public void The_same_screen_is_no_message() => Assert.Null(TextDifference.Make(_screen, _screen with { Lines = [.. _screen.Lines] }, "cp437"));

    [Fact]
    public void A_screen_of_another_size_is_whole()
    {
        var message = TextDifference.Make(_screen, new TextScreen(4, 1, ["A:\\>"], null, null), "cp437")!;

        Assert.True(message.IsWhole);
        Assert.Null(message.CursorRow);
    }
}
