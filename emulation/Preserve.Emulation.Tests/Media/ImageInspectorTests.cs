using System.Security.Cryptography;
using System.Text;
using Preserve.Emulation.Machines;
using Preserve.Emulation.Media;
using Preserve.Emulation.Tests.Qemu;
using Preserve.Sandbox;
using Preserve.Sandbox.Tools;

namespace Preserve.Emulation.Tests.Media;

[Collection(RealQemu.Name)]
public class ImageInspectorTests(QemuFixture qemu)
{
    [Theory(Timeout = 30_000), InlineData("qcow2", ImageFormat.Qcow2), InlineData("vmdk", ImageFormat.Vmdk), InlineData("vpc", ImageFormat.Vhd), InlineData("vdi", ImageFormat.Vdi)]
    public async Task An_image_that_is_whole_by_itself_is_sound(string driver, ImageFormat format)
    {
        var inspection = await InspectAsync(await CreateAsync(driver, ["-f", driver], "1M"), format);

        Assert.Equal((ImageVerdict.Sound, ""), (inspection.Verdict, inspection.Message));
        Assert.True(inspection.GuestLengthInBytes >= 1 << 20);
    }

    [Theory(Timeout = 30_000), InlineData("/etc/passwd"), InlineData("/media/other"), InlineData("json:{\"driver\":\"file\",\"filename\":\"/etc/passwd\"}")]
    public async Task A_qcow2_that_names_a_host_file_as_backing_is_refused(string backing)
    {
        var inspection = await InspectAsync(await CreateAsync("qcow2", ["-f", "qcow2", "-u", "-b", backing, "-F", "raw"], "1M"), ImageFormat.Qcow2);

        Assert.Equal(ImageVerdict.RefersOutside, inspection.Verdict);
        Assert.Contains(backing.StartsWith('/') ? backing : "passwd", inspection.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_qcow2_that_keeps_its_data_in_another_file_is_refused()
    {
        var image = await CreateAsync("qcow2", ["-f", "qcow2", "-o", "data_file=/private/data.raw"], "1M");

        Assert.NotEqual(ImageVerdict.Sound, (await InspectAsync(image, ImageFormat.Qcow2)).Verdict);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_VMDK_whose_extent_is_a_host_file_is_refused()
    {
        var image = await WriteAsync(Encoding.ASCII.GetBytes(
            "# Disk DescriptorFile\nversion=1\nCID=fffffffe\nparentCID=ffffffff\ncreateType=\"monolithicFlat\"\nRW 2048 FLAT \"/etc/passwd\" 0\n"));

        Assert.NotEqual(ImageVerdict.Sound, (await InspectAsync(image, ImageFormat.Vmdk)).Verdict);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_image_in_another_format_than_it_is_said_to_be_is_unreadable()
    {
        var inspection = await InspectAsync(await WriteAsync(new byte[4096]), ImageFormat.Qcow2);

        Assert.Equal(ImageVerdict.Unreadable, inspection.Verdict);
        Assert.Contains("not a sound qcow2", inspection.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_raw_image_that_looks_like_a_qcow2_is_raw()
    {
        var path = await CreateAsync("qcow2", ["-f", "qcow2", "-u", "-b", "/etc/passwd", "-F", "raw"], "1M");

        var inspection = await InspectAsync(path, ImageFormat.Raw);

        Assert.Equal((ImageVerdict.Sound, OverlayImage.GuestLength(new FileInfo(path).Length, isPowerOfTwo: false)), (inspection.Verdict, inspection.GuestLengthInBytes));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_machine_with_a_qcow2_that_names_a_host_file_does_not_start()
    {
        var path = await CreateAsync("qcow2", ["-f", "qcow2", "-u", "-b", "/etc/passwd", "-F", "raw"], "1M");
        var definition = Definitions.On("pc-classic", BootSource.Disk, new DriveContent("disk0", await MediumAsync(path, ImageFormat.Qcow2)));

        var error = await Assert.ThrowsAsync<MachineException>(() => qemu.StartAsync(definition));

        Assert.Contains("refers to another file, \"/etc/passwd\"", error.Message, StringComparison.Ordinal);
        Assert.Empty(qemu.ProcessesLeft());
    }

    [Fact(Timeout = 30_000)]
    public async Task A_machine_starts_from_a_sound_qcow2()
    {
        var path = await CreateAsync("qcow2", ["-f", "qcow2"], "20M");
        var definition = Definitions.On("pc-classic", BootSource.Disk, new DriveContent("disk0", await MediumAsync(path, ImageFormat.Qcow2)));
        await using var machine = await qemu.StartAsync(definition);

        await machine.ForTextAsync("not a bootable disk", TimeSpan.FromSeconds(20));
    }

    [Theory, InlineData("{}"), InlineData("[]"), InlineData("nonsense"), InlineData("{\"virtual-size\":-1}"), InlineData("{\"virtual-size\":\"x\"}"),
        InlineData("{\"virtual-size\":9223372036854775807}"), InlineData("{\"virtual-size\":512,\"encrypted\":true}")]
    public void An_answer_that_makes_no_sense_is_unreadable(string json) =>
        Assert.Equal(ImageVerdict.Unreadable, DiskImageTool.Judge(Encoding.UTF8.GetBytes(json), "/media/x").Verdict);

    [Theory]
    [InlineData("{\"virtual-size\":512,\"backing-filename\":\"b\"}")]
    [InlineData("{\"virtual-size\":512,\"full-backing-filename\":\"b\"}")]
    [InlineData("{\"virtual-size\":512,\"format-specific\":{\"data\":{\"data-file\":\"b\"}}}")]
    [InlineData("{\"virtual-size\":512,\"format-specific\":{\"data\":{\"extents\":[{\"filename\":\"/media/x\"},{\"filename\":\"b\"}]}}}")]
    public void Every_way_to_name_another_file_is_seen(string json) =>
        Assert.Equal(ImageVerdict.RefersOutside, DiskImageTool.Judge(Encoding.UTF8.GetBytes(json), "/media/x").Verdict);

    private async Task<ImageInspection> InspectAsync(string path, ImageFormat format)
    {
        await qemu.RequireQemuAsync();
        return await qemu.Inspector.InspectAsync(await MediumAsync(path, format), TestContext.Current.CancellationToken);
    }

    private static async Task<MediumFile> MediumAsync(string path, ImageFormat format)
    {
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        return new MediumFile(Convert.ToHexStringLower(SHA256.HashData(bytes)), path, format, bytes.Length, BayKind.HardDisk, "Test disk");
    }

    private async Task<string> WriteAsync(byte[] bytes)
    {
        var path = Path.Combine(qemu.NewFolder(), "image");
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
        return path;
    }

    /// <summary>Has qemu-img make an image, and copies it to where any user may read it.</summary>
    private async Task<string> CreateAsync(string driver, IReadOnlyList<string> options, string size)
    {
        await qemu.RequireQemuAsync();
        var folder = Path.Combine(qemu.NewFolder(), "private");
        qemu.Sandbox.CreatePrivateFolder(folder);
        var spec = new SandboxSpec
        {
            Name = "qemu-img",
            Program = "/usr/bin/qemu-img",
            Arguments = ["create", "-q", .. options, $"/private/image.{driver}", size],
            PrivateFolder = new SandboxMount(folder, "/private"),
            Bounds = new SandboxBounds
            {
                MemoryInBytes = 1L << 30, ProcessorTime = TimeSpan.FromSeconds(20), Processes = 32, FileLengthInBytes = 1 << 27, PrivateFolderLengthInBytes = 1 << 28,
            },
            Filter = SandboxFilter.Ours,
        };
        var result = await qemu.Sandbox.RunAsync(
            spec, new ToolLimits { Timeout = TimeSpan.FromSeconds(20), OutputLengthInBytes = 65536 }, null, TestContext.Current.CancellationToken);
        Assert.True(result.IsSuccess, result.Describe());
        return await WriteAsync(await File.ReadAllBytesAsync(Path.Combine(folder, $"image.{driver}"), TestContext.Current.CancellationToken));
    }
}
