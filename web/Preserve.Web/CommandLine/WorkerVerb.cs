using System.CommandLine;
using Preserve.Web.Hosting;

namespace Preserve.Web.CommandLine;

/// <summary><c>worker</c>: background boots and examinations on another host that shares catalog and storage. Visitors' sessions run where <c>run</c> serves.</summary>
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
        var command = new Command("worker", "Make posters, examine files and boot proofs on another host, which shares the catalog in PostgreSQL and the storage folder.") { urls, data };
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
