using System.CommandLine;

namespace Preserve.Web.CommandLine;

/// <summary><c>profiles</c>: the machines that can be built here.</summary>
public static class ProfilesVerb
{
    public static Command Create()
    {
        var command = new Command("profiles", "List the machines that can be built.");
        command.SetAction((_, _) => Task.FromResult(ExitCode.Done));
        return command;
    }
}
