using Preserve.Catalog;
using Preserve.Catalog.Database;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Ingest;
using Preserve.Catalog.PostgreSql;
using Preserve.Catalog.Sqlite;
using Preserve.Emulation;
using Preserve.Web.CommandLine;
using Preserve.Workers.Hosting;
using Preserve.Workers.Machines;

namespace Preserve.Web.Hosting;

/// <summary>Catalog, sandbox and profiles without a server: what a verb needs that works on the data folder, perhaps beside the service.</summary>
public static class CatalogHost
{
    /// <summary>Registers them. The service itself is built on the same.</summary>
    public static IServiceCollection AddPreserveArchive(this IServiceCollection services, CatalogOptions options, IngestOptions ingest)
    {
        services.AddSingleton(ingest);
        if (options.PostgreSqlConnectionString is null)
        {
            services.AddPreserveCatalogSqlite(options);
        }
        else
        {
            services.AddPreserveCatalogPostgreSql(options);
        }

        services.AddPreserveEmulation(EmulatorHost.Options(options.DataFolder));
        services.AddSingleton<ProfileDirectory>();
        services.AddSingleton<IProfileDirectory>(provider => provider.GetRequiredService<ProfileDirectory>());
        services.AddSingleton<CatalogPreparation>();
        services.AddSingleton<StarterSeed>();
        return services;
    }

    /// <summary>The services of a verb, with the catalog brought up to date.</summary>
    /// <exception cref="InvalidConfigurationException">The configuration cannot be used.</exception>
    public static Task<ServiceProvider> OpenAsync(string dataFolder, CancellationToken cancellationToken) => OpenAsync(dataFolder, null, cancellationToken);

    /// <summary>The same with services that are taken instead of the usual ones.</summary>
    public static async Task<ServiceProvider> OpenAsync(string dataFolder, Action<IServiceCollection>? before, CancellationToken cancellationToken)
    {
        var services = Services(dataFolder, before);
        DataFolder.Make(dataFolder);
        await services.GetRequiredService<CatalogPreparation>().PrepareAsync(cancellationToken);
        return services;
    }

    /// <summary>The services of a verb that has nothing to do where nothing was ever kept: a misspelt folder is told and not made.</summary>
    /// <exception cref="InvalidConfigurationException">The configuration cannot be used, or the folder holds no catalog.</exception>
    public static Task<ServiceProvider> OpenExistingAsync(string dataFolder, CancellationToken cancellationToken) =>
        Directory.Exists(dataFolder) && Directory.EnumerateFileSystemEntries(dataFolder).Any()
            ? OpenAsync(dataFolder, cancellationToken)
            : throw new InvalidConfigurationException([$"--data: nothing is kept in {dataFolder}. Name the service's data folder with --data or {DataFolder.Variable}."]);

    /// <summary>Where a data folder's rows and bytes are kept; nothing is made or touched.</summary>
    /// <exception cref="InvalidConfigurationException">The configuration cannot be used.</exception>
    public static CatalogOptions Options(string dataFolder) => HostConfiguration.Read(new HostSettings { DataFolder = dataFolder }, Configuration()).Catalog;

    private static IConfigurationRoot Configuration() =>
        new ConfigurationBuilder().SetBasePath(AppContext.BaseDirectory).AddJsonFile("appsettings.json").AddEnvironmentVariables().Build();

    /// <summary>The services of a verb that needs no catalog: nothing is made or touched.</summary>
    /// <exception cref="InvalidConfigurationException">The configuration cannot be used.</exception>
    public static ServiceProvider Services(string dataFolder, Action<IServiceCollection>? before = null)
    {
        var configuration = Configuration();
        var read = HostConfiguration.Read(new HostSettings { DataFolder = dataFolder }, configuration);
        var services = new ServiceCollection();
        before?.Invoke(services);
        return services
            .AddLogging(logging => ServiceSetup.AddLogging(logging.AddConfiguration(configuration.GetSection("Logging")).AddFilter("Preserve.Emulation", LogLevel.Warning)))
            .AddPreserveArchive(read.Catalog, read.Ingest)
            .AddPreserveBackgroundWork(dataFolder)
            .BuildServiceProvider();
    }
}

/// <summary>Brings the catalog to where this version can use it: tables, machine profiles. Any process may do it, at any time.</summary>
public sealed class CatalogPreparation(CatalogOptions options, CatalogMigrator migrator, ProfileDirectory profiles, ProfileRegister register)
{
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.DataFolder);
        await migrator.MigrateAsync(cancellationToken);
        await register.UpsertAsync(profiles.All, cancellationToken);
    }
}
