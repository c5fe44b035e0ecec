using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Preserve.Web.BrowserTests.Running;

namespace Preserve.Web.BrowserTests;

public sealed class KilledServiceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact(Timeout = 180_000)]
    public async Task A_service_killed_amid_four_sessions_leaves_nothing_and_tells_the_truth_afterwards()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var service = await RunningService.StartAsync();
        var sessions = new List<(string Id, string Key)>();
        using (var client = new HttpClient { BaseAddress = service.Address })
        {
            for (var i = 0; i < 4; i++)
            {
                sessions.Add(await StartAsync(client, "echo", cancellationToken));
            }

            await UntilAsync(() => service.Emulators().Count >= 4, "four emulators run", cancellationToken);
        }

        var folders = FoldersOf(service.DataFolder);
        var processes = ProcessTree.Below(service.ProcessId);
        await service.KillAsync();
        await UntilAsync(() => processes.All(id => !Directory.Exists($"/proc/{id}")), "every process of the killed service is gone", cancellationToken);

        await using var again = await RunningService.StartAsync(service.DataFolder);
        using var next = new HttpClient { BaseAddress = again.Address };
        foreach (var (id, key) in sessions)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/sessions/{id}");
            request.Headers.Authorization = new("Bearer", key);
            using var answer = await next.SendAsync(request, cancellationToken);
            var session = await answer.Content.ReadFromJsonAsync<JsonObject>(cancellationToken);
            Assert.Equal("ended", (string?)session!["state"]);
            Assert.Equal("serviceStopped", (string?)session["reason"]);
        }

        Assert.NotEmpty(folders);
        await UntilAsync(() => !folders.Intersect(FoldersOf(again.DataFolder)).Any(), "the killed sessions' folders are gone", cancellationToken);
    }

    [Fact(Timeout = 180_000)]
    public async Task Twenty_sessions_started_and_ended_leave_no_process_and_no_folder()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var service = await RunningService.StartAsync();
        using var client = new HttpClient { BaseAddress = service.Address };
        for (var round = 0; round < 5; round++)
        {
            var sessions = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => StartAsync(client, "echo", cancellationToken)));
            foreach (var (id, key) in sessions)
            {
                using var request = new HttpRequestMessage(HttpMethod.Delete, $"/api/sessions/{id}");
                request.Headers.Authorization = new("Bearer", key);
                using var answer = await client.SendAsync(request, cancellationToken);
                Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}");
            }
        }

        await UntilAsync(() => service.Emulators().Count == 0, "no session's emulator is left", cancellationToken);
        await service.StopAsync();
        Assert.Empty(ProcessTree.Naming(service.DataFolder));
        Assert.Empty(FoldersOf(service.DataFolder));
    }

    private static List<string> FoldersOf(string data)
    {
        var run = Path.Combine(data, "run");
        return Directory.Exists(run) ? Directory.EnumerateDirectories(run).ToList() : [];
    }

    private static async Task<(string Id, string Key)> StartAsync(HttpClient client, string exhibit, CancellationToken cancellationToken)
    {
        using var answer = await client.PostAsync(new Uri($"/api/exhibits/{exhibit}/sessions", UriKind.Relative), null, cancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.Created, answer.StatusCode);
        var session = await answer.Content.ReadFromJsonAsync<JsonObject>(cancellationToken);
        return ((string)session!["id"]!, (string)session["key"]!);
    }

    private static async Task UntilAsync(Func<bool> condition, string what, CancellationToken cancellationToken)
    {
        var waited = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(waited) < Patience, $"Not within {Patience.TotalSeconds} s: {what}.");
            await Task.Delay(50, cancellationToken);
        }
    }
}
