using Preserve.Catalog;
using Preserve.Catalog.Ingest;
using Preserve.Web.Accounts;
using Preserve.Workers.Hosting;

namespace Preserve.Web.Hosting;

/// <summary>Every option of the service, read once and checked as a whole.</summary>
public sealed record HostConfiguration(WebOptions Web, CatalogOptions Catalog, WorkerOptions Worker, OpenIdOptions OpenId, IngestOptions Ingest)
{
    /// <exception cref="InvalidConfigurationException">Names every problem there is.</exception>
    public static HostConfiguration Read(HostSettings settings, IConfiguration configuration)
    {
        var problems = new List<string>();
        var web = Bind(configuration, WebOptions.Section, new WebOptions(), problems);
        var catalog = Bind(configuration, "Preserve:Catalog", new CatalogOptions { DataFolder = settings.DataFolder }, problems);
        var worker = Bind(configuration, "Preserve:Worker", new WorkerOptions { DataFolder = settings.DataFolder }, problems);
        var openId = Bind(configuration, OpenIdOptions.Section, new OpenIdOptions(), problems);
        problems.AddRange(web.Problems());
        var ingest = Bind(configuration, IngestOptions.Section, new IngestOptions(), problems);
        problems.AddRange(openId.Problems());
        problems.AddRange(ingest.Problems());
        problems.AddRange((worker with { AllowedOrigins = [] }).FindProblems());
        problems.AddRange(ServerSetup.Problems(settings));
        if (catalog.SecondStorageFolder is { } second && !Path.IsPathFullyQualified(second))
        {
            problems.Add($"The second storage root '{second}' (Preserve:Catalog:SecondStorageFolder) is not an absolute path.");
        }

        if (settings.IsWorkerOnly && catalog.PostgreSqlConnectionString is null)
        {
            problems.Add("A worker alone needs a catalog that several hosts share. Set Preserve:Catalog:PostgreSqlConnectionString "
                + "(PRESERVE__CATALOG__POSTGRESQLCONNECTIONSTRING), or use 'run', which has a worker inside.");
        }

        return problems.Count > 0
            ? throw new InvalidConfigurationException(problems)
            : new HostConfiguration(
                web,
                // The command line has the last word on where things are kept.
                catalog with { DataFolder = settings.DataFolder },
                worker with { DataFolder = settings.DataFolder, AllowedOrigins = web.AllowedOrigins },
                openId,
                ingest);
    }

    private static T Bind<T>(IConfiguration configuration, string section, T options, List<string> problems)
        where T : class
    {
        try
        {
            configuration.GetSection(section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException problem)
        {
            problems.Add($"{section}: {problem.InnerException?.Message ?? problem.Message}");
        }

        return options;
    }
}
