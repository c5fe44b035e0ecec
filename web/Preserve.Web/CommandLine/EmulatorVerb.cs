using System.CommandLine;
using Preserve.Emulation.Builds;
using Preserve.Emulation.Machines;
using Preserve.Web.Hosting;

namespace Preserve.Web.CommandLine;

/// <summary><c>emulator</c>: the builds machines can run on, the distribution's and those beside it. A running service sees a change when it starts anew.</summary>
public static class EmulatorVerb
{
    private const int ShownDigest = 12;

    public static Command Create()
    {
        var command = new Command("emulator", "List emulator builds, or register others beside the distribution's.") { List(), Add(), Remove() };
        return command;
    }

    private static Command List()
    {
        var data = DataFolder.Option();
        var list = new Command("list", "Show every build with version, digests and machine types.") { data };
        list.SetAction((parsed, cancellationToken) => ListAsync(DataFolder.Resolve(parsed.GetValue(data)), cancellationToken));
        return list;
    }

    private static Command Add()
    {
        var name = new Argument<string>("NAME") { Description = "What to call it, such as qemu-git." };
        var folder = new Argument<string>("FOLDER") { Description = "An installation, unpacked packages, or a build tree that was never installed." };
        var data = DataFolder.Option();
        var add = new Command("add", "Register a build.") { name, folder, data };
        add.SetAction((parsed, cancellationToken) => AddAsync(
            parsed.GetRequiredValue(name), Path.GetFullPath(parsed.GetRequiredValue(folder)), DataFolder.Resolve(parsed.GetValue(data)), cancellationToken));
        return add;
    }

    private static Command Remove()
    {
        var name = new Argument<string>("NAME") { Description = "As 'list' shows it." };
        var data = DataFolder.Option();
        var remove = new Command("remove", "Forget a registered build; its files stay.") { name, data };
        remove.SetAction((parsed, _) => RemoveAsync(parsed.GetRequiredValue(name), DataFolder.Resolve(parsed.GetValue(data))));
        return remove;
    }

    private static async Task<int> ListAsync(string dataFolder, CancellationToken cancellationToken)
    {
        await using var services = EmulatorHost.Open(dataFolder);
        foreach (var engine in services.GetServices<IMachineEngine>())
        {
            foreach (var build in await engine.FindBuildsAsync(cancellationToken))
            {
                await WriteAsync(build);
            }
        }

        return ExitCode.Done;
    }

    private static async Task<int> AddAsync(string name, string folder, string dataFolder, CancellationToken cancellationToken)
    {
        await using var services = EmulatorHost.Open(dataFolder);
        var engine = services.GetServices<IMachineEngine>().First();
        var added = new BuildFolder(name, engine.Id, folder);
        try
        {
            // First whether it runs here: a build that does not is of no use to anybody.
            var build = await engine.MeasureAsync(added, cancellationToken);
            services.GetRequiredService<BuildRegister>().Add(added);
            await WriteAsync(build);
            return ExitCode.Done;
        }
        catch (EmulatorBuildException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCode.Refused;
        }
    }

    private static async Task<int> RemoveAsync(string name, string dataFolder)
    {
        await using var services = EmulatorHost.Open(dataFolder);
        if (services.GetRequiredService<BuildRegister>().Remove(name))
        {
            return ExitCode.Done;
        }

        await Console.Error.WriteLineAsync($"No build '{name}' is registered here. The distribution's own, and those in {EmulatorHost.BuildsVariable}, are not removed.");
        return ExitCode.Refused;
    }

    private static async Task WriteAsync(EmulatorBuild build)
    {
        await Console.Out.WriteLineAsync($"{build.Id}  version {build.Version}  firmware {build.FirmwareSha256[..ShownDigest]}");
        foreach (var (architecture, program) in build.Programs.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            await Console.Out.WriteLineAsync(
                $"  {architecture,-8} {program.Sha256[..ShownDigest]}  {program.MachineTypes.Count,3} machine types  {program.Path}");
        }
    }
}
