using Preserve.Emulation.Display;
using Preserve.Emulation.Machines;
using Preserve.Regression.Comparison;

namespace Preserve.Regression.Tests.Comparison;

public class TextDifferenceTests
{
    private static readonly Rectangle s_all = new(0, 0, 320, 200);
    private static readonly TextScreen s_log = Painted.Text("Calibrating delay loop... 1843.20 MIPS", "Memory: 62500k free", "login:");

    [Fact]
    public void The_same_text_in_another_font_passes_only_where_somebody_typed_it_text()
    {
        Assert.Equal(ComparisonRung.Different, Compare(s_log).Rung);
        Assert.Equal(ComparisonRung.Text, Compare(s_log, new ScreenArea(s_all, AreaKind.Text)).Rung);
    }

    [Fact]
    public void The_lines_that_differ_are_named()
    {
        var result = Compare(Painted.Text("Calibrating delay loop... 1843.20 MIPS", "Memory: 62500k free", "Kernel panic"));
        Assert.Equal([new DifferingLine(2, "login:", "Kernel panic")], result.Lines);
    }

    [Fact]
    public void Other_figures_pass_in_an_area_of_figures_and_not_in_one_of_text()
    {
        var other = Painted.Text("Calibrating delay loop...  912.9 MIPS", "Memory: 62500k free", "login:");
        Assert.Equal(ComparisonRung.Text, Compare(other, new ScreenArea(s_all, AreaKind.Figures)).Rung);
        Assert.Equal(ComparisonRung.Different, Compare(other, new ScreenArea(s_all, AreaKind.Text)).Rung);
    }

    [Fact]
    public void Another_word_does_not_pass_in_an_area_of_figures()
    {
        var other = Painted.Text("Calibrating delay loop... 1843.20 MIPS", "Memory: 62500k used", "login:");
        Assert.Equal(ComparisonRung.Different, Compare(other, new ScreenArea(s_all, AreaKind.Figures)).Rung);
    }

    [Fact]
    public void Text_in_an_excluded_part_of_a_text_area_does_not_count()
    {
        var other = Painted.Text("Calibrating delay loop... 1843.20 MIPS", "Memory: 62500k free", "panic:");
        Assert.Equal(
            ComparisonRung.Text,
            Compare(other, new ScreenArea(s_all, AreaKind.Text), new ScreenArea(new Rectangle(0, 16, 40, 8), AreaKind.Exclude)).Rung);
    }

    [Fact]
    public void A_screen_whose_text_cannot_be_read_does_not_pass_by_text() =>
        Assert.Equal(ComparisonRung.Different, Compare(null, new ScreenArea(s_all, AreaKind.Text)).Rung);

    [Theory]
    [InlineData("[    0.123456] CPU0", "[   12.9] CPU0")]
    [InlineData("1843.20 MIPS", "9.1 MIPS")]
    public void Figures_of_other_lengths_are_figures(string one, string other) =>
        Assert.Equal(TextDifference.Figureless(one), TextDifference.Figureless(other));

    private static ScreenComparison Compare(TextScreen? text, params ScreenArea[] areas) => ScreenComparer.Compare(
        new AcceptedScreen(new Painted().Fill(8, 8, 100, 4, 0xAAAAAA).Picture, areas, s_log),
        new Painted().Fill(8, 8, 100, 4, 0xFFFFFF).Picture,
        text);
}
