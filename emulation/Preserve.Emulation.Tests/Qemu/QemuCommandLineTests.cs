using Preserve.Emulation.Machines;
using Preserve.Emulation.Qemu;

namespace Preserve.Emulation.Tests.Qemu;

public class QemuCommandLineTests
{
    private static readonly EmulatorBuild s_build = new("qemu-7.2.22", "qemu", "7.2.22", new Dictionary<string, EmulatorProgram>(), ["/usr/share/qemu"]);
    private static readonly string s_a = new('a', 64);

    [Fact]
    public void A_parallel_port_is_there_only_where_the_profile_declares_one()
    {
        Assert.DoesNotContain("-chardev", Arguments(Definitions.On("pc-1981", BootSource.Floppy)));
        var with = Arguments(Definitions.On("pc-486", BootSource.Floppy)).ToList();
        Assert.Equal("socket,id=lpt0,path=overlay/printer.sock,server=on,wait=off", with[with.IndexOf("-chardev") + 1]);
        Assert.Contains("isa-parallel,chardev=lpt0", with);
    }

    [Fact]
    public void A_PC_with_a_floppy_becomes_this_argument_list() => Assert.Equal(
        [
            "-no-user-config", "-nodefaults", "-nic", "none",
            "-sandbox", "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny",
            "-accel", "tcg,tb-size=64",
            "-machine", "pc-i440fx-7.2,usb=off,pcspk-audiodev=snd0", "-cpu", "486-v1", "-m", "1", "-vga", "none",
            "-audiodev", "none,id=snd0,out.frequency=48000",
            "-display", "none", "-vnc", "unix:overlay/display.sock,lock-key-sync=off,audiodev=snd0", "-qmp", "unix:overlay/monitor.sock,server=on,wait=off",
            "-rtc", "base=utc,clock=host",
            "-device", "isa-vga",
            "-blockdev", $$$"""{"driver":"raw","node-name":"floppy0-medium","read-only":true,"file":{"driver":"file","filename":"media/{{{s_a}}}","read-only":true}}""",
            "-blockdev", """{"driver":"qcow2","node-name":"floppy0","read-only":false,"backing":"floppy0-medium","file":{"driver":"file","filename":"overlay/floppy0.qcow2","read-only":false}}""",
            "-device", "floppy,unit=0,id=floppy0,drive-type=144,drive=floppy0",
            "-device", "floppy,unit=1,id=floppy1,drive-type=144",
            "-boot", "order=a",
        ],
        Arguments(Definitions.On("pc-1981", BootSource.Floppy, new DriveContent("floppy0", Definitions.Medium('a', BayKind.Floppy)))));

    [Fact]
    public void No_host_path_and_no_label_reaches_an_argument()
    {
        var definition = Definitions.On(
            "pc-classic",
            BootSource.Disk,
            new DriveContent("disk0", Definitions.Medium('a', BayKind.HardDisk)),
            new DriveContent("optical0", Definitions.Medium('b', BayKind.Optical))) with
        {
            Shelf = [Definitions.Medium('c', BayKind.Floppy)],
        };

        Assert.DoesNotContain(
            Arguments(definition),
            argument => argument.Contains("archive of", StringComparison.Ordinal) || argument.Contains("quotes", StringComparison.Ordinal));
    }

    [Fact]
    public void An_optical_medium_is_read_only_and_has_no_overlay()
    {
        var arguments = Arguments(Definitions.On("pc-classic", BootSource.Optical, new DriveContent("optical0", Definitions.Medium('a', BayKind.Optical))));

        Assert.DoesNotContain(arguments, argument => argument.Contains("qcow2", StringComparison.Ordinal));
        Assert.Contains($$$"""{"driver":"raw","node-name":"optical0","read-only":true,"file":{"driver":"file","filename":"media/{{{s_a}}}","read-only":true}}""", arguments);
        Assert.Contains("ide-cd,bus=ide.1,unit=0,id=optical0,drive=optical0", arguments);
    }

