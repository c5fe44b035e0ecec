using System.CommandLine;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Ingest;
using Preserve.Web.Hosting;

namespace Preserve.Web.CommandLine;

/// <summary><c>ingest</c>: brings in a folder that a CSV file describes, object by object. May run beside the service.</summary>
public static class IngestVerb
{
    public static Command Create()
    {
        var folder = new Argument<string>("FOLDER") { Description = "Folder with the files." };
        var sheet = new Option<string>("--csv") { Description = "Sheet that describes them, a row a file: docs/ingest.md has its columns.", HelpName = "FILE", Required = true };
        var data = DataFolder.Option();
        var command = new Command("ingest", "Bring in a folder of files that a CSV file describes.") { folder, sheet, data };
        command.SetAction((parsed, cancellationToken) => IngestAsync(
            Path.GetFullPath(parsed.GetRequiredValue(folder)), Path.GetFullPath(parsed.GetRequiredValue(sheet)),
            DataFolder.Resolve(parsed.GetValue(data)), cancellationToken));
        return command;
    }

    private static async Task<int> IngestAsync(string folder, string sheet, string dataFolder, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder) || !File.Exists(sheet))
        {
            await Console.Error.WriteLineAsync($"There is no {(Directory.Exists(folder) ? $"file {sheet}" : $"folder {folder}")}.");
            return ExitCode.Usage;
        }

        if (new FileInfo(sheet).Length > BatchSheet.MaximumLengthInBytes)
        {
            await Console.Error.WriteLineAsync($"{sheet} is longer than {BatchSheet.MaximumLengthInBytes} bytes.");
            return ExitCode.Refused;
        }

        await using var services = await CatalogHost.OpenAsync(dataFolder, cancellationToken);
        BatchResult result;
        using (var progress = new ProgressLine("Bringing in"))
        using (var text = new StreamReader(sheet))
        {
            result = await services.GetRequiredService<BatchIngest>().IngestAsync(folder, text, Actor.CommandLine, progress, cancellationToken);
        }

        await Console.Out.WriteLineAsync($"{result.Accepted} objects accepted; {result.AlreadyThere.Count} were there already.");
        if (result.IsDone)
        {
            return ExitCode.Done;
        }

        await Console.Error.WriteLineAsync("Refused:" + string.Concat(result.Problems.Select(problem => $"\n  - {problem}")));
        return ExitCode.Refused;
    }
}
