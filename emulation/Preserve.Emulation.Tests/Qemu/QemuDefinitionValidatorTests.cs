using Preserve.Emulation.Machines;
using Preserve.Emulation.Qemu;

namespace Preserve.Emulation.Tests.Qemu;

public class QemuDefinitionValidatorTests
{
    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        var definition = Definitions.On(
            "pc-1981",
            BootSource.Optical,
            new DriveContent("floppy0", Definitions.Medium('a', BayKind.HardDisk)),
            new DriveContent("disk7", Definitions.Medium('X', BayKind.HardDisk, 0))) with
        {
            MemoryMiB = 4000,
            SpeedShift = 40,
            Shelf = [Definitions.Medium('b', BayKind.Optical)],
        };

        var errors = QemuDefinitionValidator.Validate(definition);

        string[] words = ["4000 MiB", "does not boot from Optical", "Speed 40", "does not fit in bay floppy0", "no bay disk7", "is not a SHA-256", "is empty", "fits in no removable bay"];
        Assert.All(words, word => Assert.Contains(errors, error => error.Contains(word, StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_shipped_profile_can_be_started_without_media() => Assert.All(
        Definitions.Profiles.Profiles.Where(profile => !profile.Boot.Contains(BootSource.Kernel)),
        profile => Assert.Empty(QemuDefinitionValidator.Validate(Definitions.On(profile.Id, profile.Boot[0]))));

    [Fact]
    public void Booting_from_a_kernel_needs_one() =>
        Assert.Contains("kernel", Assert.Single(QemuDefinitionValidator.Validate(Definitions.On("raspberry-pi-3", BootSource.Kernel))), StringComparison.Ordinal);
}
