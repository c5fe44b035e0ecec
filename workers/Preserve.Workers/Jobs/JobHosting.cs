using Hangfire;
using Hangfire.PostgreSql;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Preserve.Catalog.Fixity;
using Preserve.Catalog.SecondRoots;
using Preserve.Workers.Alarms;
using Preserve.Workers.Hosting;
using Preserve.Workers.Mail;
using Preserve.Workers.Preservation;
using Preserve.Workers.Regression;
using Preserve.Workers.Sessions;

namespace Preserve.Workers.Jobs;

/// <summary>
/// Adds Hangfire: in memory on one host, in PostgreSQL where several share the catalog. Jobs are idempotent and take ids; what is due is
/// said by rows of the catalog, so a queue that was lost with the process is filled again at the next look.
/// </summary>
public static class JobHosting
{
    // Boots run in sandboxes of their own: these threads mostly wait.
    private const int ConcurrentJobs = 4;

    /// <param name="services">Where to register.</param>
    /// <param name="postgreSqlConnectionString">The catalog's; null for memory.</param>
    public static void AddPreserveJobs(this IServiceCollection services, string? postgreSqlConnectionString)
    {
        services.AddHangfire(configuration =>
        {
            configuration.UseSimpleAssemblyNameTypeSerializer().UseRecommendedSerializerSettings();
            if (postgreSqlConnectionString is null)
            {
                configuration.UseInMemoryStorage();
            }
            else
            {
                configuration.UsePostgreSqlStorage(
                    connection => connection.UseNpgsqlConnection(postgreSqlConnectionString),
                    new PostgreSqlStorageOptions { UseSlidingInvisibilityTimeout = true });
            }
        });
        services.AddTransient<NightlyRun>();
        services.AddHostedService<NightSchedule>();
        services.AddSingleton<FixityAlarm>();
        services.AddSingleton<MailSender>();
        services.AddTransient<DamageMail>();
        services.AddTransient(provider => new FixityRound(
            provider.GetRequiredService<FixityChecks>(), provider.GetRequiredService<SecondRootChecks>(), provider.GetRequiredService<SessionHost>(), provider.GetRequiredService<WorkerOptions>(),
            provider.GetRequiredService<IBackgroundJobClient>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<FixityRound>>()));
        services.AddHostedService<PreservationSchedule>();
        services.AddHangfireServer(options =>
        {
            options.WorkerCount = ConcurrentJobs;
            options.ServerName = "preserve";
        });
    }
}
