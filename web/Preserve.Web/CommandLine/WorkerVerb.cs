using System.CommandLine;
using Preserve.Web.Hosting;

namespace Preserve.Web.CommandLine;

/// <summary><c>worker</c>: machines and the hub without pages, on another host that shares the catalog.</summary>
public static class WorkerVerb
{
    public static Command Create()
    {
        var urls = new Option<string>("--urls")
        {
            Description = "Addresses to listen on, separated by semicolons.",
            HelpName = "URL",
            DefaultValueFactory = _ => HostSettings.DefaultUrls,
        };
        var data = DataFolder.Option();
        var command = new Command("worker", "Run machines without pages, on another host that shares the catalog in PostgreSQL.") { urls, data };
        command.SetAction((parsed, cancellationToken) => PreserveHost.RunAsync(
            new HostSettings
            {
                DataFolder = DataFolder.Resolve(parsed.GetValue(data)),
                Urls = parsed.GetValue(urls) ?? HostSettings.DefaultUrls,
                IsWorkerOnly = true,
            },
            cancellationToken));
        return command;
    }
}
