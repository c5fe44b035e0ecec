using Preserve.Emulation.Input;
using Preserve.Regression.Scenarios;

namespace Preserve.Regression.Tests.Scenarios;

public sealed class ScenarioParserTests
{
    [Fact]
    public void Every_kind_of_step_is_read_in_order()
    {
        var (scenario, problems) = ScenarioParser.Parse("""
            # lists the disk
            wait settle
            wait text "A:\\>" 20 s
            type "dir \"x\"\n"
            press ctrl+alt+delete
            move to 10 -20
            drag by 5 6
            click
            click right
            insert floppy0 "Disk 2"
            eject floppy0
            wait screen listing 5 s
            checkpoint listing
            """);

        Assert.Empty(problems);
        ScenarioStep[] steps =
        [
            new WaitToSettleStep(2, TimeSpan.FromSeconds(60)), new WaitForTextStep(3, "A:\\>", TimeSpan.FromSeconds(20)), new TypeStep(4, "dir \"x\"\n"),
            new MoveStep(6, false, 10, -20, false), new MoveStep(7, true, 5, 6, true), new ClickStep(8, PointerButtons.Left), new ClickStep(9, PointerButtons.Right),
            new SwapStep(10, "floppy0", "Disk 2"), new SwapStep(11, "floppy0", null), new WaitForScreenStep(12, "listing", TimeSpan.FromSeconds(5)), new CheckpointStep(13, "listing"),
        ];
        Assert.Equal(steps, scenario!.Steps.Where(step => step is not PressStep));
        Assert.Equal([0x1D, 0x38, 0xD3], scenario.Steps.OfType<PressStep>().Single().Scancodes);
    }

    [Theory]
    [InlineData("a", 0x1E)]
    [InlineData("1", 0x02)]
    [InlineData("=", 0x0D)]
    [InlineData("q", 0x10)]
    [InlineData("`", 0x29)]
    [InlineData("\\", 0x2B)]
    [InlineData("/", 0x35)]
    [InlineData("Enter", 0x1C)]
    [InlineData("pagedown", 0xD1)]
    public void A_key_has_its_scancode(string key, byte scancode)
    {
        var (scenario, problems) = ScenarioParser.Parse($"press {key}\ncheckpoint end");
        Assert.Empty(problems);
        Assert.Equal([scancode], scenario!.Steps.OfType<PressStep>().Single().Scancodes);
    }

    [Fact]
    public void All_errors_are_told_each_with_its_line()
    {
        var (scenario, problems) = ScenarioParser.Parse("""
            wait forever
            type "open

            press ctrl+nothing
            checkpoint Big
            checkpoint end
            checkpoint end
            wait screen nowhere
            wait settle 0 s
            move to 1 x
            dance
            """);

        Assert.Null(scenario);
        Assert.Equal(["1", "2", "4", "5", "9", "10", "11", "7", "8"], problems.Select(problem => problem.Split(' ', ':')[1]));
    }

    [Fact]
    public void A_scenario_that_compares_nothing_is_refused() =>
        Assert.Contains("no checkpoint", Assert.Single(ScenarioParser.Parse("wait settle").Problems), StringComparison.Ordinal);
}
