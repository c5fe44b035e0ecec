using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Preserve.Catalog;
using Preserve.Catalog.Database;
using Preserve.Catalog.Import;
using Preserve.Catalog.Probing;
using Preserve.Catalog.Sessions;
using Preserve.Catalog.Sqlite;
using Preserve.Sandbox;
using Preserve.Workers.Hosting;
using Preserve.Workers.Sessions;
using Preserve.Workers.Starter;

namespace Preserve.Workers.Tests.Running;

/// <summary>A whole worker on a real server with a real catalog, holding the starter archive.</summary>
public sealed class Worker : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Worker(WebApplication app, string dataFolder, Uri address, CapturedLog log) =>
        (_app, DataFolder, Address, Log) = (app, dataFolder, address, log);

    public string DataFolder { get; }

    public Uri Address { get; }

    public CapturedLog Log { get; }

    public IServiceProvider Services => _app.Services;

    public ISessionService Sessions => Services.GetRequiredService<ISessionService>();

    public string RunFolder => Services.GetRequiredService<SessionFolders>().Root;

    /// <summary>Skips the test, or fails it in CI, where nothing can be sandboxed here.</summary>
    public static async Task<Worker> StartAsync(string dataFolder, Func<WorkerOptions, WorkerOptions>? change = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        var log = new CapturedLog();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(ProbeProgram.Of(Path.Combine(AppContext.BaseDirectory, "Preserve.Catalog.Tests.Host")));
        builder.Services.AddPreserveCatalogSqlite(new CatalogOptions { DataFolder = dataFolder });
        var options = new WorkerOptions { DataFolder = dataFolder, MakesPosters = false, ExaminesMedia = false, RehearsesStream = false, BootsProofs = false, PreparesSnapshots = false };
        builder.AddPreserveWorkers(change is null ? options : change(options));
        var app = builder.Build();
        app.MapPreserveWorkers();
        await SkipWithoutSandboxAsync(app.Services);
        await app.Services.GetRequiredService<CatalogMigrator>().MigrateAsync(CancellationToken.None);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new Worker(app, dataFolder, new Uri(address), log);
    }

    /// <summary>Imports some objects of the starter archive.</summary>
    public async Task ImportAsync(params string[] objects)
    {
        var folder = Directory.CreateTempSubdirectory("preserve-starter-").FullName;
        try
        {
            await StarterArchive.BuildAsync(folder, CancellationToken.None);
            var path = Path.Combine(folder, "archive.json");
            var manifest = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
            manifest["objects"]!.AsArray().RemoveAll(item => !objects.Contains((string)item!["id"]!));
            await File.WriteAllTextAsync(path, manifest.ToJsonString());
            var result = await Services.GetRequiredService<ArchiveImporter>().ImportAsync(folder, null, CancellationToken.None);
            Assert.Empty(result.Problems);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public Task<SessionStart> AskAsync(string environment, TimeSpan? timeLimit = null) => Sessions.StartAsync(
        new SessionRequest([environment], SessionPurpose.Visit, null, null, timeLimit ?? TimeSpan.FromMinutes(10)),
        TestContext.Current.CancellationToken);

    /// <summary>What is on the first machine's screen, once it says something.</summary>
    public async Task<string> ReadUntilAsync(Guid id, string words)
    {
        var last = "";
        await Waiting.UntilAsync(async () =>
        {
            last = string.Join(' ', (await Sessions.ReadTextAsync(id, 0, CancellationToken.None)).Screen?.Lines ?? []);
            return last.Contains(words, StringComparison.Ordinal);
        }, $"'{words}' on the screen", () => last);
        return last;
    }

    /// <summary>Starts a session that must be admitted.</summary>
    public async Task<StartedSession> BeginAsync(string environment)
    {
        var start = await AskAsync(environment);
        Assert.True(start.Session is not null, $"{start.Outcome}: {start.Message}");
        return start.Session;
    }

    public async Task<SessionView> ViewAsync(Guid id) => (await Sessions.FindAsync(id, CancellationToken.None))!;

    public async Task<SessionView> WaitForAsync(Guid id, SessionState state)
    {
        await Waiting.UntilAsync(async () => (await ViewAsync(id)).State >= state, $"the session to be {state}");
        return await ViewAsync(id);
    }

    public async Task<T> QueryAsync<T>(Func<CatalogContext, Task<T>> query)
    {
        await using var context = await Services.GetRequiredService<IDbContextFactory<CatalogContext>>().CreateDbContextAsync();
        return await query(context);
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
    }

    private static async Task SkipWithoutSandboxAsync(IServiceProvider services)
    {
        var prevents = (await services.GetRequiredService<ISandbox>().CheckAsync(CancellationToken.None)).FirstOrDefault(finding => finding.Prevents);
        if (prevents is not null)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", prevents.Text);
            Assert.Fail(prevents.Text);
        }
    }
}
