using System.Security.Cryptography;
using Preserve.Emulation.Machines;
using Preserve.Emulation.Media;

namespace Preserve.Emulation.Qemu;

/// <summary>Makes blank floppies for a machine that runs: files of its private folder, gone with it.</summary>
internal sealed class QemuBlanks(MachineDefinition definition, QmpClient monitor, string privateFolder)
{
    /// <summary>Most for one machine.</summary>
    public const int Most = 4;

    private const int FirstYearOfHighDensity = 1984;

    private const UnixFileMode ReadableAndWritable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Makes one that fits a bay, and tells the emulator of it. It is in no drive yet.</summary>
    /// <param name="bay">A floppy drive.</param>
    /// <param name="number">From 1.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="QmpException">The emulator refused it.</exception>
    public async Task<QemuMedium> MakeAsync(DriveBay bay, int number, CancellationToken cancellationToken)
    {
        var slot = $"blank{number}";
        var sizeInKiB = SizeFor(bay);
        var isDos = definition.Profile.Architecture == "i386" && BlankFloppy.CanFormat(sizeInKiB);
        var content = isDos ? BlankFloppy.Formatted(sizeInKiB) : BlankFloppy.Unformatted(sizeInKiB);
        var path = Path.Combine(privateFolder, Name(slot));
        await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write))
        {
            await file.WriteAsync(content, cancellationToken);
        }

        File.SetUnixFileMode(path, ReadableAndWritable);
        await monitor.ExecuteAsync("blockdev-add", new Dictionary<string, object>
        {
            ["driver"] = "raw",
            ["node-name"] = slot,
            ["file"] = new Dictionary<string, object> { ["driver"] = "file", ["filename"] = QemuPaths.Inside(Name(slot)) },
        }, cancellationToken);
        var digest = Convert.ToHexStringLower(SHA256.HashData(content));
        var label = $"Blank disk {number}" + (isDos ? "" : " (not formatted)");
        return new QemuMedium(slot, new MediumFile(digest, path, ImageFormat.Raw, content.Length, BayKind.Floppy, label) { Order = int.MaxValue }, null);
    }

    private static string Name(string slot) => $"{slot}.img";

    private int SizeFor(DriveBay bay) => FloppyDriveType.For(definition, bay.Id) switch
    {
        FloppyDriveType.FiveInch => definition.Profile.Year < FirstYearOfHighDensity ? 360 : 1200,
        FloppyDriveType.ThreeInchExtended => 2880,
        _ => 1440,
    };
}
