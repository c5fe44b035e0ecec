using System.CommandLine;
using Preserve.Catalog.Formats;
using Preserve.Catalog.Probing;
using Preserve.Web.Hosting;

namespace Preserve.Web.CommandLine;

/// <summary><c>identify</c>: says of each file what it is, by PRONOM's signatures. Nothing is stored.</summary>
public static class IdentifyVerb
{
    public static Command Create()
    {
        var files = VerbFiles.Argument("Files to look at.");
        var signatures = new Option<string?>("--signatures") { Description = "DROID signature file. Without it: the data folder's.", HelpName = "FILE" };
        var containers = new Option<string?>("--containers") { Description = "Container signature file. Without it: the data folder's.", HelpName = "FILE" };
        var data = DataFolder.Option();
        var command = new Command("identify", "Say what files are: PUID, name, version, MIME type, as JSON.") { files, signatures, containers, data };
        command.SetAction((parsed, cancellationToken) => IdentifyAsync(
            parsed.GetRequiredValue(files), parsed.GetValue(signatures), parsed.GetValue(containers), DataFolder.Resolve(parsed.GetValue(data)), cancellationToken));
        return command;
    }

    private static async Task<int> IdentifyAsync(
        string[] files, string? signatures, string? containers, string dataFolder, CancellationToken cancellationToken)
    {
        if (await VerbFiles.AnyMissingAsync([.. files, .. new[] { signatures, containers }.OfType<string>()]))
        {
            return ExitCode.Usage;
        }

        await using var services = CatalogHost.Services(dataFolder);
        var stored = services.GetRequiredService<SignatureStore>().Current;
        var chosen = new SignatureFiles(
            signatures is null ? stored.Formats : Path.GetFullPath(signatures), containers is null ? stored.Containers : Path.GetFullPath(containers));
        try
        {
            var results = await services.GetRequiredService<Probe>().LookAsync(
                [.. files.Select(file => new ProbeFile(Path.GetFullPath(file), Path.GetFileName(file)))], chosen, isBackground: false, cancellationToken);
            await VerbJson.WriteAsync(files.Zip(results, (file, result) => new
            {
                file,
                result.Identification.Matches,
                result.Identification.SignatureVersion,
                Problem = string.Join(' ', new[] { result.Problem, result.Identification.Problem }.Where(text => text.Length > 0)),
            }));
            return results.All(result => result.Problem.Length == 0) ? ExitCode.Done : ExitCode.Failed;
        }
        catch (SignatureFileRefusedException problem)
        {
            await Console.Error.WriteLineAsync($"The signature file cannot be used: {problem.Message}");
            return ExitCode.Refused;
        }
    }
}
