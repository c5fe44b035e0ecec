using System.Net;
using Preserve.Catalog.Tests.Engines;
using Preserve.Web.CommandLine;
using Preserve.Web.Tests.Running;

namespace Preserve.Web.Tests.CommandLine;

/// <summary>Two hosts as two processes, with one PostgreSQL and one folder between them.</summary>
public sealed class WorkerVerbTests(PostgreSqlCluster cluster)
{
    private const int Limit = 240_000;

    [Fact(Timeout = Limit)]
    public async Task A_worker_on_another_host_makes_the_posters_that_the_serving_host_shows()
    {
        var database = await cluster.CreateDatabaseAsync();
        using var shared = new TemporaryFolder();
        using var serving = new TemporaryFolder();
        using var working = new TemporaryFolder();
        using var archive = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(serving.Path, "starter-archive.seen"), "Not for this test.", TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(archive.Path, "disk.img"), new byte[512], TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(archive.Path, "archive.json"), VerbTests.Manifest, TestContext.Current.CancellationToken);
        var environment = Shared(database, shared);
        string[] off = ["MAKESPOSTERS", "EXAMINESMEDIA", "BOOTSPROOFS", "REHEARSESSTREAM", "WATCHESATNIGHT"];
        await using var service = PreserveProcess.Start(
            environment.Concat(off.Select(name => KeyValuePair.Create($"PRESERVE__WORKER__{name}", "false"))).ToDictionary(),
            "run", "--urls", "http://127.0.0.1:0", "--data", serving.Path);
        var address = await service.AddressAsync();
        await using var import = PreserveProcess.Start(environment, "import", archive.Path, "--data", serving.Path);
        Assert.Equal(ExitCode.Done, await import.EndAsync());
        using var client = new HttpClient { BaseAddress = address };
        Assert.Equal(HttpStatusCode.NotFound, await PosterAsync(client));

        await using var worker = PreserveProcess.Start(
            environment.Append(KeyValuePair.Create("PRESERVE__WORKER__NAME", "second")).ToDictionary(),
            "worker", "--urls", "http://127.0.0.1:0", "--data", working.Path);
        await worker.AddressAsync();

        while (await PosterAsync(client) != HttpStatusCode.OK)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken);
        }

        Assert.False(Directory.Exists(Path.Combine(working.Path, "storage")));
    }

    [Fact(Timeout = Limit)]
    public async Task A_worker_alone_is_told_all_it_lacks_at_once()
    {
        using var data = new TemporaryFolder();

        var (exitCode, _, errors) = await PreserveProcess.RunAsync("worker", "--data", data.Path);

        Assert.Equal(ExitCode.Usage, exitCode);
        Assert.Contains("PRESERVE__CATALOG__POSTGRESQLCONNECTIONSTRING", errors, StringComparison.Ordinal);
        Assert.Contains("PRESERVE__CATALOG__SHAREDFOLDER", errors, StringComparison.Ordinal);
        Assert.Contains("PRESERVE__WORKER__NAME", errors, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Shared(string database, TemporaryFolder folder) => new()
    {
        ["PRESERVE__CATALOG__POSTGRESQLCONNECTIONSTRING"] = database,
        ["PRESERVE__CATALOG__SHAREDFOLDER"] = folder.Path,
    };

    private static async Task<HttpStatusCode> PosterAsync(HttpClient client)
    {
        using var answer = await client.GetAsync(new Uri("/exhibits/nothing-much/poster.png", UriKind.Relative), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
