using Preserve.Emulation;

namespace Preserve.Web.Hosting;

/// <summary>Emulators and profiles of a data folder, without its catalog.</summary>
public static class EmulatorHost
{
    /// <summary>Names, in the environment, a folder whose subfolders are emulator builds; set-up fills it.</summary>
    public const string BuildsVariable = "PRESERVE_EMULATORS";

    public static EmulationOptions Options(string dataFolder) => new()
    {
        SiteProfilesFolder = Path.Combine(dataFolder, "profiles"),
        BuildsFolder = Environment.GetEnvironmentVariable(BuildsVariable),
        BuildRegisterFile = Path.Combine(dataFolder, "emulators.json"),
    };

    /// <summary>The services of a verb that needs no more than that.</summary>
    public static ServiceProvider Open(string dataFolder) => new ServiceCollection()
        .AddLogging(logging => ServiceSetup.AddLogging(logging.SetMinimumLevel(LogLevel.Warning)))
        .AddPreserveEmulation(Options(dataFolder))
        .BuildServiceProvider();
}
