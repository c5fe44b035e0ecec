using System.CommandLine;

namespace Preserve.Web.CommandLine;

/// <summary><c>worker</c>: a worker alone, for a second host that shares the catalog.</summary>
public static class WorkerVerb
{
    public static Command Create()
    {
        var data = DataFolder.Option();
        var command = new Command("worker", "Run a worker without pages, on another host that shares the catalog.") { data };
        command.SetAction((_, _) => Task.FromResult(ExitCode.Usage));
        return command;
    }
}
