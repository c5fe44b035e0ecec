using Preserve.Emulation.Builds;
using Preserve.Emulation.Machines;

namespace Preserve.Emulation.Tests.Qemu;

/// <summary>The distribution's QEMU and the newer one that set-up unpacks beside it.</summary>
[Collection(RealQemu.Name)]
public class QemuBuildTests(QemuFixture qemu)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_build_knows_its_machine_types_and_the_digest_of_its_firmware()
    {
        await qemu.RequireQemuAsync();
        var build = (await qemu.Engine.FindBuildsAsync(TestContext.Current.CancellationToken))[0];
        Assert.True(build.HasMachineType("i386", "pc-i440fx-7.2"));
        Assert.True(build.HasMachineType("sparc", "SS-5"));
        Assert.False(build.HasMachineType("i386", "pc-i440fx-0.1"));
        Assert.Equal(64, build.FirmwareSha256.Length);
    }

    [Fact]
    public async Task Another_version_unpacked_beside_it_is_a_build_with_firmware_of_its_own()
    {
        var build = await NewerBuildAsync();
        var distribution = (await qemu.Engine.FindBuildsAsync(TestContext.Current.CancellationToken))[0];
        Assert.NotEqual(distribution.Version, build.Version);
        Assert.NotEqual(distribution.FirmwareSha256, build.FirmwareSha256);
        Assert.NotEqual(distribution.Programs["i386"].Sha256, build.Programs["i386"].Sha256);
        Assert.True(build.HasMachineType("i386", "pc-i440fx-7.2"));
    }

    [Fact]
    public async Task The_same_guest_shows_the_same_text_on_both_builds()
    {
        var definition = await qemu.DefineAsync("pc-486", BootSource.Floppy, ("floppy0", "freedos-144.img"));
        await using var machine = await qemu.Engine.StartAsync(
            definition, await NewerBuildAsync(), qemu.NewFolder(), TestContext.Current.CancellationToken);
        await Waiting.ForAsync(async () => await SaysAsync(machine, @"A:\>"), s_patience);
    }

    [Fact]
    public async Task In_virtual_time_instructions_are_counted_and_the_guest_comes_as_far()
    {
        var definition = await qemu.DefineAsync("pc-486", BootSource.Floppy, ("floppy0", "freedos-144.img"));
        await using var machine = await qemu.StartAsync(definition with { VirtualTimeShift = 7 });
        await Waiting.ForAsync(async () => await SaysAsync(machine, @"A:\>"), s_patience);
        Assert.InRange((await machine.Watch!.CountInstructionsAsync(TestContext.Current.CancellationToken))!.Value, 1_000_000, long.MaxValue);
        Assert.False(await machine.Watch.IsHaltedAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_folder_without_an_emulator_is_no_build()
    {
        var refused = await Assert.ThrowsAsync<EmulatorBuildException>(() => qemu.Engine.MeasureAsync(
            new BuildFolder("empty", "qemu", qemu.NewFolder()), TestContext.Current.CancellationToken));
        Assert.Contains("qemu-system-i386", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<bool> SaysAsync(IMachine machine, string text)
    {
        var picture = await machine.Watch!.CaptureAsync(TestContext.Current.CancellationToken);
        var screen = await machine.Text!.ReadAsync(picture, TestContext.Current.CancellationToken);
        return screen?.Lines.Any(line => line.Contains(text, StringComparison.Ordinal)) == true;
    }

    private async Task<EmulatorBuild> NewerBuildAsync()
    {
        await qemu.RequireQemuAsync();
        var folder = SharedBuilds.Folders is [var first, ..] ? first : null;
        QemuFixture.Require(folder is not null, "there is no second QEMU; ./preserve setup unpacks one where the backports can be reached");
        return await qemu.Engine.MeasureAsync(folder!, TestContext.Current.CancellationToken);
    }
}
