using System.CommandLine;

namespace Preserve.Web.CommandLine;

/// <summary><c>import</c>: brings an archive folder into the catalog. May run beside the service.</summary>
public static class ImportVerb
{
    public static Command Create()
    {
        var folder = new Argument<string>("FOLDER") { Description = "Folder with archive.json and the files it names." };
        var data = DataFolder.Option();
        var command = new Command("import", "Bring in an archive: docs/archive-format.md says what it looks like.") { folder, data };
        command.SetAction((_, _) => Task.FromResult(ExitCode.Failed));
        return command;
    }
}
