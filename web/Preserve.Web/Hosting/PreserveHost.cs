using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Preserve.Web.Accounts;
using Preserve.Web.CommandLine;

namespace Preserve.Web.Hosting;

/// <summary>The service: pages, API and a worker in one process.</summary>
/// <remarks>
/// 1. Settings and configuration are read and checked, all problems told at once.
/// 2. Data folder and addresses are looked at, before anything is touched.
/// 3. The catalog is brought up to date, a new one given its starter archive.
/// 4. The worker claims the data folder, the server listens and says where, and how to make the first administrator while there is none.
/// </remarks>
public static class PreserveHost
{
    /// <summary>Serves until the process is asked to end.</summary>
    /// <exception cref="InvalidConfigurationException">The settings cannot be used.</exception>
    /// <exception cref="Preserve.Workers.Hosting.ServiceLockedException">Another service holds the data folder.</exception>
    public static async Task<int> RunAsync(HostSettings settings, CancellationToken cancellationToken)
    {
        await using var app = Build(settings, null, StartCheck.Require);
        if (settings.IsWorkerOnly)
        {
            // Storage and the starter archive are the serving host's.
            await app.Services.GetRequiredService<CatalogPreparation>().PrepareAsync(cancellationToken);
        }
        else
        {
            await app.Services.GetRequiredService<FirstRun>().PrepareAsync(cancellationToken);
        }

        await app.StartAsync(cancellationToken);
        foreach (var address in Addresses(app))
        {
            await Console.Out.WriteLineAsync($"{(settings.IsWorkerOnly ? "The worker" : "Preserve")} is open at {address}");
        }

        if (!settings.IsWorkerOnly)
        {
            await app.Services.GetRequiredService<FirstAdministrator>().InviteAsync(Addresses(app).First(), Console.Out, cancellationToken);
        }

        await app.WaitForShutdownAsync(cancellationToken);
        return ExitCode.Done;
    }

    /// <summary>Builds the service without starting it.</summary>
    /// <param name="settings">What the command line says.</param>
    /// <param name="replaceServices">Has the last word on what is registered; for tests.</param>
    /// <exception cref="InvalidConfigurationException">The settings cannot be used.</exception>
    public static WebApplication Build(HostSettings settings, Action<IServiceCollection>? replaceServices = null) => Build(settings, replaceServices, null);

    private static WebApplication Build(HostSettings settings, Action<IServiceCollection>? replaceServices, Action<HostSettings>? check)
    {
        // Everything the service needs lies beside its program, wherever it was started from.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        // After a publish these files lie in wwwroot; before it, a list beside the program says where.
        builder.WebHost.UseStaticWebAssets();
        builder.Configuration.AddInMemoryCollection(settings.Overrides);
        var configuration = HostConfiguration.Read(settings, builder.Configuration);
        check?.Invoke(settings);
        ServerSetup.Configure(builder, settings);
        ServiceSetup.Add(builder, settings, configuration);
        replaceServices?.Invoke(builder.Services);
        var app = builder.Build();
        PipelineSetup.Use(app, configuration.Web, configuration.OpenId, settings.IsWorkerOnly);
        return app;
    }

    /// <summary>Where the server listens, with the ports it was given.</summary>
    public static ICollection<string> Addresses(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
}
