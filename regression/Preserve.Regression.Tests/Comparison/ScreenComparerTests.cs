using Preserve.Emulation.Display;
using Preserve.Regression.Comparison;
using Preserve.Regression.Settling;

namespace Preserve.Regression.Tests.Comparison;

public class ScreenComparerTests
{
    private static readonly Picture s_desktop = Desktop().Picture;

    [Fact]
    public void Equal_pictures_are_exact() => Assert.Equal(ComparisonRung.Exact, Compare(s_desktop, Desktop().Picture).Rung);

    [Fact]
    public void One_pixel_that_differs_in_its_lowest_bit_is_found_and_named()
    {
        var result = Compare(s_desktop, Desktop().Fill(301, 150, 1, 1, 0x000001).Picture);
        Assert.Equal(ComparisonRung.Different, result.Rung);
        Assert.Equal(new DifferingArea(new Rectangle(301, 150, 1, 1), 1), Assert.Single(result.Areas));
    }

    [Theory, InlineData(0, 0), InlineData(319, 0), InlineData(0, 199), InlineData(319, 199), InlineData(15, 16), InlineData(16, 15)]
    public void A_pixel_is_found_wherever_it_is(int x, int y)
    {
        var result = Compare(s_desktop, Desktop().Fill(x, y, 1, 1, 0xFF00FF).Picture);
        Assert.Equal(new DifferingArea(new Rectangle(x, y, 1, 1), 1), Assert.Single(result.Areas));
    }

    [Fact]
    public void A_width_that_is_no_multiple_of_anything_is_compared_to_its_last_pixel()
    {
        var expected = new Painted(33, 17).Picture;
        var result = Compare(expected, new Painted(33, 17).Fill(32, 16, 1, 1, 0xFFFFFF).Picture);
        Assert.Equal(new DifferingArea(new Rectangle(32, 16, 1, 1), 1), Assert.Single(result.Areas));
    }

    [Fact]
    public void Pixels_that_lie_together_are_one_area_and_others_are_areas_of_their_own()
    {
        var result = Compare(s_desktop, Desktop().Fill(100, 120, 40, 30, 0x112233).Fill(10, 180, 3, 2, 0x112233).Picture);
        Assert.Equal(
            [new DifferingArea(new Rectangle(100, 120, 40, 30), 1200), new DifferingArea(new Rectangle(10, 180, 3, 2), 6)], result.Areas);
        Assert.Equal(1206, result.DifferingPixels);
    }

    [Fact]
    public void A_picture_that_differs_all_over_lists_a_bounded_number_of_areas()
    {
        var expected = new Painted(640, 480);
        for (var y = 0; y < 480; y += 32)
        {
            for (var x = 0; x < 640; x += 32)
            {
                expected.Fill(x, y, 1, 1, 0xFFFFFF);
            }
        }

        var result = Compare(expected.Picture, new Painted(640, 480).Picture);
        Assert.Equal(300, result.DifferingPixels);
        Assert.Equal(ScreenComparer.MaximumAreas, result.Areas.Count);
        Assert.Equal(300 - ScreenComparer.MaximumAreas, result.AreasLeftOut);
    }

    [Fact]
    public void A_difference_in_an_excluded_area_passes_outside_masks()
    {
        var clock = new ScreenArea(new Rectangle(280, 190, 40, 10), AreaKind.Exclude);
        Assert.Equal(ComparisonRung.OutsideMasks, Compare(s_desktop, Desktop().Fill(285, 192, 20, 8, 0xFFFFFF).Picture, clock).Rung);
        Assert.Equal(ComparisonRung.Different, Compare(s_desktop, Desktop().Fill(275, 192, 20, 8, 0xFFFFFF).Picture, clock).Rung);
    }

    [Fact]
    public void Where_there_are_match_areas_nothing_else_is_compared()
    {
        var menu = new ScreenArea(new Rectangle(0, 0, 320, 20), AreaKind.Match);
        Assert.Equal(ComparisonRung.OutsideMasks, Compare(s_desktop, Desktop().Fill(0, 100, 320, 100, 0xABCDEF).Picture, menu).Rung);
        Assert.Equal(ComparisonRung.Different, Compare(s_desktop, Desktop().Fill(4, 4, 1, 1, 0xABCDEF).Picture, menu).Rung);
    }

