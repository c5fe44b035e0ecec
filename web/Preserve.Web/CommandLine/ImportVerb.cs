using System.CommandLine;
using Preserve.Catalog.Import;
using Preserve.Web.Hosting;

namespace Preserve.Web.CommandLine;

/// <summary><c>import</c>: brings an archive folder into the catalog, all of it or nothing. May run beside the service.</summary>
public static class ImportVerb
{
    public static Command Create()
    {
        var folder = new Argument<string>("FOLDER") { Description = "Folder with archive.json and the files it names." };
        var data = DataFolder.Option();
        var command = new Command("import", "Bring in an archive: docs/archive-format.md says what it looks like.") { folder, data };
        command.SetAction((parsed, cancellationToken) => ImportAsync(
            Path.GetFullPath(parsed.GetRequiredValue(folder)), DataFolder.Resolve(parsed.GetValue(data)), cancellationToken));
        return command;
    }

    private static async Task<int> ImportAsync(string folder, string dataFolder, CancellationToken cancellationToken)
    {
        await using var services = await CatalogHost.OpenAsync(dataFolder, cancellationToken);
        ImportResult result;
        using (var progress = new ProgressLine("Importing"))
        {
            result = await services.GetRequiredService<ArchiveImporter>().ImportAsync(folder, progress, cancellationToken);
        }

        return await TellAsync(result);
    }

    /// <summary>Says how an import went and gives the exit code for it.</summary>
    internal static async Task<int> TellAsync(ImportResult result)
    {
        if (!result.IsSuccess)
        {
            await Console.Error.WriteLineAsync("Refused; nothing was imported:" + string.Concat(result.Problems.Select(problem => $"\n  - {problem}")));
            return ExitCode.Refused;
        }

        await Console.Out.WriteLineAsync(
            $"{result.ObjectsAdded} objects added, {result.ObjectsUpdated} updated, {result.ObjectsUnchanged} unchanged; "
            + $"{result.MediaAdded} media, {result.EnvironmentsAdded} environments and {result.ExhibitsAdded} exhibits are new.");
        return ExitCode.Done;
    }
}
