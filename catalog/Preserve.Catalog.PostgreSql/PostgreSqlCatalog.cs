using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Database;
using Preserve.Catalog.Search;

namespace Preserve.Catalog.PostgreSql;

/// <summary>The catalog in PostgreSQL, where several hosts share it.</summary>
public static class PostgreSqlCatalog
{
    /// <summary>Registers the catalog with PostgreSQL behind it.</summary>
    /// <exception cref="ArgumentException">The options name no connection string.</exception>
    public static IServiceCollection AddPreserveCatalogPostgreSql(this IServiceCollection services, CatalogOptions options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(options.PostgreSqlConnectionString);
        services.AddPreserveCatalog(options, builder => Use(builder, options.PostgreSqlConnectionString));
        services.AddSingleton<IMigrationLock, PostgreSqlMigrationLock>();
        services.AddSingleton<ISearchText, PostgreSqlSearchText>();
        return services;
    }

    internal static void Use(DbContextOptionsBuilder builder, string connectionString) =>
        builder.UseNpgsql(
            connectionString,
            postgres => postgres.MigrationsAssembly(typeof(PostgreSqlCatalog).Assembly.GetName().Name));
}
