using System.CommandLine;
using Preserve.Web.Hosting;
using Preserve.Workers.Export;
using Preserve.Workers.Machines;

namespace Preserve.Web.CommandLine;

/// <summary><c>export</c>: an object or the whole archive as a bag that boots without this software. May run beside the service.</summary>
public static class ExportVerb
{
    public static Command Create()
    {
        var id = new Argument<string?>("OBJECT") { Description = "Id of an object.", Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all") { Description = "The whole archive." };
        var to = new Option<string>("--to") { Description = "The bag's folder, which must not exist yet.", HelpName = "DIR", Required = true };
        var data = DataFolder.Option();
        var command = new Command("export", "Write an object, or everything, as a bag with scripts that boot it on plain QEMU.") { id, all, to, data };
        command.Validators.Add(result =>
        {
            if (result.GetValue(all) == result.GetValue(id) is not null)
            {
                result.AddError("Name one object, or say --all.");
            }
        });
        command.SetAction((parsed, cancellationToken) => ExportAsync(
            parsed.GetValue(id), Path.GetFullPath(parsed.GetRequiredValue(to)), DataFolder.Resolve(parsed.GetValue(data)), cancellationToken));
        return command;
    }

    private static async Task<int> ExportAsync(string? id, string folder, string dataFolder, CancellationToken cancellationToken)
    {
        await using var services = await CatalogHost.OpenExistingAsync(dataFolder, cancellationToken);
        var exporter = ActivatorUtilities.CreateInstance<ArchiveExporter>(services, ActivatorUtilities.CreateInstance<EnvironmentBuilder>(services));
        try
        {
            return await TellAsync(await exporter.ExportAsync(id, folder, cancellationToken), id, folder);
        }
        catch (InvalidDataException problem)
        {
            await Console.Error.WriteLineAsync($"Refused; what was begun in {folder} is no bag: {problem.Message}");
            return ExitCode.Refused;
        }
    }

    private static async Task<int> TellAsync(ExportResult? result, string? id, string folder)
    {
        if (result is null)
        {
            await Console.Error.WriteLineAsync($"There is no object '{id}'.");
            return ExitCode.Refused;
        }

        foreach (var problem in result.Problems)
        {
            await Console.Error.WriteLineAsync(problem);
        }

        await Console.Out.WriteLineAsync($"{result.Objects} {(result.Objects == 1 ? "object" : "objects")} exported to {folder}.");
        return ExitCode.Done;
    }
}
