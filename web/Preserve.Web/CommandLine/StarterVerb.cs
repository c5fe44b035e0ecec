using System.CommandLine;
using Preserve.Web.Hosting;

namespace Preserve.Web.CommandLine;

/// <summary><c>starter</c>: brings in what the starter archive has gained since the first start. May run beside the service.</summary>
public static class StarterVerb
{
    public static Command Create()
    {
        var data = DataFolder.Option();
        var command = new Command("starter", "Bring in the starter archive again, with what has been installed since the first start.") { data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await CatalogHost.OpenAsync(DataFolder.Resolve(parsed.GetValue(data)), cancellationToken);
            return await ImportVerb.TellAsync(await services.GetRequiredService<StarterSeed>().BringInAsync(cancellationToken));
        });
        return command;
    }
}
