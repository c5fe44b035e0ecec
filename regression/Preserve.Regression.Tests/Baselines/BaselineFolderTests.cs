using Preserve.Emulation.Display;
using Preserve.Regression.Baselines;
using Preserve.Regression.Booting;
using Preserve.Regression.Comparison;
using Preserve.Regression.Tests.Comparison;

namespace Preserve.Regression.Tests.Baselines;

public sealed class BaselineFolderTests : IDisposable
{
    private static readonly CancellationToken s_token = TestContext.Current.CancellationToken;
    private readonly string _root = Directory.CreateTempSubdirectory("preserve-baselines-").FullName;

    private BaselineFolder Folder => new(_root);

    [Fact]
    public async Task A_baseline_comes_back_as_it_was_saved()
    {
        var saved = Sample();
        await Folder.SaveAsync(saved, s_token);
        var found = (await Folder.FindAsync("freedos", s_token))!;
        Assert.Equal(saved.Screens[0].Picture.Digest, found.Screens[0].Picture.Digest);
        Assert.Equal(saved.Screens[0].Areas, found.Screens[0].Areas);
        Assert.Equal(saved.Screens[0].Text!.Lines, found.Screens[0].Text!.Lines);
        Assert.Equal((saved.Probe, saved.Mode, saved.LearnedOn, saved.Class), (found.Probe, found.Mode, found.LearnedOn, found.Class));
    }

    [Fact]
    public void A_screen_that_is_accepted_as_well_is_compared_in_the_areas_of_the_first_of_its_size_and_counts_once()
    {
        var sample = Sample();
        var other = new Painted().Fill(3, 3, 50, 50, 0x654321).Picture;

        var more = sample.Accepting(other);

        Assert.Equal(2, more.Screens.Count);
        Assert.Equal(sample.Screens[0].Areas.Where(area => area.Kind is not (AreaKind.Text or AreaKind.Figures)), more.Screens[1].Areas);
        Assert.Equal(2, more.Accepting(other).Screens.Count);
    }

    [Fact]
    public async Task A_baseline_that_is_deleted_is_no_more_and_its_pictures_are_not_found()
    {
        await Folder.SaveAsync(Sample(), s_token);
        Assert.NotNull(Folder.FindPicture("freedos", "screen-0.png"));
        Folder.Delete("freedos");
        Assert.Null(await Folder.FindAsync("freedos", s_token));
        Assert.Null(Folder.FindPicture("freedos", "screen-0.png"));
        Assert.Null(Folder.FindPicture("..", "screen-0.png"));
        Folder.Delete("freedos");
    }

    [Fact]
    public async Task A_scenario_and_its_checkpoints_come_back_and_stay_when_the_baseline_is_forgotten()
    {
        const string Text = "type \"x\"\ncheckpoint typed";
        await Folder.SaveAsync(Sample().Accepting(new Painted().Fill(1, 1, 9, 9, 0xFFFFFF).Picture, "typed"), s_token);
        Assert.Empty(await Folder.SaveScenarioAsync("freedos", Text, s_token));

        var found = (await Folder.FindAsync("freedos", s_token))!;
        Assert.Equal((2, 1, 0), (found.Scenario!.Steps.Count, found.Checkpoints["typed"].Count, found.UnlearnedCheckpoints.Count));

        Folder.Delete("freedos");
        Assert.Equal(Text, await Folder.ReadScenarioTextAsync("freedos", s_token));
    }

    [Fact]
    public async Task A_scenario_with_errors_is_not_saved_and_one_that_lies_there_is_told_with_its_lines()
    {
        await Folder.SaveAsync(Sample(), s_token);
        Assert.Contains("line 2", Assert.Single(await Folder.SaveScenarioAsync("freedos", "checkpoint a\ndance", s_token)), StringComparison.Ordinal);
        Assert.Equal("", await Folder.ReadScenarioTextAsync("freedos", s_token));
        await File.WriteAllTextAsync(Path.Combine(_root, "freedos", BaselineFolder.ScenarioName), "dance", s_token);
        var problem = await Assert.ThrowsAsync<BaselineException>(() => Folder.FindAsync("freedos", s_token));
        Assert.Contains("line 1: 'dance'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_environment_without_one_has_none() => Assert.Null(await Folder.FindAsync("nothing", s_token));

    [Fact]
    public async Task A_picture_that_is_missing_or_damaged_is_told_with_what_to_do()
    {
        await Folder.SaveAsync(Sample(), s_token);
        var picture = Path.Combine(_root, "freedos", "screen-0.png");
        await File.WriteAllTextAsync(picture, "no picture", s_token);
        var damaged = await Assert.ThrowsAsync<BaselineException>(() => Folder.FindAsync("freedos", s_token));
        Assert.Contains("screen-0.png", damaged.Message, StringComparison.Ordinal);
        File.Delete(picture);
        var missing = await Assert.ThrowsAsync<BaselineException>(() => Folder.FindAsync("freedos", s_token));
        Assert.Contains("missing", missing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("null")]
    public async Task A_document_that_is_none_is_told(string document)
    {
        await Folder.SaveAsync(Sample(), s_token);
        await File.WriteAllTextAsync(Path.Combine(_root, "freedos", "baseline.json"), document, s_token);
        await Assert.ThrowsAsync<BaselineException>(() => Folder.FindAsync("freedos", s_token));
    }

    [Fact]
    public async Task A_document_cannot_name_a_picture_elsewhere()
    {
        await Folder.SaveAsync(Sample(), s_token);
        var file = Path.Combine(_root, "freedos", "baseline.json");
        var document = await File.ReadAllTextAsync(file, s_token);
        await File.WriteAllTextAsync(file, document.Replace("screen-0.png", "../other/screen-0.png", StringComparison.Ordinal), s_token);
        await Assert.ThrowsAsync<BaselineException>(() => Folder.FindAsync("freedos", s_token));
    }

    [Fact]
    public async Task A_name_that_leads_elsewhere_is_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Folder.FindAsync("../freedos", s_token));

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static Baseline Sample() => new()
    {
        EnvironmentId = "freedos",
        Class = BaselineClass.SmallCycle,
        Screens =
        [
            new AcceptedScreen(
                new Painted().Fill(3, 3, 50, 50, 0x123456).Picture,
                [new ScreenArea(new Rectangle(0, 0, 9, 16), AreaKind.Exclude, "cursor")],
                Painted.Text("A:\\>")),
        ],
        Probe = new ScreenProbe(ProbeKind.Key, 0x2D, new Rectangle(9, 0, 18, 16)),
        Mode = new BootMode(7),
        ReachedAfter = TimeSpan.FromSeconds(1.5),
        LearnedOn = new BuildFacts("qemu-7.2.22", "7.2.22", "aa", "bb", "pc-i440fx-7.2"),
        LearnedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
    };
}
