using System.CommandLine;
using Preserve.Catalog.Characterisation;
using Preserve.Catalog.Probing;
using Preserve.Web.Hosting;

namespace Preserve.Web.CommandLine;

/// <summary><c>files</c>: lists what is on a medium, or copies one file out of it.</summary>
public static class FilesVerb
{
    private const long LongestFile = 16L << 30;

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "Disk or disc image." };
        var copy = new Option<string?>("--copy") { Description = "Address of one file, as the list has it: its bytes go to standard output.", HelpName = "ADDRESS" };
        var volume = new Option<long>("--volume") { Description = "Offset in bytes of the volume that --copy means.", HelpName = "OFFSET" };
        var data = DataFolder.Option();
        var command = new Command("files", "List what is on a medium, as JSON, or copy one file out of it.") { file, copy, volume, data };
        command.SetAction((parsed, cancellationToken) =>
        {
            var path = parsed.GetRequiredValue(file);
            var dataFolder = DataFolder.Resolve(parsed.GetValue(data));
            return parsed.GetValue(copy) is { } address
                ? CopyAsync(path, parsed.GetValue(volume), address, dataFolder, cancellationToken)
                : ListAsync(path, dataFolder, cancellationToken);
        });
        return command;
    }

    private static async Task<int> ListAsync(string file, string dataFolder, CancellationToken cancellationToken)
    {
        if (await VerbFiles.AnyMissingAsync([file]))
        {
            return ExitCode.Usage;
        }

        await using var services = CatalogHost.Services(dataFolder);
        var (characterisation, volumes) = await services.GetRequiredService<Characteriser>().ListAsync(Probed(file), cancellationToken);
        await VerbJson.WriteAsync(new
        {
            file,
            volumes = volumes.Select(volume => new
            {
                volume.Volume.FileSystem,
                volume.Volume.Label,
                volume.Volume.OffsetInBytes,
                volume.Files.Entries,
                volume.Files.Problem,
            }),
            notBrowsed = characterisation.Volumes.Where(volume => volume.Reader == VolumeReader.None),
            characterisation.Problems,
        });
        return volumes.All(volume => volume.Files.Problem.Length == 0) && characterisation.Problems.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static async Task<int> CopyAsync(string file, long offset, string address, string dataFolder, CancellationToken cancellationToken)
    {
        if (await VerbFiles.AnyMissingAsync([file]))
        {
            return ExitCode.Usage;
        }

        await using var services = CatalogHost.Services(dataFolder);
        await using var output = Console.OpenStandardOutput();
        var problem = await services.GetRequiredService<Characteriser>()
            .CopyAsync(Probed(file), new FileToCopy(offset, address, null), output, LongestFile, cancellationToken);
        if (problem.Length > 0)
        {
            await Console.Error.WriteLineAsync(problem);
        }

        return problem.Length == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static ProbeFile Probed(string file) => new(Path.GetFullPath(file), Path.GetFileName(file));
}
