using System.CommandLine;
using Preserve.Catalog.Characterisation;
using Preserve.Catalog.Probing;
using Preserve.Catalog.Suggestions;
using Preserve.Web.Hosting;
using Preserve.Workers.Machines;

namespace Preserve.Web.CommandLine;

/// <summary><c>suggest</c>: proposes machines for media that boot, and environments of the catalog for content, with reasons. Nothing is stored or started.</summary>
public static class SuggestVerb
{
    public static Command Create()
    {
        var files = VerbFiles.Argument("Media that belong together, in their order.");
        var data = DataFolder.Option();
        var command = new Command("suggest", "Propose machines on which media may run, or environments of the catalog that open what they hold, with reasons, as JSON.") { files, data };
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

        // Where there is no catalog, machines are all that can be proposed, and none is made.
        var hasCatalog = Directory.Exists(dataFolder) && Directory.EnumerateFileSystemEntries(dataFolder).Any();
        await using var services = hasCatalog ? await CatalogHost.OpenAsync(dataFolder, cancellationToken) : CatalogHost.Services(dataFolder);
        var characteriser = services.GetRequiredService<Characteriser>();
        var media = new List<MediumToRun>();
        foreach (var file in files)
        {
            var found = await characteriser.LookAsync(new ProbeFile(Path.GetFullPath(file), Path.GetFileName(file)), isBackground: false, cancellationToken);
            media.Add(MediumToRun.Of(Path.GetFileName(file), new FileInfo(file).Length, found));
        }

        await VerbJson.WriteAsync(hasCatalog
            ? await services.GetRequiredService<ObjectSuggestions>().OfMediaAsync(media, cancellationToken)
            : Suggester.Suggest(media, services.GetRequiredService<ProfileDirectory>().All));
        return ExitCode.Done;
    }
}
