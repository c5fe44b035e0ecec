using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Preserve.Catalog.Database;

namespace Preserve.Catalog.Tests.Engines;

/// <summary>A migrated catalog of one test: its own database, its own data folder, both gone afterwards.</summary>
public sealed class TestCatalog : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly Func<Task> _dropDatabase;

    private TestCatalog(ServiceProvider services, CatalogOptions options, FakeTimeProvider time, Func<Task> dropDatabase)
    {
        _services = services;
        _dropDatabase = dropDatabase;
        Options = options;
        Time = time;
    }

    public CatalogOptions Options { get; }

    public FakeTimeProvider Time { get; }

    public IDbContextFactory<CatalogContext> Contexts => Get<IDbContextFactory<CatalogContext>>();

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <param name="options">Where it is kept.</param>
    /// <param name="addEngine">Registers the catalog with one engine.</param>
    /// <param name="addMore">What the test replaces or adds.</param>
    /// <param name="dropDatabase">Run last.</param>
    public static async Task<TestCatalog> CreateAsync(
        CatalogOptions options, Action<IServiceCollection> addEngine, Action<IServiceCollection> addMore, Func<Task> dropDatabase)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(time);
        addEngine(services);
        addMore(services);
        var catalog = new TestCatalog(services.BuildServiceProvider(), options, time, dropDatabase);
        await catalog.Get<CatalogMigrator>().MigrateAsync(TestContext.Current.CancellationToken);
        return catalog;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _dropDatabase();
        Directory.Delete(Options.DataFolder, recursive: true);
    }
}
