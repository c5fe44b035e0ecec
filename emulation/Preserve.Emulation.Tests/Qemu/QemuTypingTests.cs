using Preserve.Emulation.Input;
using Preserve.Emulation.Machines;
using Preserve.Emulation.Text;

namespace Preserve.Emulation.Tests.Qemu;

[Collection(RealQemu.Name)]
public class QemuTypingTests(QemuFixture qemu)
{
    private const string Paragraph =
        "The quick brown fox jumps over the lazy dog; 0123456789 times, and \"twice\" on Sundays! Is {this} [text] <whole>? "
        + "A/B = C*D + E-F, 100% of $5 & #7 @ home ~ a_b^c | d\\e `f` 'g': YES.";

    private static readonly TimeSpan s_boot = TimeSpan.FromSeconds(25);
    private static readonly KeyboardLayout s_us = KeyboardLayout.Find("us")!;

    [Fact(Timeout = 120_000)]
    public async Task A_paragraph_typed_into_the_echo_guest_is_on_its_screen_to_the_last_character()
    {
        await using var machine = await qemu.StartAsync(Definitions.On("pc-classic", BootSource.Floppy, QemuFixture.Guest("echo")));
        await machine.ForTextAsync("Echo: type", s_boot);
        var text = string.Concat(Enumerable.Repeat(Paragraph, 5));

        Assert.True(await TypeAsync(machine, TypingPlan.Make(text, s_us, null)));

        await machine.ForTextAsync(screen => string.Concat(screen.Lines.Skip(2)).Contains("> " + text, StringComparison.Ordinal), s_boot);
    }

    [Fact(Timeout = 120_000)]
    public async Task Characters_that_a_bare_BIOS_does_not_take_by_number_are_told_and_the_others_are_typed()
    {
        await using var machine = await qemu.StartAsync(Definitions.On("pc-classic", BootSource.Floppy, QemuFixture.Guest("echo")));
        await machine.ForTextAsync("Echo: type", s_boot);
        var plan = TypingPlan.Make("Grüße, señor", s_us, CodePage.Find("cp437"));
        var typist = Typist(machine);

        Assert.True(await typist.TypeAsync(plan.Characters, _ => { }, TestContext.Current.CancellationToken));

        Assert.Equal(["ü", "ß", "ñ"], typist.NotTaken);
        await machine.ForTextAsync("> Gre, seor", s_boot);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_system_that_knows_numbers_takes_a_character_by_its_number()
    {
        var definition = await qemu.DefineAsync("pc-classic", BootSource.Floppy, ("floppy0", "linux.img"));
        await using var machine = await qemu.StartAsync(definition);
        await machine.ForTextAsync("Please press Enter", s_boot * 2);
        await machine.TypeAsync("\n");
        await machine.ForTextAsync("[~]$ ", s_boot);
        PlannedCharacter[] characters = [.. "HELLO"u8.ToArray().Select(code => new PlannedCharacter(
            "", [new KeyStroke(HeldKeys.Alt, NumberPad.KeysOf(code))], IsByNumber: true))];

        Assert.True(await Typist(machine).TypeAsync(characters, _ => { }, TestContext.Current.CancellationToken));

        await machine.ForTextAsync("[~]$ HELLO", s_boot);
    }

    [Fact(Timeout = 120_000)]
    public async Task Lines_pasted_into_FreeDOS_run_one_after_the_other_and_none_is_cut()
    {
        await using var machine = await qemu.StartAsync(await qemu.DefineAsync("pc-classic", BootSource.Floppy, ("floppy0", "freedos-144.img")));
        await machine.ForTextAsync(@"A:\>", s_boot);
        var lines = Enumerable.Range(1, 7).Select(i => $"Line {i} of 7: The Quick Brown Fox Jumps Over The Lazy Dog (0123456789)").ToArray();

        Assert.True(await TypeAsync(machine, TypingPlan.Make(string.Concat(lines.Select(line => $"echo {line}\n")), s_us, null)));

        await machine.ForTextAsync(screen => lines.All(line => screen.Lines.Any(shown => shown.TrimEnd() == line)), s_boot);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_guest_with_its_own_keyboard_driver_gets_every_key_at_the_profiles_interval()
    {
        await using var machine = await qemu.StartAsync(
            (await qemu.DefineAsync("pc-classic", BootSource.Disk, ("disk0", "xv6.img"), ("disk1", "xv6-fs.img"))) with { MemoryMiB = 512 });
        await machine.ForTextAsync("init: starting sh", s_boot);
        await machine.ForTextAsync("$ ", s_boot);
        const string Words = "The_Quick_Brown_Fox Jumps_Over_The_Lazy_Dog 0123456789 100%";

        Assert.True(await TypeAsync(machine, TypingPlan.Make($"echo {Words}\n", s_us, null)));

        await machine.ForTextAsync(screen => screen.Lines.Any(line => line.TrimEnd() == Words), s_boot);
    }

    private static Task<bool> TypeAsync(IMachine machine, TypingPlan plan)
    {
        Assert.Empty(plan.Unknown);
        return Typist(machine).TypeAsync(plan.Characters, _ => { }, TestContext.Current.CancellationToken);
    }

    private static Typist Typist(IMachine machine) => new(
        machine.Input, machine.KeyBuffer, TimeSpan.FromMilliseconds(machine.Definition.Profile.KeyIntervalMilliseconds), TimeProvider.System);
}
