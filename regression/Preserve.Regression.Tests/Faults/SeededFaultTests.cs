using Preserve.Regression.Baselines;
using Preserve.Regression.Booting;
using Preserve.Regression.Learning;
using Preserve.Regression.Verdicts;

namespace Preserve.Regression.Tests.Faults;

/// <summary>Baselines learned from real boots, and faults put in afterwards: each must be found, and told for what it is.</summary>
public sealed class SeededFaultTests
{
    private static readonly BuildFacts s_build = new("qemu", "0", "", "", "pc");

    /// <summary>Shorter than in a run: these guests are where they are going within a second.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    private static readonly SemaphoreSlim s_learning = new(1, 1);
    private static Baseline? s_echo;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_unchanged_guest_passes_answers_and_is_learned_as_a_small_cycle()
    {
        using var host = new GuestHost("echo.img");
        var baseline = await EchoAsync();
        Assert.Equal(BaselineClass.SmallCycle, baseline.Class);
        var check = await CheckAsync(host, baseline);
        Assert.Equal((CheckFinding.Passed, ProbeOutcome.Answered), (check.Finding, check.Probe));
    }

    [Fact]
    public async Task A_few_bytes_of_the_image_that_change_the_screen_are_found_where_they_show()
    {
        using var host = new GuestHost("echo.img");
        var baseline = await EchoAsync();
        var check = await CheckAsync(host.Spoil("Enter: new"u8.ToArray(), "Enter: now"u8.ToArray()), baseline);
        Assert.Equal(BootOutcome.SettledElsewhere, check.Boot.Outcome);
        Assert.Equal(0, Assert.Single(check.Boot.Comparison!.Lines!).Row);
        Assert.InRange(Assert.Single(check.Boot.Comparison.Areas).Area.Width, 1, 9);
    }

    [Fact]
    public async Task A_guest_that_shows_the_same_screen_but_ignores_keys_is_found()
    {
        using var host = new GuestHost("echo.img");
        var baseline = await EchoAsync();

        // xor ah, ah; int 16h waits for a key: a jump to itself, and a byte that is never reached, wait for ever.
        var check = await CheckAsync(host.Spoil([0x30, 0xE4, 0xCD, 0x16, 0x3C, 27], [0xEB, 0xFE, 0x90, 0x90, 0x90, 0x90]), baseline);
        Assert.Equal((CheckFinding.NoAnswer, ProbeOutcome.NoAnswer), (check.Finding, check.Probe));
    }

    [Fact]
    public async Task Silence_where_there_was_sound_is_found()
    {
        RequireSoak("It learns a guest that never rests, a minute.");
        using var host = new GuestHost("tune.img");
        var baseline = await LearnAsync(host, settlesAfter: null);
        Assert.True(baseline.HasSound);
        host.Profile = host.Profile with
        {
            Sound = [],
            MachineOptions = ["usb=off"],
            Devices = [host.Profile.Devices[0]],
        };
        Assert.Equal(CheckFinding.Silent, (await CheckAsync(host, baseline)).Finding);
    }

    [Fact]
    public async Task An_emulator_that_dies_during_the_boot_is_told_as_one()
    {
        using var host = new GuestHost("echo.img");
        var baseline = await EchoAsync();
        host.Sabotage = (machine, _) => machine.EndAsync(TimeSpan.Zero, Token);
        Assert.Equal(BootOutcome.EmulatorCrashed, (await CheckAsync(host, baseline)).Boot.Outcome);
    }

    [Fact]
    public async Task A_machine_that_does_not_start_is_told_as_one()
    {
        using var host = new GuestHost("echo.img");
        var baseline = await EchoAsync();
        host.Profile = host.Profile with { MachineType = "pc-i440fx-0.1" };
        var check = await CheckAsync(host, baseline);
        Assert.Equal(BootOutcome.CouldNotStart, check.Boot.Outcome);
        Assert.Contains("machine type", check.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guest_whose_processor_stops_is_told_as_halted()
    {
        using var host = new GuestHost("echo.img");
        var baseline = await EchoAsync();

        // Where it asks for a key: cli; hlt; after a screen that is not the accepted one.
        host.Spoil("Enter: new"u8.ToArray(), "Enter: now"u8.ToArray()).Spoil([0x30, 0xE4, 0xCD, 0x16], [0xFA, 0xF4, 0xEB, 0xFC]);
        Assert.Equal(BootOutcome.GuestHalted, (await CheckAsync(host, baseline)).Boot.Outcome);
    }

    [Fact]
    public async Task A_guest_that_resets_for_ever_is_told_as_one()
    {
        using var host = new GuestHost("echo.img");
        var baseline = await EchoAsync();

        // mov al, FEh; out 64h, al: the keyboard controller resets the machine.
        host.Spoil([0x30, 0xE4, 0xCD, 0x16, 0x3C, 27], [0xB0, 0xFE, 0xE6, 0x64, 0xEB, 0xFE]).Spoil("Enter: new"u8.ToArray(), "Enter: now"u8.ToArray());
        Assert.Equal(BootOutcome.RebootsInALoop, (await CheckAsync(host, baseline)).Boot.Outcome);
    }

    [Fact]
    public async Task What_moves_is_learned_as_animated_and_passes_again()
    {
        RequireSoak("It learns a guest that never rests, four minutes.");
        using var host = new GuestHost("animation.img");
        var baseline = await LearnAsync(host, settlesAfter: null);
        Assert.Equal((BaselineClass.Animated, true), (baseline.Class, baseline.IsMoving));
        Assert.Equal(CheckFinding.Passed, (await CheckAsync(host, baseline)).Finding);
    }

    /// <summary>Learned once for all tests: it takes a dozen boots.</summary>
    private static async Task<Baseline> EchoAsync()
    {
        await s_learning.WaitAsync(Token);
        try
        {
            using var host = new GuestHost("echo.img");
            return s_echo ??= await LearnAsync(host, TimeSpan.FromSeconds(1));
        }
        finally
        {
            s_learning.Release();
        }
    }

    private static async Task<Baseline> LearnAsync(GuestHost host, TimeSpan? settlesAfter)
    {
        await host.RequireAsync();
        var learned = await new BaselineLearner(host, TimeProvider.System).LearnAsync("guest", s_build, settlesAfter, hasClockPolicy: false, Token);
        Assert.True(learned.Baseline is not null, learned.Problem);
        return learned.Baseline!;
    }

    private static Task<CheckResult> CheckAsync(GuestHost host, Baseline baseline) =>
        EnvironmentCheck.RunAsync(host, baseline, EnvironmentCheck.Plan(baseline) with { Patience = s_patience }, TimeProvider.System, Token);

    private static void RequireSoak(string why) =>
        Assert.SkipUnless(Environment.GetEnvironmentVariable("PRESERVE_SOAK") == "1", $"{why} Only with PRESERVE_SOAK=1.");
}
