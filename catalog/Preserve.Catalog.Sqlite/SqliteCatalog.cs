using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Database;
using Preserve.Catalog.Search;

namespace Preserve.Catalog.Sqlite;

/// <summary>The catalog in SQLite: one file, <c>catalog.db</c> in the data folder, for one host.</summary>
public static class SqliteCatalog
{
    // Long enough for any of our transactions, which do nothing slow; a command that waits longer fails.
    private const int BusyTimeoutInSeconds = 30;

    /// <summary>Registers the catalog with SQLite behind it.</summary>
    public static IServiceCollection AddPreserveCatalogSqlite(this IServiceCollection services, CatalogOptions options)
    {
        services.AddPreserveCatalog(options, builder => Use(builder, DatabasePath(options)));
        services.AddSingleton<IMigrationLock, SqliteMigrationLock>();
        services.AddSingleton<ISearchText, SqliteSearchText>();
        return services;
    }

    internal static string DatabasePath(CatalogOptions options) => Path.Combine(options.DataFolder, "catalog.db");

    internal static void Use(DbContextOptionsBuilder builder, string databasePath)
    {
        var connection = new SqliteConnectionStringBuilder
        {
            DataSource = databasePath,
            ForeignKeys = true,
            DefaultTimeout = BusyTimeoutInSeconds,
        };
        builder
            .UseSqlite(connection.ToString(), sqlite => sqlite.MigrationsAssembly(typeof(SqliteCatalog).Assembly.GetName().Name))
            .AddInterceptors(new SqliteConnectionSettings(BusyTimeoutInSeconds));
    }
}
