using Preserve.Emulation.Machines;
using Preserve.Emulation.Qemu;

namespace Preserve.Emulation.Tests.Qemu;

[Collection(RealQemu.Name)]
public class QemuMediaTests(QemuFixture qemu)
{
    private static readonly TimeSpan s_boot = TimeSpan.FromSeconds(25);

    /// <summary>For two seconds after it last read a floppy, DOS takes for granted that it is still the same.</summary>
    private static readonly TimeSpan s_dosTrust = TimeSpan.FromSeconds(3);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 90_000)]
    public async Task A_blank_floppy_is_one_that_DOS_reads_and_writes_and_it_is_still_there_when_it_comes_back()
    {
        await using var machine = await StartAsync();
        var first = machine.Media!.Current["floppy0"]!;

        await machine.Media.InsertBlankAsync("floppy0", Cancellation);
        var blank = machine.Media.Current["floppy0"]!;
        await Task.Delay(s_dosTrust, Cancellation);
        await machine.TypeAsync("md newdir\ndir\n");
        await machine.ForTextAsync("NEWDIR               <DIR>", s_boot);

        await machine.Media.ChangeAsync("floppy0", first.Sha256, Cancellation);
        Assert.Equal([first.Sha256, blank.Sha256], machine.Media.Loose.Select(medium => medium.Sha256));
        await machine.Media.ChangeAsync("floppy0", blank.Sha256, Cancellation);
        await Task.Delay(s_dosTrust, Cancellation);
        await machine.TypeAsync("cls\ndir\n");
        await machine.ForTextAsync(screen => screen.Lines[0].Length > 0 && screen.Lines.Any(line => line.Contains("NEWDIR", StringComparison.Ordinal)), s_boot);
    }

    [Fact(Timeout = 90_000)]
    public async Task Blank_floppies_end_after_a_few_and_go_only_in_floppy_drives()
    {
        await using var machine = await StartAsync();
        for (var i = 0; i < QemuBlanks.Most; i++)
        {
            await machine.Media!.InsertBlankAsync("floppy1", Cancellation);
        }

        Assert.Equal(QemuBlanks.Most + 1, machine.Media!.Loose.Count);
        Assert.Contains("used up", (await Assert.ThrowsAsync<MachineException>(() => machine.Media.InsertBlankAsync("floppy1", Cancellation))).Message, StringComparison.Ordinal);
        Assert.Contains("no floppy drive", (await Assert.ThrowsAsync<MachineException>(() => machine.Media.InsertBlankAsync("optical0", Cancellation))).Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 90_000)]
    public async Task A_write_protected_floppy_is_read_and_not_written_until_the_protection_is_taken_off()
    {
        await using var machine = await StartAsync();

        await machine.Media!.ProtectAsync("floppy0", true, Cancellation);
        Assert.Equal(["floppy0"], machine.Media.Protected);
        await Assert.ThrowsAsync<MachineException>(() => machine.State!.SaveAsync(qemu.NewFolder(), Cancellation));
        await Task.Delay(s_dosTrust, Cancellation);
        await machine.TypeAsync("md newdir\n");
        await machine.ForTextAsync(screen => screen.Lines.Any(line => line.Contains("protect", StringComparison.OrdinalIgnoreCase)), s_boot);
        await machine.TypeAsync("a");

        await machine.Media.ProtectAsync("floppy0", false, Cancellation);
        Assert.Empty(machine.Media.Protected);
        await Task.Delay(s_dosTrust, Cancellation);
        await machine.TypeAsync("\nmd newdir\ndir\n");
        await machine.ForTextAsync("NEWDIR               <DIR>", s_boot);
    }

    [Fact(Timeout = 90_000)]
    public async Task Protection_stays_with_the_floppy_and_an_empty_drive_has_none()
    {
        await using var machine = await StartAsync();
        var floppy = machine.Media!.Current["floppy0"]!;
        await machine.Media.ProtectAsync("floppy0", true, Cancellation);

        await machine.Media.ChangeAsync("floppy0", null, Cancellation);
        Assert.Empty(machine.Media.Protected);
        await Assert.ThrowsAsync<MachineException>(() => machine.Media.ProtectAsync("floppy0", true, Cancellation));
        await machine.Media.ChangeAsync("floppy1", floppy.Sha256, Cancellation);

        Assert.Equal(["floppy1"], machine.Media.Protected);
    }

    [Fact(Timeout = 90_000)]
    public async Task The_lamp_of_a_floppy_drive_is_lit_while_its_motor_runs_and_no_other()
    {
        await using var machine = await StartAsync();
        await Waiting.ForAsync(async () => !(await LampsAsync(machine))["floppy0"].IsLit, s_boot);

        await machine.TypeAsync("md newdir\n");

        await Waiting.ForAsync(async () => (await LampsAsync(machine))["floppy0"].IsLit, s_boot);
        Assert.False((await LampsAsync(machine))["floppy1"].IsLit);
        await Waiting.ForAsync(async () => !(await LampsAsync(machine))["floppy0"].IsLit, s_boot);
    }

    [Fact(Timeout = 90_000)]
    public async Task What_is_read_from_a_hard_disk_is_counted()
    {
        await using var machine = await qemu.StartAsync(await qemu.DefineAsync("pc-classic", BootSource.Disk, ("disk0", "opengem-hd.img")));

        await Waiting.ForAsync(async () => (await LampsAsync(machine))["disk0"].Reads > 10, s_boot);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_set_of_both_sizes_has_a_drive_for_each_and_says_which_goes_where()
    {
        var definition = await qemu.DefineAsync("pc-classic", BootSource.Floppy, ("floppy0", "freedos-144.img"));
        var small = await qemu.Archive.MediumAsync("freedos-160k.img");
        await using var machine = await qemu.StartAsync(definition with { Shelf = [small] });

        Assert.Equal(("3.5", "5.25", null), (machine.Media!.FloppyInches("floppy0"), machine.Media.FloppyInches("floppy1"), machine.Media.FloppyInches("disk0")));
        Assert.Contains("is a 5.25-inch floppy; Drive A: takes floppies of 3.5 inches", machine.Media.FindMisfit("floppy0", small), StringComparison.Ordinal);
        Assert.Null(machine.Media.FindMisfit("floppy1", small));
        await machine.Media.ChangeAsync("floppy1", small.Sha256, Cancellation);
    }

    private static Task<IReadOnlyDictionary<string, DriveActivity>> LampsAsync(IMachine machine) => machine.Media!.ReadActivityAsync(Cancellation);

    private async Task<IMachine> StartAsync()
    {
        var machine = await qemu.StartAsync(await qemu.DefineAsync("pc-classic", BootSource.Floppy, ("floppy0", "freedos-144.img")));
        await machine.ForTextAsync(@"A:\>", s_boot);
        return machine;
    }
}
