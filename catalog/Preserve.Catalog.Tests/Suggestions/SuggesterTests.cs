using Preserve.Catalog.Characterisation;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Suggestions;

namespace Preserve.Catalog.Tests.Suggestions;

public sealed class SuggesterTests
{
    private const long Floppy = 1_474_560;

    private static readonly Dictionary<string, string> s_pcBays = new()
    {
        ["floppy0"] = "floppy", ["floppy1"] = "floppy", ["disk0"] = "harddisk", ["disk1"] = "harddisk", ["optical0"] = "optical",
    };

    private static readonly BootSector s_boot = new() { HasCode = true, Geometry = new DiskGeometry(512, 2880, 18, 2, 0xF0) };

    private static readonly CatalogProfile[] s_profiles =
    [
        Profile("a-486", "i386", 1990, false, s_pcBays, "disk", "floppy", "optical"),
        Profile("a-first-pc", "i386", 1981, false, new() { ["floppy0"] = "floppy", ["floppy1"] = "floppy" }, "floppy"),
        Profile("general", "i386", 1996, true, s_pcBays, "disk", "floppy", "optical"),
        Profile("kernel-pc", "i386", 2005, false, new() { ["kernel"] = "kernel" }, "kernel"),
        Profile("late", "i386", 1995, false, s_pcBays, "disk", "floppy", "optical"),
        Profile("mac", "ppc", 1997, true, new() { ["disk0"] = "harddisk", ["optical0"] = "optical" }, "firmware", "disk", "optical"),
        Profile("pi", "aarch64", 2016, true, new() { ["kernel"] = "kernel" }, "kernel"),
        Profile("sun", "sparc", 1994, true, new() { ["disk0"] = "harddisk", ["optical0"] = "optical" }, "firmware", "disk", "optical"),
    ];

    [Fact]
    public void A_boot_sector_means_the_general_PC_unless_the_medium_says_when_it_was_in_use()
    {
        Assert.Equal("general", First(Disk("d", Floppy, new MediumFacts { BootSector = s_boot })));
        Assert.Equal("late", First(Disk("d", Floppy, new MediumFacts { BootSector = s_boot with { OemName = "MSWIN4.1" } })));
        Assert.Equal("a-first-pc", First(Disk("d", 368_640, new MediumFacts { BootSector = s_boot with { OemName = "IBM  3.1" } })));
        Assert.Equal("general", First(Disk("d", Floppy, new MediumFacts { BootSector = s_boot with { OemName = "MSDOS5.0" } })));
    }

    [Fact]
    public void A_floppy_of_the_first_PCs_has_such_a_machine_right_after_the_general_one() =>
        Assert.Equal(["general", "a-first-pc"], Suggest(Disk("d", 163_840, new MediumFacts { BootSector = s_boot })).Take(2).Select(one => one.ProfileId));

    [Theory]
    [InlineData(512, "floppy")]
    [InlineData(163_840, "floppy")]
    [InlineData(1_474_560, "floppy")]
    [InlineData(1_763_328, "floppy")]
    [InlineData(1_197_568, "disk")]
    [InlineData(10_000_000, "disk")]
    public void Where_nobody_has_said_what_it_is_its_length_tells_a_floppy_from_a_hard_disk(long length, string boot) =>
        Assert.Equal(boot, Suggest(Disk("d", length, new MediumFacts { BootSector = new BootSector { HasCode = true } }))[0].Boot);

    [Theory]
    [InlineData(0, "general")]
    [InlineData(1, "mac")]
    [InlineData(2, "mac")]
    public void El_Torito_platforms_decide_for_discs(byte platform, string profile) =>
        Assert.Equal(profile, First(Disk("d", 10_000_000, new MediumFacts { Disc = new OpticalDisc { IsIso9660 = true, BootEntries = [new BootEntry(platform, true, 0, 20)] } })));

    [Fact]
    public void Other_architectures_are_told_by_their_marks()
    {
        Assert.Equal("sun", First(Disk("d", 50_000_000, new MediumFacts { SunLabel = "SUN1.0" })));
        Assert.Equal("mac", First(Disk("d", 50_000_000, new MediumFacts { Macintosh = new MacintoshMedium { HasBootBlocks = true } })));
        Assert.Equal("mac", First(Disk("d", 50_000_000, new MediumFacts { PcPartitions = [new PcPartition(0x41, true, 1, 100)] })));
        Assert.Equal("pi", First(Disk("kernel8.img", 10_000, new MediumFacts { Kernel = KernelKind.PlainArm64 })));
        Assert.Equal("kernel-pc", First(Disk("vmlinuz", 10_000, new MediumFacts { Kernel = KernelKind.LinuxX86 })));
    }

    [Fact]
    public void What_does_not_boot_gets_no_machine()
    {
        Assert.Empty(Suggest(Disk("data", 10_000_000, new MediumFacts())));
        Assert.Empty(Suggest(Disk("disc", 10_000_000, new MediumFacts { Disc = new OpticalDisc { IsIso9660 = true } })));
        Assert.Empty(Suggest(Disk("efi", 10_000_000, new MediumFacts { Disc = new OpticalDisc { IsIso9660 = true, BootEntries = [new BootEntry(0xEF, true, 0, 9)] } })));
    }

    [Fact]
    public void The_medium_that_boots_goes_first_and_floppies_are_swapped_not_stacked()
    {
        var boots = new MediumFacts { BootSector = s_boot };
        Assert.Equal(
            new Dictionary<string, string> { ["disk0"] = "b", ["disk1"] = "a" },
            Suggest(new MediumToRun("a", "harddisk", 9_000_000, new MediumFacts()), new MediumToRun("b", "harddisk", 9_000_000, boots))[0].Drives);
        Assert.Equal(
            new Dictionary<string, string> { ["floppy0"] = "b" },
            Suggest(new MediumToRun("a", "floppy-1440K", Floppy, new MediumFacts()), new MediumToRun("b", "floppy-1440K", Floppy, boots))[0].Drives);
    }

    [Fact]
    public void Without_media_the_machines_with_firmware_of_their_own_are_left() =>
        Assert.Equal(["mac", "sun"], Suggest().Select(one => one.ProfileId));

    [Fact]
    public void Every_suggestion_has_reasons_that_name_the_medium() =>
        Assert.All(Suggest(Disk("my disk", Floppy, new MediumFacts { BootSector = s_boot })), one => Assert.Contains("my disk", one.Reasons[0], StringComparison.Ordinal));

    private static MediumToRun Disk(string name, long length, MediumFacts facts) => new(name, null, length, facts);

    private static IReadOnlyList<Suggestion> Suggest(params MediumToRun[] media) => Suggester.Suggest(media, s_profiles);

    private static string First(MediumToRun medium) => Suggest(medium)[0].ProfileId;

    private static CatalogProfile Profile(string id, string architecture, int year, bool isGeneral, Dictionary<string, string> bays, params string[] boot) => new()
    {
        Id = id,
        Version = 1,
        Title = id,
        Engine = "qemu",
        Architecture = architecture,
        MachineType = id,
        DefaultMemoryMiB = 16,
        MinimumMemoryMiB = 1,
        MaximumMemoryMiB = 64,
        Bays = bays,
        Boot = [.. boot],
        Document = $$"""{"year":{{year}},"manifestMachines":[{{(isGeneral ? "\"m\"" : "")}}]}""",
    };
}
