using Preserve.Emulation.Machines;
using Preserve.Emulation.Profiles;

namespace Preserve.Emulation.Tests.Qemu;

/// <summary>Definitions for tests, on shipped profiles.</summary>
internal static class Definitions
{
    public static ProfileStore Profiles { get; } = ProfileStore.Load(ProfileStore.ShippedFolder, null);

    public static MachineProfile Profile(string id) => Profiles.TryFind(id, out var profile) ? profile : throw new ArgumentException(id);

    public static MachineDefinition On(string profile, BootSource boot, params DriveContent[] drives) => new()
    {
        Profile = Profile(profile),
        MemoryMiB = Profile(profile).MemoryMiB.Default,
        Drives = drives,
        Boot = boot,
        Clock = new ClockPolicy(),
    };

    public static MediumFile Medium(char digit, BayKind kind, long length = 1474560, ImageFormat format = ImageFormat.Raw) =>
        new(new string(digit, 64), $"/archive of \"ours\"/{digit}", format, length, kind, $"Label, with \"quotes\" {digit}");
}
