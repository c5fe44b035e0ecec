using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HttpOverrides;
using Preserve.Web.Access;
using Preserve.Web.Accounts;
using Preserve.Web.Exhibits;
using Preserve.Web.Ingest;
using Preserve.Web.Oai;
using Preserve.Web.Research;
using Preserve.Web.NightWatching;
using Preserve.Web.Searching;
using Preserve.Web.Security;
using Preserve.Web.Watching;
using Preserve.Web.Staff;
using Preserve.Workers.Hosting;
using Preserve.Workers.Jobs;

namespace Preserve.Web.Hosting;

/// <summary>Registers what the service is made of.</summary>
public static class ServiceSetup
{
    public static void Add(WebApplicationBuilder builder, HostSettings settings, HostConfiguration configuration)
    {
        AddLogging(builder.Logging);
        AddPreserve(builder, settings, configuration);
        AddWeb(builder.Services, settings, configuration.Web);
        builder.Services.AddPreserveAccounts(configuration.OpenId);
        builder.Services.AddPreserveStaff();
    }

    internal static void AddLogging(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        // Standard output is for answers; the log goes to standard error.
        logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-dd HH:mm:ss ";
            console.UseUtcTimestamp = true;
        });
    }

    private static void AddPreserve(WebApplicationBuilder builder, HostSettings settings, HostConfiguration configuration)
    {
        builder.Services.AddSingleton(configuration.Alarm);
        builder.Services.AddSingleton(configuration.Mail);
        builder.Services.AddSingleton(configuration.Retention);
        builder.Services.AddPreserveArchive(configuration.Catalog, configuration.Ingest);
        builder.AddPreserveWorkers(configuration.Worker);
        if (!settings.IsWorkerOnly)
        {
            // The night's schedule and what was brought in are the serving host's.
            builder.Services.AddPreserveJobs(configuration.Catalog.PostgreSqlConnectionString);
            builder.Services.AddHostedService<QuarantineService>();
            builder.Services.AddHostedService<IndexingService>();
        }

        builder.Services.AddSingleton<FirstRun>();
        builder.Services.AddSingleton<ExhibitReader>();
        builder.Services.AddSingleton<ObjectList>();
        builder.Services.AddSingleton<WatchDoor>();
        builder.Services.AddSingleton<ViewerReader>();
        builder.Services.AddSingleton<ObjectDoor>();
        builder.Services.AddSingleton<ObjectReader>();
        builder.Services.AddSingleton<ObjectUses>();
        builder.Services.AddSingleton<SessionDoor>();
        builder.Services.AddSingleton<AccessWatch>();
        builder.Services.AddSingleton<Withdrawing>();
        builder.Services.AddSingleton<OaiReader>();
        builder.Services.AddSingleton<OaiTokens>();
        builder.Services.AddSingleton<OaiVerbs>();
        builder.Services.AddHostedService<AccessWatchTimer>();
        builder.Services.AddSingleton<RunReader>();
    }

    private static void AddWeb(IServiceCollection services, HostSettings settings, WebOptions options)
    {
        services.AddSingleton(options);
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddProblemDetails();
        services.AddOpenApi();
        services.AddRateLimiter(limiter =>
        {
            StartLimit.Configure(limiter, options);
            limiter.AddPolicy(WatchLimit.Policy, new WatchLimit(options));
        });
        services.AddResponseCompression(compression =>
        {
            // Only files without a secret in them, so that their length tells nothing.
            compression.EnableForHttps = true;
            compression.MimeTypes = ["text/css", "text/javascript", "image/svg+xml"];
        });
        services.AddDataProtection().SetApplicationName("Preserve")
            .PersistKeysToFileSystem(Directory.CreateDirectory(
                Path.Combine(settings.DataFolder, "keys"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        services.ConfigureHttpJsonOptions(json =>
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase)));
        services.Configure<ForwardedHeadersOptions>(forwarded => Trust(forwarded, options));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = false);
    }

    private static void Trust(ForwardedHeadersOptions forwarded, WebOptions options)
    {
        forwarded.ForwardedHeaders = options.TrustedProxies.Length == 0
            ? ForwardedHeaders.None
            : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        // Loopback is believed by default; here nobody is who was not named.
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        forwarded.ForwardLimit = null;
        foreach (var network in options.TrustedProxies.Select(WebOptions.ProxyNetwork).OfType<System.Net.IPNetwork>())
        {
            forwarded.KnownIPNetworks.Add(network);
        }
    }
}
