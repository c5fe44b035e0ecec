using System.Diagnostics;
using Preserve.Emulation.Machines;
using Preserve.Emulation.Qemu;
using Preserve.Sandbox.Hostile;

namespace Preserve.Emulation.Tests.Qemu;

[Collection(RealQemu.Name)]
public class QemuLifeTests(QemuFixture qemu)
{
    private const int SigStop = 19;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    public static TheoryData<string> ProfileIds => [.. Definitions.Profiles.Profiles.Select(profile => profile.Id)];

    [Theory(Timeout = 60_000), InlineData("mac-g3-beige"), InlineData("sparcstation-5"), InlineData("pc-pentium")]
    public async Task Every_bay_of_a_machine_can_be_filled(string id)
    {
        var path = Path.Combine(qemu.Root, "blank");
        await File.WriteAllBytesAsync(path, new byte[1474560 + 100], TestContext.Current.CancellationToken);
        var profile = Definitions.Profile(id);
        var drives = profile.Bays.Select(bay => new DriveContent(bay.Id, new MediumFile(new string('7', 64), path, ImageFormat.Raw, 1474560 + 100, bay.Kind, "Blank")));
        await using var machine = await qemu.StartAsync(Definitions.On(id, profile.Boot[0], [.. drives]));

        Assert.False(machine.Completion.IsCompleted);
        Assert.All(machine.Media!.Current.Values, Assert.NotNull);
    }

    [Theory(Timeout = 30_000), MemberData(nameof(ProfileIds))]
    public async Task Each_profile_starts_shows_a_picture_and_ends(string id)
    {
        var boot = Definitions.Profile(id).Boot[0];
        var definition = id switch
        {
            "pc-kernel" => Definitions.On(id, boot, new DriveContent("kernel", InstalledKernel())),
            _ when boot == BootSource.Kernel => await qemu.DefineAsync(id, boot, ("kernel", "raspi3-pcscreenfont.kernel8.img")),
            _ => Definitions.On(id, boot),
        };
        await using var machine = await qemu.StartAsync(definition);

        Assert.True(machine.Screen.Size.Width >= 640);
        Assert.Equal(definition.Profile.Sound.Count > 0, machine.Sound is not null);
        await machine.State!.PauseAsync(TestContext.Current.CancellationToken);
        await machine.State.ResumeAsync(TestContext.Current.CancellationToken);
        await machine.ResetAsync(TestContext.Current.CancellationToken);
        var exit = await machine.EndAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        Assert.Equal(MachineEndCause.Ended, exit.Cause);
        Assert.Empty(qemu.ProcessesLeft());
    }

    // Debian's memory test follows the boot protocol of Linux, so that a loader can start it as a kernel.
    private static MediumFile InstalledKernel()
    {
        const string Path = "/boot/memtest86+ia32.bin";
        Rfb.RealQemu.Requires(File.Exists(Path), "memtest86+ is not installed.");
        return new MediumFile(new string('9', 64), Path, ImageFormat.Raw, new FileInfo(Path).Length, BayKind.Kernel, "Memory test");
    }

