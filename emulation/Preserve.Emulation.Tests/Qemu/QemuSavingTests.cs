using Preserve.Emulation.Display;
using Preserve.Emulation.Machines;

namespace Preserve.Emulation.Tests.Qemu;

/// <summary>Machines that are saved and started again where they were.</summary>
[Collection(RealQemu.Name)]
public class QemuSavingTests(QemuFixture qemu)
{
    private static readonly TimeSpan s_boot = TimeSpan.FromSeconds(25);

    [Fact(Timeout = 90_000)]
    public async Task Two_machines_go_on_where_one_was_saved_each_with_its_disk_as_it_was_and_a_life_of_its_own()
    {
        var definition = await qemu.DefineAsync("pc-classic", BootSource.Floppy, ("floppy0", "freedos-144.img"));
        var (saved, screen) = await SaveAsync(definition, async machine =>
        {
            await machine.ForTextAsync(@"A:\>", s_boot);
            await machine.TypeAsync("md newdir\n");
            await machine.ForTextAsync(text => text.Lines[0].Contains("newdir", StringComparison.Ordinal) && text.Lines.Any(line => line.TrimEnd() == @"A:\>"), s_boot);
            await machine.TypeAsync("echo half");
            await machine.ForTextAsync("echo half", s_boot);
        });

        await using var first = await ResumeAsync(definition, saved);
        await using var second = await ResumeAsync(definition, saved);
        Assert.Equal(screen.Width, first.Screen.Capture().Width);
        await first.TypeAsync(" one\n");
        await first.ForTextAsync(text => text.Lines.Any(line => line.TrimEnd() == "half one"), s_boot);
        await second.TypeAsync("\ndir\n");
        await second.ForTextAsync("NEWDIR", s_boot);
        await second.TypeAsync("rd newdir\n");
        await first.TypeAsync("dir\n");
        await first.ForTextAsync("NEWDIR", s_boot);
    }

    [Theory(Timeout = 60_000), InlineData("echo", "pc-2000"), InlineData("echo", "pc-486"), InlineData("echo", "pc-classic"), InlineData("echo", "pc-pentium"), InlineData("painter", "pc-pentium")]
    public async Task A_guest_of_ours_resumes_on_a_machine(string guest, string profile)
    {
        var definition = Definitions.On(profile, BootSource.Floppy, QemuFixture.Guest(guest));
        var (saved, screen) = await SaveAsync(definition, RestAsync);

        await using var resumed = await ResumeAsync(definition, saved);
        await Waiting.ForAsync(() => Alike(screen, resumed.Screen.Capture()), s_boot);
        Assert.False(resumed.Completion.IsCompleted);
    }

    [Theory(Timeout = 90_000), InlineData("sparcstation-5"), InlineData("mac-g3-beige")]
    public async Task A_machine_that_is_no_pc_resumes_at_its_firmware(string profile)
    {
        var definition = Definitions.On(profile, Definitions.Profile(profile).Boot[0]);
        var (saved, screen) = await SaveAsync(definition, RestAsync);

        await using var resumed = await ResumeAsync(definition, saved);
        await Waiting.ForAsync(() => Alike(screen, resumed.Screen.Capture()), s_boot);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_was_cut_off_or_refers_elsewhere_is_refused_with_words_and_leaves_no_process()
    {
        var definition = Definitions.On("pc-classic", BootSource.Floppy, QemuFixture.Guest("echo"));
        var (saved, _) = await SaveAsync(definition, machine => machine.ForTextAsync(">", s_boot));
        var memory = Path.Combine(saved, "memory");
        var whole = await File.ReadAllBytesAsync(memory, TestContext.Current.CancellationToken);

        await File.WriteAllBytesAsync(memory, whole[..(whole.Length / 2)], TestContext.Current.CancellationToken);
        Assert.NotEqual("", (await Assert.ThrowsAsync<MachineException>(() => ResumeAsync(definition, saved))).Message);

        File.Delete(memory);
        Assert.Contains("does not load", (await Assert.ThrowsAsync<MachineException>(() => ResumeAsync(definition, saved))).Message, StringComparison.Ordinal);

        await File.WriteAllBytesAsync(memory, whole, TestContext.Current.CancellationToken);
        var overlay = Path.Combine(saved, "floppy0.qcow2");
        var image = await File.ReadAllBytesAsync(overlay, TestContext.Current.CancellationToken);
        image[79] |= 4; // data in another file
        await File.WriteAllBytesAsync(overlay, image, TestContext.Current.CancellationToken);
        Assert.Contains("refers to something else", (await Assert.ThrowsAsync<MachineException>(() => ResumeAsync(definition, saved))).Message, StringComparison.Ordinal);
        await Waiting.ForAsync(() => qemu.ProcessesLeft().Count == 0, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_fingerprint_changes_with_the_medium_the_memory_and_the_build_and_with_nothing_else()
    {
        await qemu.RequireQemuAsync();
        var builds = await qemu.Engine.FindBuildsAsync(TestContext.Current.CancellationToken);
        var definition = Definitions.On("pc-classic", BootSource.Floppy, QemuFixture.Guest("echo"));
        string Of(MachineDefinition one) => qemu.Engine.Fingerprint(one, builds[0]);

        Assert.Equal(Of(definition), Of(definition with { IsBackground = true, Lifetime = TimeSpan.FromMinutes(3) }));
        Assert.NotEqual(Of(definition), Of(definition with { MemoryMiB = definition.MemoryMiB * 2 }));
        Assert.NotEqual(Of(definition), Of(definition with { Drives = [QemuFixture.Guest("tune")] }));
        Assert.NotEqual(Of(definition), qemu.Engine.Fingerprint(definition, builds[0] with { FirmwareSha256 = "other" }));
    }

    /// <summary>Waits until something has been on the screen for a while, unchanged but for a cursor.</summary>
    private static async Task RestAsync(IMachine machine)
    {
        var (last, since) = (machine.Screen.Capture(), TimeProvider.System.GetTimestamp());
        await Waiting.ForAsync(
            () =>
            {
                var now = machine.Screen.Capture();
                if (!Alike(last, now) || now.Pixels.Distinct().Count() < 2)
                {
                    (last, since) = (now, TimeProvider.System.GetTimestamp());
                }

                return TimeProvider.System.GetElapsedTime(since) > TimeSpan.FromSeconds(3);
            },
            s_boot);
    }

    private async Task<(string Folder, FrameCopy Screen)> SaveAsync(MachineDefinition definition, Func<IMachine, Task> use)
    {
        var folder = qemu.NewFolder();
        await using var machine = await qemu.StartAsync(definition);
        await use(machine);
        await machine.State!.SaveAsync(folder, TestContext.Current.CancellationToken);
        return (folder, machine.Screen.Capture());
    }

    private async Task<IMachine> ResumeAsync(MachineDefinition definition, string saved)
    {
        var builds = await qemu.Engine.FindBuildsAsync(TestContext.Current.CancellationToken);
        return await qemu.Engine.ResumeAsync(definition, builds[0], qemu.NewFolder(), saved, TestContext.Current.CancellationToken);
    }

    // But for a cursor that blinks.
    private static bool Alike(FrameCopy one, FrameCopy other) =>
        one.Width == other.Width && one.Height == other.Height
        && one.Pixels.Where((pixel, i) => pixel != other.Pixels[i]).Count() <= one.Pixels.Length / 500;
}
