using Preserve.Emulation.Display;
using Preserve.Emulation.Machines;
using SkiaSharp;

namespace Preserve.Emulation.Tests.Qemu;

/// <summary>Boots every environment of the shared archive and keeps a picture of what it came to. Takes minutes: asked for with PRESERVE_SOAK=1.</summary>
[Collection(RealQemu.Name)]
public class ArchiveSoakTests(QemuFixture qemu)
{
    private static readonly TimeSpan s_neverSettles = TimeSpan.FromSeconds(4);

    public static TheoryData<string> Ids => SharedArchive.Folder is null ? ["none"] : [.. SharedArchive.Environments().Select(entry => entry.Id)];

    [Theory(Timeout = 120_000), MemberData(nameof(Ids))]
    public async Task An_environment_of_the_archive_boots(string id)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("PRESERVE_SOAK") == "1", "a long test: set PRESERVE_SOAK=1");
        QemuFixture.RequireArchive();
        var entry = SharedArchive.Environments().Single(candidate => candidate.Id == id);
        var drives = new List<DriveContent>();
        foreach (var (bay, medium) in entry.Drives)
        {
            drives.Add(new DriveContent(bay, await qemu.Archive.MediumAsync(medium)));
        }

        var definition = new MachineDefinition
        {
            Profile = Definitions.Profiles.ForManifest(entry.Architecture, entry.Machine)!,
            MemoryMiB = entry.MemoryMiB,
            Drives = drives,
            Boot = Enum.Parse<BootSource>(entry.Boot, ignoreCase: true),
            Clock = new ClockPolicy(),
        };
        await using var machine = await qemu.StartAsync(definition);

        // Twice what the manifest says, for a host that is busy with other things.
        var patience = entry.SettlesAfterSeconds is { } seconds ? TimeSpan.FromSeconds((2 * seconds) + 2) : s_neverSettles;
        await Task.Delay(patience, TestContext.Current.CancellationToken);
        var text = machine.Text is null ? null : await machine.Text.ReadAsync(TestContext.Current.CancellationToken);
        Keep(id, machine.Screen.Capture(), text);

        Assert.False(machine.Completion.IsCompleted);
        Assert.True(machine.Screen.Capture().Pixels.Distinct().Count() > 1, "the screen is all one colour");
    }

    [Theory(Timeout = 300_000), InlineData("raspberry-pi-3"), InlineData("pc-classic"), InlineData("sparcstation-5"), InlineData("mac-g3-beige")]
    public async Task A_profile_starts_forty_times_in_a_row(string profile)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("PRESERVE_SOAK") == "1", "a long test: set PRESERVE_SOAK=1");
        var boot = Definitions.Profile(profile).Boot[0];
        var definition = boot == BootSource.Kernel
            ? await qemu.DefineAsync(profile, boot, ("kernel", "raspi3-pcscreenfont.kernel8.img"))
            : Definitions.On(profile, boot);
        for (var i = 0; i < 40; i++)
        {
            await using var machine = await qemu.StartAsync(definition);
            Assert.False(machine.Completion.IsCompleted);
        }

        Assert.Empty(qemu.ProcessesLeft());
    }

    /// <summary>In the folder that PRESERVE_SHOTS names, for a person to look at.</summary>
    private static void Keep(string id, FrameCopy screen, TextScreen? text)
    {
        if (Environment.GetEnvironmentVariable("PRESERVE_SHOTS") is not { Length: > 0 } folder)
        {
            return;
        }

        Directory.CreateDirectory(folder);
        using var bitmap = new SKBitmap(new SKImageInfo(screen.Width, screen.Height, SKColorType.Bgra8888, SKAlphaType.Opaque));
        bitmap.Pixels = [.. screen.Pixels.Select(pixel => new SKColor(pixel | 0xFF000000))];
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        File.WriteAllBytes(Path.Combine(folder, $"{id}.png"), png.ToArray());
        File.WriteAllText(Path.Combine(folder, $"{id}.txt"), text is null ? "no text" : string.Join('\n', text.Lines.Select(line => line.TrimEnd())));
    }
}
