using Preserve.Emulation.Display;
using Preserve.Emulation.Machines;
using Preserve.Regression.Baselines;
using Preserve.Regression.Booting;
using Preserve.Regression.Comparison;
using Preserve.Regression.Learning;
using Preserve.Regression.Settling;
using Preserve.Regression.Tests.Comparison;

namespace Preserve.Regression.Tests.Learning;

public class ScreenProposalTests
{
    private static readonly Picture s_screen = Screen().Picture;

    [Fact]
    public void A_screen_that_never_changes_is_one_frame_without_areas()
    {
        var proposal = Learn(Boot([s_screen]), Boot([s_screen]));
        Assert.Equal(BaselineClass.OneFrame, proposal.Class);
        Assert.Empty(proposal.Screen.Areas);
        Assert.True(proposal.HasStableContent);
    }

    [Fact]
    public void A_blinking_cursor_is_excluded_and_makes_a_small_cycle()
    {
        var cursor = Screen().Fill(80, 22, 8, 2, 0xAAAAAA).Picture;
        var proposal = Learn(Boot([s_screen, cursor]), Boot([cursor, s_screen]));
        Assert.Equal(BaselineClass.SmallCycle, proposal.Class);
        Assert.Equal(AreaKind.Exclude, Assert.Single(proposal.Screen.Areas).Kind);
        Assert.True(ScreenComparer.Compare(proposal.Screen, cursor, null).IsPassed);
    }

    [Fact]
    public void What_differs_with_the_date_only_is_a_clock()
    {
        var later = Screen().Fill(290, 190, 12, 7, 0xFFFFFF).Picture;
        var proposal = Learn(Boot([s_screen]), Boot([later]) with { HasOtherClock = true }, Boot([s_screen]));
        Assert.Equal(BaselineClass.Clock, proposal.Class);
        Assert.True(ScreenComparer.Compare(proposal.Screen, later, null).IsPassed);
    }

    [Fact]
    public void What_differs_without_a_reason_is_random()
    {
        var other = Screen().Fill(100, 100, 60, 60, 0x00FF00).Picture;
        Assert.Equal(BaselineClass.Random, Learn(Boot([s_screen]), Boot([s_screen]) with { HasOtherClock = true }, Boot([other])).Class);
    }

    [Fact]
    public void Lines_in_which_only_figures_differ_are_compared_by_text_and_not_excluded()
    {
        var one = Painted.Text("Booting", "Speed: 1843.2 MIPS");
        var other = Painted.Text("Booting", "Speed:  912.9 MIPS");
        var proposal = Learn(Boot([s_screen], one), Boot([Screen().Fill(60, 9, 30, 6, 0x123456).Picture], other));
        Assert.Equal(BaselineClass.Figures, proposal.Class);
        var area = Assert.Single(proposal.Screen.Areas);
        Assert.Equal((AreaKind.Figures, new Rectangle(0, 8, 320, 8)), (area.Kind, area.Area));
    }

    [Fact]
    public void A_screen_that_never_rests_is_animated_and_keeps_what_stands_still()
    {
        var pictures = Enumerable.Range(0, 10).Select(step => Screen().Fill(100 + (10 * step), 100, 8, 8, 0xFF0000).Picture).ToArray();
        var proposal = Learn(Boot(pictures, outcome: BootOutcome.NeverSettles), Boot(pictures, outcome: BootOutcome.NeverSettles));
        Assert.Equal(BaselineClass.Animated, proposal.Class);
        Assert.True(proposal.HasStableContent);
        Assert.All(pictures, picture => Assert.True(ScreenComparer.Compare(proposal.Screen, picture, null).IsPassed));
    }

    [Fact]
    public void Where_nothing_but_one_colour_stays_there_is_no_stable_content()
    {
        var (one, other) = (new Painted().Fill(0, 0, 320, 100, 0xFFFFFF).Picture, new Painted().Picture);
        Assert.False(Learn(Boot([one]), Boot([other])).HasStableContent);
    }

    private static Painted Screen() => new Painted().Fill(8, 8, 40, 7, 0xAAAAAA);

    private static ScreenProposal Learn(params ObservedBoot[] boots) => ScreenProposal.From(boots);

    private static ObservedBoot Boot(Picture[] pictures, TextScreen? text = null, BootOutcome outcome = BootOutcome.SettledElsewhere) => new(
        new BootResult
        {
            Outcome = outcome,
            Frames = [new FilmFrame(pictures[0], pictures, text, TimeSpan.FromSeconds(1), null)],
            LastPictures = pictures,
        },
        HasOtherClock: false);
}
