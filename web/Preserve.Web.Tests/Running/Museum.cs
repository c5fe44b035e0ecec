using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Preserve.Catalog;
using Preserve.Catalog.Database;
using Preserve.Web.Access;
using Preserve.Web.Hosting;
using Preserve.Web.Searching;
using Preserve.Workers.Sessions;

namespace Preserve.Web.Tests.Running;

/// <summary>The service on a real Kestrel with a port of its own and a data folder that goes with it. Sessions are answered by <see cref="FakeSessions"/>.</summary>
public sealed class Museum : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TemporaryFolder _data;

    private Museum(WebApplication app, TemporaryFolder data)
    {
        _app = app;
        _data = data;
        Address = new Uri(PreserveHost.Addresses(app).Single());
        Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(30) };
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public FakeSessions Sessions => (FakeSessions)_app.Services.GetRequiredService<ISessionService>();

    public IServiceProvider Services => _app.Services;

    public static Task<Museum> OpenAsync(params (string Key, string Value)[] configuration) => OpenAsync(_ => { }, configuration);

    public static async Task<Museum> OpenAsync(Action<IServiceCollection> replaceServices, params (string Key, string Value)[] configuration)
    {
        var data = new TemporaryFolder();
        var settings = new HostSettings
        {
            DataFolder = data.Path,
            Urls = "http://127.0.0.1:0",
            Overrides = configuration.Append(("Preserve:Worker:MakesPosters", "false")).Append(("Preserve:Worker:ExaminesMedia", "false")).Append(("Preserve:Worker:RehearsesStream", "false"))
                .Append(("Preserve:Worker:BootsProofs", "false"))
                .ToDictionary(pair => pair.Item1, pair => (string?)pair.Item2),
        };
        var app = PreserveHost.Build(settings, services =>
        {
            services.Replace(ServiceDescriptor.Singleton<ISessionService>(new FakeSessions()));
            // Tests decide themselves when running sessions are held against the rules.
            services.Remove(services.Single(service => service.ImplementationType == typeof(AccessWatchTimer)));
            // A search indexes what is due by itself; a second writer would only come in its way.
            services.Remove(services.Single(service => service.ImplementationType == typeof(IndexingService)));
            replaceServices(services);
        });
        await app.Services.GetRequiredService<CatalogMigrator>().MigrateAsync(CancellationToken.None);
        await app.StartAsync();
        return new Museum(app, data);
    }

    public async Task ChangeCatalogAsync(Action<CatalogContext> change)
    {
        await using var context = await Services.GetRequiredService<IDbContextFactory<CatalogContext>>().CreateDbContextAsync();
        change(context);
        await context.SaveChangesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _data.Dispose();
    }
}
