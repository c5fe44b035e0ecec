using System.CommandLine;
using Preserve.Catalog.Descriptions;
using Preserve.Catalog.Search;
using Preserve.Catalog.Storage;
using Preserve.Web.Hosting;
using Preserve.Workers.Hosting;

namespace Preserve.Web.CommandLine;

/// <summary><c>rebuild</c>: makes the catalog from storage alone, after the database was lost. Not beside the service.</summary>
public static class RebuildVerb
{
    public static Command Create()
    {
        var data = DataFolder.Option();
        var command = new Command("rebuild", "Make an empty catalog anew from what is in storage.") { data };
        command.SetAction((parsed, cancellationToken) => RebuildAsync(DataFolder.Resolve(parsed.GetValue(data)), cancellationToken));
        return command;
    }

    private static async Task<int> RebuildAsync(string dataFolder, CancellationToken cancellationToken)
    {
        var storage = CatalogHost.Options(dataFolder).StorageFolder;
        if (!Directory.Exists(storage))
        {
            throw new InvalidConfigurationException([$"--data: there is no folder {storage} to make a catalog from. Name the right one with --data or {DataFolder.Variable}."]);
        }

        using var held = ServiceLock.Acquire(dataFolder);
        await using var services = await CatalogHost.OpenAsync(dataFolder, cancellationToken);
        await services.GetRequiredService<ObjectStorage>().RecoverAsync(cancellationToken);
        try
        {
            if (await services.GetRequiredService<ArchiveRebuild>().RebuildAsync(cancellationToken) is not { } made)
            {
                await Console.Error.WriteLineAsync("Refused: the catalog has objects. Only an empty one is made anew; move catalog.db away first.");
                return ExitCode.Refused;
            }

            // Triggers made it due; here, so that the service that starts next finds everything at once.
            await services.GetRequiredService<SearchIndexer>().CatchUpAsync(int.MaxValue, cancellationToken);
            await Console.Out.WriteLineAsync(
                $"{made.Objects} objects, {made.Media} media, {made.Environments} environments and {made.Exhibits} exhibits were made from storage.");
            return ExitCode.Done;
        }
        catch (InvalidDataException problem)
        {
            await Console.Error.WriteLineAsync($"Refused; the catalog is still empty: {problem.Message}");
            return ExitCode.Refused;
        }
    }
}
