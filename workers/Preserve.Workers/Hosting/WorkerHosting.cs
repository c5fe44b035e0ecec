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
using Preserve.Catalog.Examinations;
using Preserve.Catalog.Proofs;
using Preserve.Catalog.Sessions;
using Preserve.Emulation;
using Preserve.Emulation.Profiles;
using Preserve.Regression.Baselines;
using Preserve.Workers.Background;
using Preserve.Workers.Examinations;
using Preserve.Workers.Machines;
using Preserve.Workers.Posters;
using Preserve.Workers.Preservation;
using Preserve.Workers.Regression;
using Preserve.Workers.Proofs;
using Preserve.Workers.Sessions;
using Preserve.Workers.Snapshots;
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
        builder.Services.AddSingleton<IVisitors>(provider => provider.GetRequiredService<SessionHost>());
        builder.Services.AddSingleton<MachineReadiness>();
        AddBackgroundBoots(builder.Services);
        if (options.MakesPosters)
        {
            builder.Services.AddSingleton<PosterMaker>();
            builder.Services.AddHostedService<PosterService>();
            if (options.PreparesSnapshots)
            {
                builder.Services.AddHostedService<SnapshotService>();
            }
        }

        if (options.RehearsesStream)
        {
            builder.Services.AddHostedService<StreamRehearsal>();
        }

        if (options.BootsProofs)
        {
            builder.Services.AddHostedService<ProofService>();
        }

        if (options.KeepsStorage)
        {
            builder.Services.AddHostedService<PreservationService>();
        }

        if (options.ExaminesMedia)
        {
            builder.Services.AddSingleton<Examiner>();
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

    /// <summary>
    /// What a verb needs to do a worker's background work where no service runs: the examination of media, proof boots. The host has
    /// added catalog and emulation, and holds the lock of the data folder while it uses them.
    /// </summary>
    public static IServiceCollection AddPreserveBackgroundWork(this IServiceCollection services, string dataFolder)
    {
        services.AddSingleton<EnvironmentBuilder>();
        services.AddSingleton(_ => SessionFolders.Open(dataFolder));
        services.AddSingleton<IVisitors, NoVisitors>();
        AddBackgroundBoots(services);
        services.AddSingleton<Examiner>();
        services.AddSingleton(provider => new BackgroundWork(
            provider.GetRequiredService<Examiner>(), provider.GetRequiredService<ProofDesk>(),
            provider.GetRequiredService<ExaminationClaims>(), provider.GetRequiredService<ProofClaims>()));
        return services;
    }

    private static void AddBackgroundBoots(IServiceCollection services)
    {
        services.AddSingleton<BackgroundTurn>();
        services.AddSingleton<BackgroundBoot>();
        services.AddSingleton<ProofMaker>();
        services.AddSingleton<ProofDesk>();
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
        services.AddSingleton<SnapshotShelf>();
        services.AddSingleton<SnapshotMaker>();
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
        services.AddSingleton<DraftKeeper>();
        services.AddSingleton<SessionRun>();
        services.AddSingleton<SessionHost>();
        services.AddHostedService(provider => provider.GetRequiredService<SessionHost>());
        services.AddSingleton<ISessionService, SessionService>();
        services.AddSingleton<DraftSessions>();
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
