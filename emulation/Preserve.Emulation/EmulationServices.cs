using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Preserve.Emulation.Builds;
using Preserve.Emulation.Machines;
using Preserve.Emulation.Media;
using Preserve.Emulation.Profiles;
using Preserve.Emulation.Qemu;
using Preserve.Sandbox;

namespace Preserve.Emulation;

/// <summary>What an operator can set about machines.</summary>
public sealed record EmulationOptions
{
    /// <summary>Folder of the site's own machine profiles; null, or a folder that does not exist, for none.</summary>
    public string? SiteProfilesFolder { get; init; }

    /// <summary>Folder whose subfolders are emulator builds beside the distribution's; null for none.</summary>
    public string? BuildsFolder { get; init; }

    /// <summary>File in which builds are registered; null for none.</summary>
    public string? BuildRegisterFile { get; init; }
}

/// <summary>The door of this project.</summary>
public static class EmulationServices
{
    /// <summary>Adds <see cref="ProfileStore"/>, every <see cref="IMachineEngine"/>, <see cref="ImageInspector"/>, and <see cref="ISandbox"/> where there is none yet.</summary>
    public static IServiceCollection AddPreserveEmulation(this IServiceCollection services, EmulationOptions? options = null)
    {
        if (services.All(service => service.ServiceType != typeof(ISandbox)))
        {
            services.AddPreserveSandbox();
        }

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => ProfileStore.Load(ProfileStore.ShippedFolder, options?.SiteProfilesFolder));
        services.AddSingleton(_ => new BuildRegister(options?.BuildsFolder, options?.BuildRegisterFile));
        services.AddSingleton<ImageInspector>();
        services.AddSingleton<IMachineEngine>(provider => new QemuEngine(
            provider.GetRequiredService<ISandbox>(),
            provider.GetRequiredService<ImageInspector>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<QemuEngine>>(),
            provider.GetRequiredService<BuildRegister>()));
        return services;
    }
}
