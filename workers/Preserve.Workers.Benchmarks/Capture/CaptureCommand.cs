using System.CommandLine;
using Preserve.Emulation.Machines;

namespace Preserve.Workers.Benchmarks.Capture;

/// <summary><c>capture IMAGE SCRIPT FILE</c>: boots an image and records its screen for <c>replay</c>.</summary>
internal static class CaptureCommand
{
    public static Command Create()
    {
        var image = new Argument<FileInfo>("image") { Description = "Raw image to boot, uncompressed." };
        var script = new Argument<FileInfo>("script") { Description = "What to do: section, wait, type, enter, move, button; one step a line." };
        var file = new Argument<string>("file") { Description = "Capture to write." };
        var profile = new Option<string>("--profile") { Description = "Machine profile.", DefaultValueFactory = _ => "pc-classic" };
        var bay = new Option<string>("--bay") { Description = "Bay the image goes in.", DefaultValueFactory = _ => "floppy0" };
        var boot = new Option<BootSource>("--boot") { Description = "Where the machine boots from.", DefaultValueFactory = _ => BootSource.Floppy };
        var command = new Command("capture", "Boots an image and records its screen.") { image, script, file, profile, bay, boot };
        command.SetAction(async (result, cancellationToken) =>
        {
            try
            {
                await CaptureRun.RunAsync(
                    result.GetRequiredValue(image), result.GetRequiredValue(profile), result.GetRequiredValue(bay), result.GetValue(boot),
                    CaptureScript.Read(result.GetRequiredValue(script).FullName), result.GetRequiredValue(file), cancellationToken);
                return 0;
            }
            catch (Exception e) when (e is MachineException or FormatException or IOException)
            {
                await Console.Error.WriteLineAsync(e.Message);
                return 1;
            }
        });
        return command;
    }
}