    [Fact]
    public void Exclude_is_stronger_than_match_in_either_order()
    {
        ScreenArea match = new(new Rectangle(0, 0, 320, 20), AreaKind.Match), exclude = new(new Rectangle(0, 0, 10, 10), AreaKind.Exclude);
        var actual = Desktop().Fill(4, 4, 1, 1, 0xABCDEF).Picture;
        Assert.Equal(ComparisonRung.OutsideMasks, Compare(s_desktop, actual, match, exclude).Rung);
        Assert.Equal(ComparisonRung.OutsideMasks, Compare(s_desktop, actual, exclude, match).Rung);
    }

    [Theory, InlineData(1, 0), InlineData(0, -1), InlineData(-2, 2), InlineData(2, 1)]
    public void A_picture_that_is_moved_a_little_passes_as_shifted(int right, int down)
    {
        var result = Compare(s_desktop, Desktop(right, down).Picture);
        Assert.Equal(ComparisonRung.Shifted, result.Rung);
        Assert.Equal((right, down), result.Shift);
    }

    [Fact]
    public void A_picture_that_is_moved_farther_than_allowed_is_different() =>
        Assert.Equal(ComparisonRung.Different, Compare(s_desktop, Desktop(3, 0).Picture).Rung);

    [Fact]
    public void A_picture_that_lost_something_over_the_edge_by_moving_is_different()
    {
        var expected = new Painted().Fill(40, 40, 50, 50, 0xFFFFFF).Fill(319, 60, 1, 10, 0xFF0000).Picture;
        Assert.Equal(ComparisonRung.Different, Compare(expected, new Painted().Fill(41, 40, 50, 50, 0xFFFFFF).Picture).Rung);
    }

    [Fact]
    public void Another_size_is_different_whatever_the_masks()
    {
        var everything = new ScreenArea(new Rectangle(0, 0, 320, 200), AreaKind.Exclude);
        var result = Compare(s_desktop, new Painted(640, 400).Picture, everything);
        Assert.Equal(new SizeDifference(320, 200, 640, 400), result.Sizes);
        Assert.False(result.IsPassed);
    }

    [Fact]
    public void An_edge_smoothed_otherwise_is_explained_but_passes_only_where_somebody_typed_it_perceptual()
    {
        var (expected, actual) = (new Painted().SmoothedEdge(0x60).Picture, new Painted().SmoothedEdge(0xA0).Picture);
        var explained = Compare(expected, actual);
        Assert.Equal(ComparisonRung.Different, explained.Rung);
        Assert.Equal(explained.DifferingPixels, explained.HardlyVisiblePixels);
        Assert.Equal(
            ComparisonRung.Perceptual, Compare(expected, actual, new ScreenArea(new Rectangle(0, 0, 320, 200), AreaKind.Perceptual)).Rung);
    }

    [Fact]
    public void A_letter_that_is_missing_is_seen_in_a_perceptual_area_too()
    {
        var area = new ScreenArea(new Rectangle(0, 0, 320, 200), AreaKind.Perceptual);
        Assert.Equal(ComparisonRung.Different, Compare(s_desktop, Desktop().Fill(60, 60, 5, 7, 0).Picture, area).Rung);
    }

    [Fact]
    public void The_nearest_of_several_accepted_screens_is_the_one_that_passes()
    {
        AcceptedScreen[] accepted = [new(new Painted().Picture, []), new(s_desktop, [])];
        var (nearest, comparison) = ScreenComparer.Nearest(accepted, Desktop().Picture, null);
        Assert.Same(accepted[1], nearest);
        Assert.True(comparison.IsPassed);
    }

    private static Painted Desktop(int right = 0, int down = 0) => new Painted()
        .Fill(3 + right, 3 + down, 300, 14, 0xC0C0C0).Fill(50 + right, 50 + down, 90, 60, 0xFFFFFF).Fill(60 + right, 60 + down, 5, 7, 0x0000AA);

    private static ScreenComparison Compare(Picture expected, Picture actual, params ScreenArea[] areas) =>
        ScreenComparer.Compare(new AcceptedScreen(expected, areas), actual, null);
}
