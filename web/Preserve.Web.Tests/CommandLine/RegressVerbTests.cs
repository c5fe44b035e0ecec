using System.Xml.Linq;

namespace Preserve.Web.Tests.CommandLine;

/// <summary><c>regress</c> as a person runs it: real boots, and faults put into firmware and image.</summary>
public sealed class RegressVerbTests(LearnedGuest guest) : IClassFixture<LearnedGuest>
{
    private const int Limit = 300_000;

    private static readonly string[] s_firmwareFolders = ["/usr/share/vgabios", "/usr/share/seabios", "/usr/share/qemu"];

    [Fact(Timeout = Limit)]
    public async Task What_has_not_changed_passes_with_0()
    {
        var (exitCode, output, errors) = await guest.RegressAsync(guest.Data);

        Assert.True(exitCode == 0, output + errors);
        Assert.Contains("Passed", output, StringComparison.Ordinal);
        Assert.Contains("Baseline unreviewed.", output, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task Without_a_sandbox_the_same_screen_is_reached_and_the_report_says_so()
    {
        var (exitCode, output, errors) = await guest.RegressAsync(guest.Data, "--sandbox", "none");

        Assert.True(exitCode == 0, output + errors);
        Assert.Contains("without a sandbox", await File.ReadAllTextAsync(Path.Combine(guest.Report, "report.html"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory(Timeout = Limit)]
    [InlineData("--jobs", "0")]
    [InlineData("--sandbox", "chroot")]
    public async Task What_an_option_cannot_mean_is_refused_with_2(string option, string value) =>
        Assert.Equal(2, (await guest.RegressAsync(guest.Data, option, value)).ExitCode);

    [Fact(Timeout = Limit)]
    public async Task Another_font_in_the_firmware_is_blamed_on_the_build_with_1_and_leaves_pictures_and_a_script()
    {
        var (exitCode, output, errors) = await guest.RegressAsync(guest.Data, "--firmware", await SpoilFontAsync());

        Assert.True(exitCode == 1, output + errors);
        var failure = Assert.Single(XDocument.Load(guest.Junit).Descendants("failure"));
        Assert.Equal("EmulatorRegression", failure.Attribute("type")!.Value);
        var evidence = Path.Combine(guest.Report, LearnedGuest.Environment);
        Assert.All(["expected.png", "actual.png", "difference.png"], name => Assert.True(File.Exists(Path.Combine(evidence, name)), name));
        Assert.Contains("-machine 'pc-i440fx-", await File.ReadAllTextAsync(Path.Combine(evidence, "reproduce.sh"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task Another_image_is_not_blamed_on_the_emulator_and_ends_with_125()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("PRESERVE_SOAK") == "1", "It waits for a screen that does not come, on each build twice: only with PRESERVE_SOAK=1.");
        var data = Path.Combine(guest.CreateFolder("spoiled"), "spoiled-data");
        await guest.ImportAsync(Replace(LearnedGuest.Image, "Enter: new"u8, "Enter: now"u8), data);
        var baseline = Directory.CreateDirectory(Path.Combine(data, "baselines", LearnedGuest.Environment)).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(guest.Data, "baselines", LearnedGuest.Environment)))
        {
            File.Copy(file, Path.Combine(baseline, Path.GetFileName(file)));
        }

        var (exitCode, output, errors) = await guest.RegressAsync(data);

        Assert.True(exitCode == 125, output + errors);
        Assert.Contains("ChangedEverywhere", output, StringComparison.Ordinal);
    }

    [Theory(Timeout = Limit)]
    [InlineData("--environment", "no-such-environment", "no such environment")]
    [InlineData("--build", "no-such-build", "no build 'no-such-build'")]
    [InlineData("--firmware", "/no/such/folder", "no folder /no/such/folder")]
    public async Task What_is_not_there_is_said_so_with_125(string option, string value, string words)
    {
        var (exitCode, output, errors) = await guest.RegressAsync(guest.Data, option, value);

        Assert.Equal(125, exitCode);
        Assert.Contains(words, output + errors, StringComparison.Ordinal);
    }

    /// <summary>A VGA BIOS in which two rows of the letter E have changed places, so that its checksum stays right.</summary>
    private async Task<string> SpoilFontAsync()
    {
        const string Bios = "vgabios-stdvga.bin";
        var folder = guest.CreateFolder("firmware");
        var source = s_firmwareFolders.Select(path => Path.Combine(path, Bios)).First(File.Exists);
        var bytes = await File.ReadAllBytesAsync(source, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(
            Path.Combine(folder, Bios),
            Replace(bytes, [0xFE, 0x66, 0x62, 0x68, 0x78, 0x68, 0x60, 0x62, 0x66, 0xFE], [0xFE, 0x66, 0x62, 0x78, 0x68, 0x68, 0x60, 0x62, 0x66, 0xFE]),
            TestContext.Current.CancellationToken);
        return folder;
    }

    private static byte[] Replace(byte[] bytes, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        var at = bytes.AsSpan().IndexOf(from);
        Assert.True(at >= 0, "There are no such bytes: the guest or the firmware was changed, and so must be this test.");
        for (; at >= 0; at = bytes.AsSpan().IndexOf(from))
        {
            to.CopyTo(bytes.AsSpan(at));
        }

        return bytes;
    }
}
