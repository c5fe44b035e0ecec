using System.CommandLine;
using Preserve.Catalog.Formats;
using Preserve.Catalog.Probing;
using Preserve.Web.Hosting;

namespace Preserve.Web.CommandLine;

/// <summary><c>signatures add</c>: gives the data folder a signature file, which is checked in the sandbox first.</summary>
public static class SignaturesVerb
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "DROID signature file or container signature file, as The National Archives publish them." };
        var data = DataFolder.Option();
        var add = new Command("add", "Use a signature file from now on.") { file, data };
        add.SetAction((parsed, cancellationToken) => AddAsync(
            Path.GetFullPath(parsed.GetRequiredValue(file)), DataFolder.Resolve(parsed.GetValue(data)), cancellationToken));
        return new Command("signatures", "What formats are told by.") { add };
    }

    private static async Task<int> AddAsync(string file, string dataFolder, CancellationToken cancellationToken)
    {
        if (await VerbFiles.AnyMissingAsync([file]))
        {
            return ExitCode.Usage;
        }

        await using var services = await CatalogHost.OpenAsync(dataFolder, cancellationToken);
        try
        {
            var version = await services.GetRequiredService<SignatureStore>().AddAsync(file, cancellationToken);
            await Console.Out.WriteLineAsync($"In use: {version}.");
            return ExitCode.Done;
        }
        catch (SignatureFileRefusedException problem)
        {
            await Console.Error.WriteLineAsync($"Refused: {problem.Message}");
            return ExitCode.Refused;
        }
    }
}
