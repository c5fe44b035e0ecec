using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Database;
using Preserve.Catalog.Tests.Engines;

namespace Preserve.Catalog.Tests.Database;

public abstract class MigrationTests(TestEngine engine)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task The_committed_migrations_make_the_whole_model()
    {
        await using var catalog = await engine.CreateCatalogAsync();
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);

        Assert.False(context.Database.HasPendingModelChanges());
        Assert.Empty(await context.Database.GetPendingMigrationsAsync(Cancellation));
        Assert.False(await context.Exhibits.AnyAsync(Cancellation));
    }

    [Fact(Timeout = 60_000)]
    public async Task Services_that_start_together_migrate_once_and_none_fails()
    {
        var options = await engine.CreateEmptyAsync();
        async Task StartOneAsync()
        {
            var services = new ServiceCollection().AddLogging();
            engine.Register(services, options);
            await using var provider = services.BuildServiceProvider();
            await provider.GetRequiredService<CatalogMigrator>().MigrateAsync(Cancellation);
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(StartOneAsync, Cancellation)));
        Directory.Delete(options.DataFolder, recursive: true);
    }
}

public sealed class MigrationTestsOnSqlite() : MigrationTests(new SqliteEngine())
{
    [Fact(Timeout = 60_000)]
    public async Task A_lock_row_left_by_a_killed_process_does_not_block_the_next_start()
    {
        await using var catalog = await new SqliteEngine().CreateCatalogAsync();
        await using var context = await catalog.Contexts.CreateDbContextAsync(TestContext.Current.CancellationToken);
        await context.Database.ExecuteSqlRawAsync(
            """
            CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL);
            INSERT INTO "__EFMigrationsLock" ("Id", "Timestamp") VALUES (1, '2020-01-01 00:00:00');
            """,
            TestContext.Current.CancellationToken);

        await catalog.Get<CatalogMigrator>().MigrateAsync(TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_database_file_is_for_its_owner_alone_and_in_WAL_mode()
    {
        await using var catalog = await new SqliteEngine().CreateCatalogAsync();
        await using var context = await catalog.Contexts.CreateDbContextAsync(TestContext.Current.CancellationToken);

        var mode = await context.Database.SqlQueryRaw<string>("SELECT journal_mode AS \"Value\" FROM pragma_journal_mode")
            .SingleAsync(TestContext.Current.CancellationToken);

        Assert.Equal("wal", mode);
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite,
            File.GetUnixFileMode(Path.Combine(catalog.Options.DataFolder, "catalog.db")));
    }
}

public sealed class MigrationTestsOnPostgreSql(PostgreSqlCluster cluster) : MigrationTests(new PostgreSqlEngine(cluster));
