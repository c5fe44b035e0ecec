using System.CommandLine;
using Preserve.Workers.Benchmarks.Capture;
using Preserve.Workers.Frames;

namespace Preserve.Workers.Benchmarks.Replay;

/// <summary><c>replay FILE...</c>: encodes captured screens and prints what it took.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var files = new Argument<FileInfo[]>("file") { Description = "Captures to replay.", Arity = ArgumentArity.OneOrMore };
        var copies = new Option<bool>("--copies") { Description = "Look for what has moved.", DefaultValueFactory = _ => true };
        var cells = new Option<string>("--cells") { Description = "Size of cells, such as 8x16; chosen by the screen's size unless given.", DefaultValueFactory = _ => "0x0" };
        var rounds = new Option<int>("--rounds") { Description = "Replay each capture so often and report the last round.", DefaultValueFactory = _ => 2 };
        var trace = new Option<string?>("--trace") { Description = "Write the blobs to this file, each with its length before it." };
        var command = new Command("replay", "Encodes captured screens and prints bytes and time for each section.") { files, copies, cells, rounds, trace };
        command.SetAction(result =>
        {
            var size = result.GetValue(cells)!.Split('x');
            var options = new FrameEncoderOptions(result.GetValue(copies), int.Parse(size[0], null), int.Parse(size[1], null));
            Console.WriteLine(SectionTotals.Heading);
            foreach (var file in result.GetValue(files)!)
            {
                Replay(file, options, Math.Max(1, result.GetValue(rounds)), result.GetValue(trace));
            }
        });
        return command;
    }

    private static void Replay(FileInfo file, FrameEncoderOptions options, int rounds, string? trace)
    {
        var pictures = CaptureFile.Read(file.FullName);
        IReadOnlyList<SectionTotals> totals = [];
        for (var round = 0; round < rounds; round++)
        {
            using var writer = trace is null || round < rounds - 1 ? null : new BinaryWriter(File.Create(trace));
            totals = ReplayRun.Play(Path.GetFileNameWithoutExtension(file.Name), pictures, options, writer);
        }

        foreach (var total in totals)
        {
            Console.WriteLine(total);
        }
    }
}
