using System.CommandLine;
using Preserve.Catalog.Characterisation;
using Preserve.Catalog.Probing;
using Preserve.Catalog.Suggestions;
using Preserve.Web.Hosting;
using Preserve.Workers.Machines;

namespace Preserve.Web.CommandLine;

/// <summary><c>suggest</c>: proposes machines for media, with reasons. Nothing is stored or started.</summary>
public static class SuggestVerb
{
    public static Command Create()
    {
        var files = VerbFiles.Argument("Media that belong together, in their order.");
        var data = DataFolder.Option();
        var command = new Command("suggest", "Propose machines on which media may run, with reasons, as JSON.") { files, data };
        command.SetAction((parsed, cancellationToken) => SuggestAsync(
            parsed.GetRequiredValue(files), DataFolder.Resolve(parsed.GetValue(data)), cancellationToken));
        return command;
    }

    private static async Task<int> SuggestAsync(string[] files, string dataFolder, CancellationToken cancellationToken)
    {
        if (await VerbFiles.AnyMissingAsync(files))
        {
            return ExitCode.Usage;
        }

        await using var services = CatalogHost.Services(dataFolder);
        var characteriser = services.GetRequiredService<Characteriser>();
        var media = new List<MediumToRun>();
        foreach (var file in files)
        {
            var found = await characteriser.LookAsync(new ProbeFile(Path.GetFullPath(file), Path.GetFileName(file)), isBackground: false, cancellationToken);
            var length = found.Container?.DiskLengthInBytes ?? new FileInfo(file).Length;
            media.Add(new MediumToRun(Path.GetFileName(file), null, length, found.Facts));
        }

        await VerbJson.WriteAsync(Suggester.Suggest(media, services.GetRequiredService<ProfileDirectory>().All));
        return ExitCode.Done;
    }
}
