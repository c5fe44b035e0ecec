using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Emulation;
using Preserve.Emulation.Machines;
using Preserve.Emulation.Profiles;

namespace Preserve.Workers.Benchmarks.Capture;

/// <summary>Boots one image in its sandbox, as a session would, and records its screen while a script plays.</summary>
internal static class CaptureRun
{
    public static async Task RunAsync(
        FileInfo image, string profileId, string bay, BootSource boot, IReadOnlyList<CaptureStep> steps, string path, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddPreserveEmulation();
        await using var provider = services.BuildServiceProvider();
        var profile = provider.GetRequiredService<ProfileStore>().Profiles.FirstOrDefault(profile => profile.Id == profileId)
            ?? throw new MachineException($"There is no machine profile {profileId}.");
        var kind = profile.Bays.FirstOrDefault(candidate => candidate.Id == bay)?.Kind ?? throw new MachineException($"{profileId} has no bay {bay}.");

        var folder = Directory.CreateTempSubdirectory("preserve-capture-");
        try
        {
            // The sandbox has a user of its own, who must reach the image.
            File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_101_101);
            var medium = await CopyAsync(image, folder.FullName, kind, cancellationToken);
            var definition = new MachineDefinition
            {
                Profile = profile,
                MemoryMiB = profile.MemoryMiB.Default,
                Drives = [new DriveContent(bay, medium)],
                Boot = boot,
                Clock = new ClockPolicy(),
            };
            await RecordAsync(provider.GetRequiredService<IMachineEngine>(), definition, folder.FullName, steps, path, cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task RecordAsync(
        IMachineEngine engine, MachineDefinition definition, string folder, IReadOnlyList<CaptureStep> steps, string path, CancellationToken cancellationToken)
    {
        var builds = await engine.FindBuildsAsync(cancellationToken);
        var build = builds.Count > 0 ? builds[0] : throw new MachineException("No emulator is installed.");
        await using var machine = await engine.StartAsync(definition, build, folder, cancellationToken);
        await using var writer = CaptureFile.Create(path);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var recorder = new ScreenRecorder(machine.Screen, writer);
        var recording = recorder.RunAsync(ending.Token);
        try
        {
            var input = new CapturedInput(machine.Input);
            foreach (var step in steps)
            {
                if (step.Word == "section")
                {
                    recorder.BeginSection(step.Text);
                }

                await input.DoAsync(step, cancellationToken);
            }
        }
        finally
        {
            await ending.CancelAsync();
            await recording;
        }
    }

    private static async Task<MediumFile> CopyAsync(FileInfo image, string folder, BayKind kind, CancellationToken cancellationToken)
    {
        var copy = image.CopyTo(Path.Combine(folder, "image"));
        File.SetUnixFileMode(copy.FullName, (UnixFileMode)0b100_100_100);
        await using var file = copy.OpenRead();
        var digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
        return new MediumFile(digest, copy.FullName, ImageFormat.Raw, copy.Length, kind, image.Name);
    }
}
