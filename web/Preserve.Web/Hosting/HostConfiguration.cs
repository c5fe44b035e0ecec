using Preserve.Catalog;
using Preserve.Catalog.Ingest;
using Preserve.Catalog.Retention;
using Preserve.Sandbox;
using Preserve.Web.Accounts;
using Preserve.Workers.Alarms;
using Preserve.Workers.Hosting;
using Preserve.Workers.Mail;

namespace Preserve.Web.Hosting;

/// <summary>Every option of the service, read once and checked as a whole.</summary>
public sealed record HostConfiguration(WebOptions Web, CatalogOptions Catalog, WorkerOptions Worker, OpenIdOptions OpenId, IngestOptions Ingest,
    AlarmOptions Alarm, MailOptions Mail, RetentionOptions Retention)
{
    /// <exception cref="InvalidConfigurationException">Names every problem there is.</exception>
    public static HostConfiguration Read(HostSettings settings, IConfiguration configuration)
    {
        var problems = new List<string>();
        var web = Bind(configuration, WebOptions.Section, new WebOptions(), problems);
        var catalog = Bind(configuration, "Preserve:Catalog", new CatalogOptions { DataFolder = settings.DataFolder }, problems);
        var worker = Bind(configuration, "Preserve:Worker", new WorkerOptions { DataFolder = settings.DataFolder }, problems);
        var openId = Bind(configuration, OpenIdOptions.Section, new OpenIdOptions(), problems);
        var ingest = Bind(configuration, IngestOptions.Section, new IngestOptions(), problems);
        var alarm = Bind(configuration, AlarmOptions.Section, new AlarmOptions(), problems);
        var mail = Bind(configuration, MailOptions.Section, new MailOptions(), problems);
        var retention = Bind(configuration, RetentionOptions.Section, new RetentionOptions(), problems);
        string[] sections =
        [
            WebOptions.Section, "Preserve:Catalog", "Preserve:Worker", OpenIdOptions.Section, IngestOptions.Section, AlarmOptions.Section, MailOptions.Section,
            RetentionOptions.Section,
        ];
        problems.AddRange(Unknown(configuration, "Preserve", name => sections.Contains($"Preserve:{name}", StringComparer.OrdinalIgnoreCase)));
        problems.AddRange(web.Problems());
        problems.AddRange(openId.Problems());
        problems.AddRange(ingest.Problems());
        problems.AddRange(alarm.Problems());
        problems.AddRange(mail.Problems());
        problems.AddRange(retention.Problems());
        problems.AddRange((worker with { AllowedOrigins = [] }).FindProblems());
        problems.AddRange(ServerSetup.Problems(settings));
        if (catalog.SecondStorageFolder is { } second && !Path.IsPathFullyQualified(second))
        {
            problems.Add($"The second storage root '{second}' (Preserve:Catalog:SecondStorageFolder) is not an absolute path.");
        }

        problems.AddRange(SharingProblems(settings, catalog, worker));

        return problems.Count > 0
            ? throw new InvalidConfigurationException(problems)
            : new HostConfiguration(
                web,
                // The command line has the last word on where things are kept.
                catalog with { DataFolder = settings.DataFolder },
                (settings.IsWorkerOnly ? BackgroundOnly(worker) : worker) with { DataFolder = settings.DataFolder, AllowedOrigins = web.AllowedOrigins },
                openId,
                ingest,
                alarm,
                mail,
                retention);
    }

    // The host that serves keeps storage, rehearses its own streams, and watches at night against its own baselines.
    private static WorkerOptions BackgroundOnly(WorkerOptions worker) => worker with { KeepsStorage = false, RehearsesStream = false, WatchesAtNight = false };

    private static IEnumerable<string> SharingProblems(HostSettings settings, CatalogOptions catalog, WorkerOptions worker)
    {
        if (catalog.SharedFolder is { } shared)
        {
            if (!Path.IsPathFullyQualified(shared) || !Directory.Exists(shared))
            {
                yield return $"The shared folder '{shared}' (Preserve:Catalog:SharedFolder) is not the absolute path of a folder.";
            }
            else if (SandboxReach.FindUnreachable(shared, new SandboxOptions()) is { } unreachable && SandboxReach.FindUnreachable("/", new SandboxOptions()) is null)
            {
                yield return $"The shared folder {shared} (Preserve:Catalog:SharedFolder): {unreachable}";
            }
        }
        else if (settings.IsWorkerOnly)
        {
            yield return "A worker alone reads and writes what several hosts share. Set Preserve:Catalog:SharedFolder (PRESERVE__CATALOG__SHAREDFOLDER), here and where 'run' serves.";
        }

        if (settings.IsWorkerOnly && catalog.PostgreSqlConnectionString is null)
        {
            yield return "A worker alone needs a catalog that several hosts share. Set Preserve:Catalog:PostgreSqlConnectionString "
                + "(PRESERVE__CATALOG__POSTGRESQLCONNECTIONSTRING), or use 'run', which has a worker inside.";
        }

        // What a worker left behind is put back by its name when it starts again.
        if (settings.IsWorkerOnly && worker.Name == WorkerOptions.DefaultName)
        {
            yield return "A worker alone needs a name that no other host has. Set Preserve:Worker:Name (PRESERVE__WORKER__NAME).";
        }
    }

    private static IEnumerable<string> Unknown(IConfiguration configuration, string section, Func<string, bool> isKnown) =>
        configuration.GetSection(section).GetChildren().Where(child => !isKnown(child.Key)).Select(child =>
            $"There is no setting {section}:{child.Key}. docs/operations.md lists what there is.");

    private static T Bind<T>(IConfiguration configuration, string section, T options, List<string> problems)
        where T : class
    {
        var unknown = Unknown(configuration, section, name => typeof(T).GetProperties().Any(property => property.CanWrite && property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))).ToList();
        problems.AddRange(unknown);
        try
        {
            // What lies deeper than a section's own names is the binder's to judge.
            configuration.GetSection(section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = unknown.Count == 0);
        }
        catch (InvalidOperationException problem)
        {
            problems.Add($"{section}: {problem.InnerException?.Message ?? problem.Message}");
        }

        return options;
    }
}
