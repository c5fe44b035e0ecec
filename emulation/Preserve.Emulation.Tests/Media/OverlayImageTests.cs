using System.Text.Json;
using Preserve.Emulation.Media;
using Preserve.Emulation.Tests.Qemu;
using Preserve.Sandbox;
using Preserve.Sandbox.Tools;

namespace Preserve.Emulation.Tests.Media;

[Collection(RealQemu.Name)]
public class OverlayImageTests(QemuFixture qemu)
{
    private const string Backing = "/media/aaaa";

    [Theory(Timeout = 30_000), InlineData(512), InlineData(1474560), InlineData(16515072), InlineData(1L << 40)]
    public async Task QemuImg_finds_an_empty_overlay_sound(long length)
    {
        await qemu.RequireQemuAsync();
        var path = Path.Combine(qemu.NewFolder(), "a.qcow2");
        OverlayImage.Create(path, Backing, "raw", length);

        using var info = JsonDocument.Parse((await RunAsync(path, "info")).Output);
        Assert.Equal(length, info.RootElement.GetProperty("virtual-size").GetInt64());
        Assert.Equal(Backing, info.RootElement.GetProperty("backing-filename").GetString());
        Assert.Equal("raw", info.RootElement.GetProperty("backing-filename-format").GetString());
        using var check = JsonDocument.Parse((await RunAsync(path, "check")).Output);
        Assert.Equal(0, check.RootElement.GetProperty("check-errors").GetInt32());
        Assert.False(check.RootElement.TryGetProperty("corruptions", out _) || check.RootElement.TryGetProperty("leaks", out _));
    }

    [Fact]
    public void An_overlay_never_replaces_a_file_and_never_follows_a_link()
    {
        var folder = qemu.NewFolder();
        var target = Path.Combine(folder, "target");
        File.CreateSymbolicLink(Path.Combine(folder, "link"), target);

        Assert.Throws<IOException>(() => OverlayImage.Create(Path.Combine(folder, "link"), Backing, "raw", 512));
        Assert.False(File.Exists(target));
    }

    [Theory, InlineData(512, false, 512), InlineData(513, false, 1024), InlineData(1, false, 512), InlineData(3_000_000, true, 4_194_304), InlineData(4_194_304, true, 4_194_304)]
    public void A_guest_sees_whole_sectors_and_an_SD_card_of_a_power_of_two(long stored, bool isPowerOfTwo, long seen) =>
        Assert.Equal(seen, OverlayImage.GuestLength(stored, isPowerOfTwo));

    [Theory, InlineData(0), InlineData(1000), InlineData(OverlayImage.MaximumGuestLengthInBytes + 512)]
    public void An_impossible_length_is_refused(long length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => OverlayImage.Create(Path.Combine(qemu.NewFolder(), "a"), Backing, "raw", length));

    private async Task<ToolResult> RunAsync(string image, string command)
    {
        var backing = Path.Combine(qemu.Root, "empty-backing");
        await File.WriteAllBytesAsync(backing, new byte[512], TestContext.Current.CancellationToken);
        var spec = new SandboxSpec
        {
            Name = "qemu-img",
            Program = "/usr/bin/qemu-img",
            Arguments = [command, "--output=json", "-U", "-f", "qcow2", "/image"],
            ReadOnlyMounts = [new SandboxMount(image, "/image"), new SandboxMount(backing, Backing)],
            Bounds = new SandboxBounds { MemoryInBytes = 1L << 30, ProcessorTime = TimeSpan.FromSeconds(20), Processes = 32, FileLengthInBytes = 0, PrivateFolderLengthInBytes = 0 },
            Filter = SandboxFilter.Ours,
        };
        var result = await qemu.Sandbox.RunAsync(
            spec, new ToolLimits { Timeout = TimeSpan.FromSeconds(20), OutputLengthInBytes = 65536 }, null, TestContext.Current.CancellationToken);
        Assert.True(result.IsSuccess, result.Describe());
        return result;
    }
}