    [Fact(Timeout = 60_000)]
    public async Task An_SD_card_whose_image_is_no_power_of_two_is_taken()
    {
        var path = Path.Combine(qemu.Root, "sdcard");
        await File.WriteAllBytesAsync(path, new byte[3_000_000], TestContext.Current.CancellationToken);
        var card = new MediumFile(new string('8', 64), path, ImageFormat.Raw, 3_000_000, BayKind.SdCard, "Card");
        var definition = await qemu.DefineAsync("raspberry-pi-3", BootSource.Kernel, ("kernel", "raspi3-pcscreenfont.kernel8.img"));
        await using var machine = await qemu.StartAsync(definition with { Drives = [.. definition.Drives, new DriveContent("sd0", card)] });

        Assert.False(machine.Completion.IsCompleted);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_killed_QEMU_is_a_crash_with_words_and_leaves_no_process()
    {
        await using var machine = await qemu.StartAsync(Definitions.On("pc-classic", BootSource.Floppy));
        var waiting = machine.Screen.Size;

        KillEmulators();

        var exit = await machine.Completion.WaitAsync(s_patience, TestContext.Current.CancellationToken);
        Assert.Equal(MachineEndCause.Crashed, exit.Cause);
        Assert.Contains("signal 9", exit.Message, StringComparison.Ordinal);
        Assert.NotEqual((0, 0), waiting);
        Assert.Empty(qemu.ProcessesLeft());
        await Assert.ThrowsAsync<MachineException>(() => machine.ResetAsync(TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 60_000)]
    public async Task QEMU_killed_mid_command_fails_every_waiting_caller()
    {
        await qemu.RequireQemuAsync();
        var folder = qemu.NewFolder();
        var builds = await qemu.Engine.FindBuildsAsync(TestContext.Current.CancellationToken);
        await using var machine = await qemu.Engine.StartAsync(Definitions.On("pc-classic", BootSource.Floppy), builds[0], folder, TestContext.Current.CancellationToken);

        // A stopped process has read nothing of these, so they are under way when it is killed.
        Stop();
        var callers = Enumerable.Range(0, 3).Select(_ => machine.ResetAsync(TestContext.Current.CancellationToken)).ToArray();
        KillEmulators();

        foreach (var caller in callers)
        {
            await Assert.ThrowsAsync<MachineException>(() => caller.WaitAsync(s_patience, TestContext.Current.CancellationToken));
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_guest_that_switches_itself_off_is_told_from_a_crash()
    {
        var path = Path.Combine(qemu.Root, "poweroff");
        await File.WriteAllBytesAsync(path, PowerOffSector(), TestContext.Current.CancellationToken);
        var medium = new MediumFile(new string('9', 64), path, ImageFormat.Raw, 512, BayKind.Floppy, "Power off");
        await using var machine = await qemu.StartAsync(Definitions.On("pc-classic", BootSource.Floppy, new DriveContent("floppy0", medium)));

        // A key that comes before the guest asks for one may be lost.
        while (!machine.Completion.IsCompleted)
        {
            await machine.TypeAsync(" ");
        }

        var exit = await machine.Completion;
        Assert.Equal(MachineEndCause.PoweredOff, exit.Cause);
        Assert.Empty(qemu.ProcessesLeft());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_start_that_is_called_off_leaves_no_process()
    {
        await qemu.RequireQemuAsync();
        var builds = await qemu.Engine.FindBuildsAsync(TestContext.Current.CancellationToken);
        using var calledOff = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var starting = qemu.Engine.StartAsync(Definitions.On("pc-classic", BootSource.Floppy), builds[0], qemu.NewFolder(), calledOff.Token);
        await Waiting.ForAsync(() => qemu.ProcessesLeft().Count > 0 || starting.IsCompleted, s_patience);
        await calledOff.CancelAsync();

        try
        {
            await (await starting).DisposeAsync();
        }
        catch (OperationCanceledException)
        {
            // The usual end: it was called off in time.
        }

        Assert.Empty(qemu.ProcessesLeft());
    }

    [Fact(Timeout = 60_000)]
    public async Task An_argument_that_QEMU_refuses_is_told_in_its_own_words()
    {
        var profile = Definitions.Profile("pc-classic") with { Devices = ["no-such-device"] };

        var error = await Assert.ThrowsAsync<MachineException>(() => qemu.StartAsync(Definitions.On("pc-classic", BootSource.Floppy) with { Profile = profile }));

        Assert.Contains("no-such-device", error.StandardError, StringComparison.Ordinal);
        Assert.Equal(1, error.ExitCode);
        Assert.Contains("-nodefaults", error.Arguments);
        Assert.Empty(qemu.ProcessesLeft());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_folder_is_removed_after_the_machine_has_ended()
    {
        await qemu.RequireQemuAsync();
        var folder = qemu.NewFolder();
        var builds = await qemu.Engine.FindBuildsAsync(TestContext.Current.CancellationToken);
        await using (await qemu.Engine.StartAsync(Definitions.On("pc-classic", BootSource.Floppy), builds[0], folder, TestContext.Current.CancellationToken))
        {
            Assert.True(HostileFile.IsSocket(Path.Combine(folder, "machine", QemuPaths.MonitorSocketName)));
        }

        HostileFolder.Delete(folder);
        Assert.False(Directory.Exists(folder));
    }

    [Fact(Timeout = 60_000)]
    public async Task The_installed_build_is_found_with_digests()
    {
        await qemu.RequireQemuAsync();

        var build = (await qemu.Engine.FindBuildsAsync(TestContext.Current.CancellationToken))[0];

        Assert.Equal($"qemu-{build.Version}", build.Id);
        Assert.Equal(["aarch64", "i386", "ppc", "sparc"], build.Programs.Keys.Order());
        Assert.All(build.Programs.Values, program => Assert.Matches("^[0-9a-f]{64}$", program.Sha256));
        Assert.Contains("/usr/share/qemu", build.FirmwareFolders);
    }

    [Fact]
    public void A_missing_QEMU_names_the_packages()
    {
        var problems = new QemuInstallation(qemu.NewFolder()).Problems();

        string[] packages = ["qemu-system-x86", "qemu-system-ppc", "qemu-system-sparc", "qemu-system-arm", "qemu-utils", "seabios"];
        Assert.All(packages, package => Assert.Contains(problems, problem => problem.EndsWith($"Install the package {package}.", StringComparison.Ordinal)));
    }

    /// <summary>Waits for a key, then switches a PC of QEMU's off by its power management port.</summary>
    private static byte[] PowerOffSector()
    {
        var sector = new byte[512];
        byte[] code = [0x31, 0xC0, 0xCD, 0x16, 0xBA, 0x04, 0x06, 0xB8, 0x00, 0x20, 0xEF, 0xF4]; // xor ax,ax; int 0x16; mov dx,0x604; mov ax,0x2000; out dx,ax; hlt
        code.CopyTo(sector, 0);
        (sector[510], sector[511]) = (0x55, 0xAA);
        return sector;
    }

    private void KillEmulators()
    {
        foreach (var id in Emulators())
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
    }

    private void Stop()
    {
        foreach (var id in Emulators())
        {
            Assert.Equal(0, Kill(id, SigStop));
        }
    }

    /// <summary>Process ids of QEMU itself, without what is around it.</summary>
    private int[] Emulators() =>
    [
        .. qemu.ProcessesLeft().Where(id => File.ReadAllText($"/proc/{id}/comm").StartsWith("qemu-system", StringComparison.Ordinal)),
    ];

    [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "kill")]
    [System.Runtime.InteropServices.DefaultDllImportSearchPaths(System.Runtime.InteropServices.DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
