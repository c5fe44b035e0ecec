using System.CommandLine;
using Preserve.Emulation.Profiles;

namespace Preserve.Web.CommandLine;

/// <summary><c>profiles</c>: the machines that can be built, those that ship and the site's own.</summary>
public static class ProfilesVerb
{
    public static Command Create()
    {
        var data = DataFolder.Option();
        var command = new Command("profiles", "List the machines that can be built.") { data };
        command.SetAction((parsed, cancellationToken) => ListAsync(DataFolder.Resolve(parsed.GetValue(data)), cancellationToken));
        return command;
    }

    private static async Task<int> ListAsync(string dataFolder, CancellationToken cancellationToken)
    {
        var store = ProfileStore.Load(ProfileStore.ShippedFolder, Path.Combine(dataFolder, "profiles"));
        foreach (var profile in store.Profiles)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Console.Out.WriteLineAsync(
                $"{profile.Id,-20} {profile.Architecture,-8} {profile.MemoryMiB.Minimum,4} to {profile.MemoryMiB.Maximum,4} MiB  {profile.Title}");
        }

        return ExitCode.Done;
    }
}