    [Fact]
    public void A_stored_qcow2_is_told_that_it_has_no_backing_file()
    {
        var arguments = Arguments(Definitions.On(
            "pc-classic", BootSource.Disk, new DriveContent("disk0", Definitions.Medium('a', BayKind.HardDisk, format: ImageFormat.Qcow2))));

        Assert.Contains(arguments, argument => argument.Contains(",\"backing\":null}", StringComparison.Ordinal));
    }

    [Fact]
    public void Media_of_the_shelf_have_nodes_but_no_drive()
    {
        var arguments = Arguments(Definitions.On("pc-classic", BootSource.Floppy) with { Shelf = [Definitions.Medium('a', BayKind.Floppy, 368640)] });

        Assert.Contains(arguments, argument => argument.Contains("overlay/shelf0.qcow2", StringComparison.Ordinal));
        Assert.Contains("floppy,unit=0,id=floppy0,drive-type=120", arguments);
    }

    [Fact]
    public void A_kernel_and_an_SD_card_go_where_the_board_takes_them()
    {
        var arguments = Arguments(Definitions.On(
            "raspberry-pi-3",
            BootSource.Kernel,
            new DriveContent("kernel", Definitions.Medium('a', BayKind.Kernel)),
            new DriveContent("sd0", Definitions.Medium('b', BayKind.SdCard))));

        Assert.Equal($"media/{s_a}", arguments[arguments.ToList().IndexOf("-kernel") + 1]);
        Assert.StartsWith("if=sd,index=0,driver=qcow2,file.driver=file,file.filename=overlay/sd0.qcow2", arguments[arguments.ToList().IndexOf("-drive") + 1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_kernel_gets_its_ramdisk_and_the_words_of_its_profile()
    {
        var arguments = Arguments(Definitions.On(
            "pc-kernel",
            BootSource.Kernel,
            new DriveContent("kernel", Definitions.Medium('a', BayKind.Kernel)),
            new DriveContent("ramdisk", Definitions.Medium('b', BayKind.Ramdisk)))).ToList();

        Assert.Equal(["-kernel", $"media/{s_a}", "-append", "quiet", "-initrd", $"media/{new string('b', 64)}"], arguments.Skip(arguments.IndexOf("-kernel")).Take(6));
    }

    [Fact]
    public void Speed_and_clock_are_passed_on()
    {
        var arguments = Arguments(Definitions.On("pc-486", BootSource.Floppy) with
        {
            SpeedShift = 9,
            Clock = new ClockPolicy { StartsAt = new DateTime(1993, 4, 5, 6, 7, 8) },
        });

        Assert.Contains("shift=9,align=on,sleep=on", arguments);
        Assert.Contains("base=1993-04-05T06:07:08,clock=vm", arguments);
    }

    [Theory, InlineData(163840, "120"), InlineData(184320, "120"), InlineData(327680, "120"), InlineData(368640, "120"), InlineData(1228800, "120"),
        InlineData(737280, "144"), InlineData(1474560, "144"), InlineData(512, "144"), InlineData(2949120, "288")]
    public void A_floppy_goes_in_a_drive_of_its_size(long length, string type) => Assert.Equal(type, FloppyDriveType.For(length));

    [Fact]
    public void Virtual_time_never_sleeps_and_drives_the_clock()
    {
        var arguments = Arguments(Definitions.On("pc-486", BootSource.Floppy) with { VirtualTimeShift = 7 });
        Assert.Contains("shift=7,sleep=off", arguments);
        Assert.Contains("base=utc,clock=vm", arguments);
    }

    [Fact]
    public void Only_a_registered_build_is_told_where_its_firmware_is_and_by_no_host_path()
    {
        var build = s_build with { IsRegistered = true, FirmwareFolders = ["/home/somebody/pc-bios", "/usr/share/seabios"] };
        var arguments = QemuCommandLine.Build(Definitions.On("pc-486", BootSource.Floppy), build).ToList();
        Assert.Equal(["-L", "firmware/0", "-L", "firmware/1"], arguments.GetRange(arguments.IndexOf("-L"), 4));
        Assert.DoesNotContain("-L", Arguments(Definitions.On("pc-486", BootSource.Floppy)));
    }

    private static IReadOnlyList<string> Arguments(MachineDefinition definition) => QemuCommandLine.Build(definition, s_build);
}
