using Preserve.Catalog.Environments;
using Preserve.Catalog.Tests.Engines;

namespace Preserve.Catalog.Tests.Import;

/// <summary>The machines that the sample archives ask for.</summary>
public sealed class TestProfiles : IProfileDirectory
{
    private readonly List<CatalogProfile> _profiles =
    [
        Samples.Profile(),
        Make("raspberry-pi-3", "Raspberry Pi 3", "aarch64", "raspi3b", 1024, new() { ["kernel"] = "kernel", ["sd"] = "sdcard" }, "kernel", "disk"),
        Make("mac-g3-beige", "Power Macintosh G3", "ppc", "g3beige", 512, new() { ["disk0"] = "harddisk" }, "disk", "firmware"),
        Make("sparcstation-5", "SPARCstation 5", "sparc", "SS-5", 256, new() { ["disk0"] = "harddisk" }, "disk", "firmware"),
    ];

    public CatalogProfile? Find(string id) => _profiles.Find(profile => profile.Id == id);

    public CatalogProfile? ForMachine(string architecture, string machine) =>
        machine == "pc" ? Find("pc-486") : _profiles.Find(profile => profile.Architecture == architecture && profile.MachineType == machine);

    private static CatalogProfile Make(
        string id, string title, string architecture, string machine, int memory, Dictionary<string, string> bays, params string[] boot) => new()
        {
            Id = id,
            Version = 1,
            Title = title,
            Engine = "qemu",
            Architecture = architecture,
            MachineType = machine,
            DefaultMemoryMiB = memory,
            MinimumMemoryMiB = 16,
            MaximumMemoryMiB = memory,
            Bays = bays,
            Boot = [.. boot],
            Document = "{}",
        };
}
