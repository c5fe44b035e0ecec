using System.Security.Cryptography;
using Preserve.Emulation.Machines;

namespace Preserve.Emulation.Tests.Qemu;

[Collection(RealQemu.Name)]
public class QemuGuestTests(QemuFixture qemu)
{
    private static readonly TimeSpan s_boot = TimeSpan.FromSeconds(25);

    /// <summary>For two seconds after it last read a floppy, DOS takes for granted that it is still the same.</summary>
    private static readonly TimeSpan s_dosTrust = TimeSpan.FromSeconds(3);

    [Theory(Timeout = 60_000), InlineData("freedos-144.img", "pc-classic"), InlineData("freedos-160k.img", "pc-1981")]
    public async Task FreeDOS_reaches_its_prompt(string medium, string profile)
    {
        await using var machine = await qemu.StartAsync(await qemu.DefineAsync(profile, BootSource.Floppy, ("floppy0", medium)));

        var text = await machine.ForTextAsync(screen => screen.Lines[0].Trim() == @"A:\>", s_boot);

        Assert.Equal((80, 25), (text.Columns, text.Rows));
        Assert.All(text.Lines.Skip(1), line => Assert.Equal("", line.Trim()));
        Assert.Equal(PointerKind.Relative, machine.Definition.Profile.Pointer);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_is_typed_is_seen_and_what_is_written_leaves_the_original_untouched()
    {
        var definition = await qemu.DefineAsync("pc-classic", BootSource.Floppy, ("floppy0", "freedos-144.img"));
        await using var machine = await qemu.StartAsync(definition);
        await machine.ForTextAsync(@"A:\>", s_boot);

        await machine.TypeAsync("md newdir\n");
        await machine.TypeAsync("dir\n");

        await machine.ForTextAsync(screen => screen.Lines.Any(line => line.StartsWith("NEWDIR", StringComparison.Ordinal)), s_boot);
        var medium = definition.Drives[0].Medium;
        await using var stored = File.OpenRead(medium.HostPath);
        Assert.Equal(medium.Sha256, Convert.ToHexStringLower(await SHA256.HashDataAsync(stored, TestContext.Current.CancellationToken)));
    }

    [Fact(Timeout = 90_000)]
    public async Task A_floppy_is_swapped_while_the_machine_runs_and_keeps_what_was_written_when_swapped_back()
    {
        var definition = await qemu.DefineAsync("pc-classic", BootSource.Floppy, ("floppy0", "opengem-disk1.img"));
        var second = await qemu.Archive.MediumAsync("opengem-disk2.img");
        await using var machine = await qemu.StartAsync(definition with { Shelf = [second], MemoryMiB = 32 });
        await machine.ForTextAsync("Put disk 2", s_boot);
        await machine.TypeAsync("md newdir\n");
        await machine.ForTextAsync(screen => screen.Lines.Count(line => line.TrimEnd() == @"A:\>") == 1, s_boot);

        await machine.Media!.ChangeAsync("floppy0", second.Sha256, TestContext.Current.CancellationToken);
        Assert.Equal(second, machine.Media.Current["floppy0"]);
        await Task.Delay(s_dosTrust, TestContext.Current.CancellationToken);
        await machine.TypeAsync("dir\n");
        await machine.ForTextAsync("START    BAT", s_boot);

        await machine.Media.ChangeAsync("floppy0", null, TestContext.Current.CancellationToken);
        Assert.Null(machine.Media.Current["floppy0"]);
        await machine.Media.ChangeAsync("floppy0", definition.Drives[0].Medium.Sha256, TestContext.Current.CancellationToken);
        await Task.Delay(s_dosTrust, TestContext.Current.CancellationToken);
        await machine.TypeAsync("dir\n");
        await machine.ForTextAsync("NEWDIR               <DIR>", s_boot);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_medium_that_does_not_fit_is_refused_with_words()
    {
        var definition = await qemu.DefineAsync("pc-classic", BootSource.Floppy, ("floppy0", "freedos-144.img"));
        var small = await qemu.Archive.MediumAsync("bootos.img");
        var disc = await qemu.Archive.MediumAsync("mikeos-4.5.iso");
        await using var machine = await qemu.StartAsync(definition with { Shelf = [small, disc] });

        foreach (var (bay, sha256, words) in new[]
        {
            ("floppy0", small.Sha256, "takes floppies of 3.5 inches"), ("floppy0", disc.Sha256, "takes a Floppy"), ("floppy1", definition.Drives[0].Medium.Sha256, "another drive"),
            ("floppy0", new string('e', 64), "not on the shelf"), ("disk0", small.Sha256, "cannot be changed"), ("floppy9", small.Sha256, "no bay"),
        })
        {
            var error = await Assert.ThrowsAsync<MachineException>(() => machine.Media!.ChangeAsync(bay, sha256, TestContext.Current.CancellationToken));
            Assert.Contains(words, error.Message, StringComparison.Ordinal);
        }

        await machine.Media!.ChangeAsync("optical0", disc.Sha256, TestContext.Current.CancellationToken);
        await machine.Media.ChangeAsync("optical0", null, TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_corrupt_image_shows_the_firmwares_own_words()
    {
        var path = Path.Combine(qemu.Root, "corrupt");
        var noise = new byte[1474560];
        new Random(1).NextBytes(noise);
        await File.WriteAllBytesAsync(path, noise, TestContext.Current.CancellationToken);
        var medium = new MediumFile(Convert.ToHexStringLower(SHA256.HashData(noise)), path, ImageFormat.Raw, noise.Length, BayKind.Floppy, "Noise");
        await using var machine = await qemu.StartAsync(Definitions.On("pc-classic", BootSource.Floppy, new DriveContent("floppy0", medium)));

        await machine.ForTextAsync("not a bootable disk", s_boot);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_machine_of_a_given_speed_and_date_boots_and_tells_the_date()
    {
        var definition = await qemu.DefineAsync("pc-486", BootSource.Floppy, ("floppy0", "freedos-144.img"));
        await using var machine = await qemu.StartAsync(definition with { SpeedShift = 6, Clock = new ClockPolicy { StartsAt = new DateTime(1993, 4, 5, 6, 7, 8) } });
        await machine.ForTextAsync(@"A:\>", s_boot);

        await machine.TypeAsync("date\n");

        await machine.ForTextAsync("04-05-1993", s_boot);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_graphics_mode_has_no_text_and_wants_a_relative_pointer()
    {
        await using var machine = await qemu.StartAsync(Definitions.On("pc-classic", BootSource.Floppy, QemuFixture.Guest("animation")));
        await Waiting.ForAsync(() => machine.Screen.Size == (640, 400) && machine.Screen.Capture().Pixels.Distinct().Count() > 1, s_boot);

        Assert.Null(await machine.Text!.ReadAsync(TestContext.Current.CancellationToken));
        Assert.Equal(PointerKind.Relative, machine.Input.Pointer);
    }
}
