using System.CommandLine;
using Preserve.Catalog.Characterisation;
using Preserve.Catalog.Probing;
using Preserve.Web.Hosting;

namespace Preserve.Web.CommandLine;

/// <summary><c>characterise</c>: says what a file is as a medium: container, partitions, file systems, boot sector. Nothing is stored.</summary>
public static class CharacteriseVerb
{
    public static Command Create()
    {
        var files = VerbFiles.Argument("Disk, disc or tape images, or other files.");
        var data = DataFolder.Option();
        var command = new Command("characterise", "Say what files are as media: container, partitions, file systems, boot sector, as JSON.") { files, data };
        command.SetAction((parsed, cancellationToken) => CharacteriseAsync(
            parsed.GetRequiredValue(files), DataFolder.Resolve(parsed.GetValue(data)), cancellationToken));
        return command;
    }

    private static async Task<int> CharacteriseAsync(string[] files, string dataFolder, CancellationToken cancellationToken)
    {
        if (await VerbFiles.AnyMissingAsync(files))
        {
            return ExitCode.Usage;
        }

        await using var services = CatalogHost.Services(dataFolder);
        var characteriser = services.GetRequiredService<Characteriser>();
        var answers = new List<object>();
        foreach (var file in files)
        {
            var probed = new ProbeFile(Path.GetFullPath(file), Path.GetFileName(file));
            answers.Add(new { file, characterisation = await characteriser.LookAsync(probed, isBackground: false, cancellationToken) });
        }

        await VerbJson.WriteAsync(answers);
        return ExitCode.Done;
    }
}
