using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.PostgreSql;
using Preserve.Catalog.Sqlite;

namespace Preserve.Catalog.Tests.Engines;

/// <summary>A database engine that tests run on. Test classes are abstract and have one subclass an engine.</summary>
public abstract class TestEngine
{
    /// <summary>A fresh, migrated catalog.</summary>
    public abstract Task<TestCatalog> CreateCatalogAsync(Action<IServiceCollection>? addMore = null);

    /// <summary>Settings of a database that does not exist yet, or exists and is empty.</summary>
    public abstract Task<CatalogOptions> CreateEmptyAsync();

    public abstract void Register(IServiceCollection services, CatalogOptions options);

    protected static string CreateDataFolder() => Directory.CreateTempSubdirectory("preserve-catalog-").FullName;
}

public sealed class SqliteEngine : TestEngine
{
    public override async Task<TestCatalog> CreateCatalogAsync(Action<IServiceCollection>? addMore = null)
    {
        var options = await CreateEmptyAsync();
        return await TestCatalog.CreateAsync(options, services => Register(services, options), addMore ?? (_ => { }), CloseAsync);
    }

    public override Task<CatalogOptions> CreateEmptyAsync() => Task.FromResult(new CatalogOptions { DataFolder = CreateDataFolder() });

    public override void Register(IServiceCollection services, CatalogOptions options) => services.AddPreserveCatalogSqlite(options);

    // Closed files only: pools of other tests' databases are cleared as well, which merely makes them open again.
    private static Task CloseAsync()
    {
        SqliteConnection.ClearAllPools();
        return Task.CompletedTask;
    }
}

public sealed class PostgreSqlEngine(PostgreSqlCluster cluster) : TestEngine
{
    public override async Task<TestCatalog> CreateCatalogAsync(Action<IServiceCollection>? addMore = null)
    {
        var options = await CreateEmptyAsync();
        return await TestCatalog.CreateAsync(
            options,
            services => Register(services, options),
            addMore ?? (_ => { }),
            () => cluster.DropDatabaseAsync(options.PostgreSqlConnectionString!));
    }

    public override async Task<CatalogOptions> CreateEmptyAsync() => new()
    {
        PostgreSqlConnectionString = await cluster.CreateDatabaseAsync(),
        DataFolder = CreateDataFolder(),
    };

    public override void Register(IServiceCollection services, CatalogOptions options) => services.AddPreserveCatalogPostgreSql(options);
}
