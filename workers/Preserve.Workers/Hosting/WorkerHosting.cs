using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Preserve.Catalog;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Sessions;
using Preserve.Emulation;
using Preserve.Emulation.Profiles;
using Preserve.Regression.Baselines;
using Preserve.Workers.Examinations;
using Preserve.Workers.Machines;
using Preserve.Workers.Posters;
using Preserve.Workers.Preservation;
using Preserve.Workers.Regression;
using Preserve.Workers.Sessions;
using Preserve.Workers.Streaming;
using Preserve.Workers.Watching;

namespace Preserve.Workers.Hosting;

/// <summary>The public door of this project.</summary>
public static class WorkerHosting
{
    private const string HubPath = "/hub/session";
    private const int LongestMessage = 32 * 1024;

    /// <summary>
    /// Adds sessions, the streaming hub, posters and health, and the emulation where the host has not added it. The host adds the catalog
    /// (<c>AddPreserveCatalogSqlite</c> or <c>AddPreserveCatalogPostgreSql</c>) and brings it up to date before it starts.
    /// </summary>
    /// <exception cref="ArgumentException">The options cannot be used; the message tells every problem.</exception>
    public static IHostApplicationBuilder AddPreserveWorkers(this IHostApplicationBuilder builder, WorkerOptions options)
    {
        if (options.FindProblems() is { Count: > 0 } problems)
        {
            throw new ArgumentException(string.Join(' ', problems), nameof(options));
        }

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(options);
        AddMachines(builder.Services);

        // Hosted services start in this order and stop in the other: lock and clean, silo, sessions, posters.
        builder.Services.AddHostedService<WorkerStartup>();
        Cluster.Add(builder);
        AddSessions(builder.Services, options);
        AddStreaming(builder);
        builder.Services.AddSingleton<WorkerHealth>();
        builder.Services.AddSingleton<PosterProgress>();
        if (options.MakesPosters)
        {
            builder.Services.AddSingleton<PosterMaker>();
            builder.Services.AddHostedService<PosterService>();
        }

        if (options.RehearsesStream)
        {
            builder.Services.AddHostedService<StreamRehearsal>();
        }

        if (options.KeepsStorage)
        {
            builder.Services.AddHostedService<PreservationService>();
        }

        if (options.ExaminesMedia)
        {
            builder.Services.AddHostedService<ExaminationService>();
        }

        if (options.WatchesAtNight)
        {
            builder.Services.AddHostedService<RegressionService>();
        }

        return builder;
    }

    /// <summary>Maps the session hub at <c>/hub/session</c>.</summary>
    public static IEndpointRouteBuilder MapPreserveWorkers(this IEndpointRouteBuilder endpoints)
    {
        var gate = endpoints.ServiceProvider.GetRequiredService<HubGate>();
        endpoints.MapHub<SessionHub>(HubPath, connection => connection.Transports = HttpTransportType.WebSockets)
            .Add(endpoint =>
            {
                var accept = endpoint.RequestDelegate!;
                endpoint.RequestDelegate = context => gate.AdmitAsync(context, accept);
            });
        return endpoints;
    }

    private static void AddMachines(IServiceCollection services)
    {
        if (services.All(service => service.ServiceType != typeof(ProfileStore)))
        {
            services.AddPreserveEmulation();
        }

        services.AddSingleton<ProfileDirectory>();
        services.AddSingleton<IProfileDirectory>(provider => provider.GetRequiredService<ProfileDirectory>());
        services.AddSingleton<EnvironmentBuilder>();
        services.AddSingleton<SessionMachines>();
        services.AddSingleton(provider => new BaselineFolder(Path.Combine(provider.GetRequiredService<CatalogOptions>().DataFolder, BaselineFolder.Name)));
        services.AddSingleton<EnvironmentTrial>();
        services.AddSingleton<RegressionFolders>();
        services.AddSingleton<NightWatch>();
        services.AddSingleton<BaselineReview>();
    }

    private static void AddSessions(IServiceCollection services, WorkerOptions options)
    {
        services.AddSingleton(_ => SessionFolders.Open(options.DataFolder));
        services.AddSingleton(provider => new Lazy<SessionFolders>(provider.GetRequiredService<SessionFolders>));
        services.AddSingleton(provider => new TicketSigner(TicketSecret.LoadOrCreate(options.DataFolder), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<SessionRun>();
        services.AddSingleton<SessionHost>();
        services.AddHostedService(provider => provider.GetRequiredService<SessionHost>());
        services.AddSingleton<ISessionService, SessionService>();
        services.AddSingleton(provider => new WatchLinks(
            provider.GetRequiredService<WatchLinkRegister>(),
            provider.GetRequiredService<SessionHost>(),
            provider.GetRequiredService<TicketSigner>(),
            options,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<WatchLinks>>()));
    }

    private static void AddStreaming(IHostApplicationBuilder builder)
    {
        // It logs addresses with their query, and ours holds a ticket.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        builder.Services.AddSingleton<HubGate>();
        builder.Services.AddSingleton<IHubProtocol, StrictMessagePackProtocol>();
        builder.Services.AddSignalR().AddHubOptions<SessionHub>(hub =>
        {
            hub.MaximumReceiveMessageSize = LongestMessage;
            hub.SupportedProtocols = [new StrictMessagePackProtocol().Name];
            hub.EnableDetailedErrors = false;
        });
    }
}
