using System.CommandLine;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Ingest;
using Preserve.Catalog.Ingest.Bags;
using Preserve.Web.Hosting;

namespace Preserve.Web.CommandLine;

/// <summary><c>ingest</c>: brings in a folder that a CSV file describes, object by object, or a BagIt bag. May run beside the service.</summary>
public static class IngestVerb
{
    public static Command Create()
    {
        var folder = new Argument<string>("FOLDER") { Description = "Folder with the files, or a BagIt bag: then without --csv." };
        var sheet = new Option<string?>("--csv") { Description = "Sheet that describes them, a row a file: docs/ingest.md has its columns.", HelpName = "FILE" };
        var id = new Option<string?>("--id") { Description = "Id of the object that a bag becomes; made from what the bag says when missing.", HelpName = "ID" };
        var data = DataFolder.Option();
        var command = new Command("ingest", "Bring in a folder of files that a CSV file describes, or a BagIt bag (an Archivematica AIP too).") { folder, sheet, id, data };
        command.SetAction((parsed, cancellationToken) =>
        {
            var path = Path.GetFullPath(parsed.GetRequiredValue(folder));
            var dataFolder = DataFolder.Resolve(parsed.GetValue(data));
            return parsed.GetValue(sheet) is { } file
                ? IngestAsync(path, Path.GetFullPath(file), dataFolder, cancellationToken)
                : IngestBagAsync(path, parsed.GetValue(id), dataFolder, cancellationToken);
        });
        return command;
    }

    private static async Task<int> IngestBagAsync(string folder, string? id, string dataFolder, CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(folder, "bagit.txt")))
        {
            await Console.Error.WriteLineAsync($"{folder} has no bagit.txt: it is no BagIt bag. Describe its files in a sheet and name that with --csv.");
            return ExitCode.Usage;
        }

        await using var services = await CatalogHost.OpenAsync(dataFolder, cancellationToken);
        BagResult result;
        using (var progress = new ProgressLine("Bringing in"))
        {
            result = await services.GetRequiredService<BagIntake>().IngestFolderAsync(folder, id, Actor.CommandLine, progress, cancellationToken);
        }

        foreach (var known in result.AlreadyThere)
        {
            await Console.Out.WriteLineAsync($"{known} was there already.");
        }

        foreach (var accepted in result.Accepted)
        {
            await Console.Out.WriteLineAsync($"{accepted} accepted.");
        }

        return await TellAsync(result.Problems);
    }

    private static async Task<int> TellAsync(IReadOnlyList<string> problems)
    {
        if (problems.Count == 0)
        {
            return ExitCode.Done;
        }

        // Names in a bag come from anywhere: no control character reaches a terminal.
        var texts = problems.Select(problem => string.Concat(problem.Select(c => char.IsControl(c) ? '\uFFFD' : c)));
        await Console.Error.WriteLineAsync("Refused:" + string.Concat(texts.Select(problem => $"\n  - {problem}")));
        return ExitCode.Refused;
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
        return await TellAsync(result.Problems);
    }
}
