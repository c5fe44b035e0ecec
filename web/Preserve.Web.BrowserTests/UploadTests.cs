using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Playwright;
using Preserve.Web.BrowserTests.Running;
using Preserve.Web.Tests.Running;

namespace Preserve.Web.BrowserTests;

/// <summary>A curator uploads from the page, with the client that the page has.</summary>
public sealed class UploadTests(Museum museum) : IClassFixture<Museum>
{
    private const int Length = 56 * 1024 * 1024;
    private const double BytesPerSecond = 8 * 1024 * 1024;

    /// <summary>What the service keeps for good at the latest: it syncs every 32 MiB.</summary>
    private const int Synced = 32 * 1024 * 1024;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    [Fact(Timeout = 300_000)]
    public async Task An_upload_goes_on_by_itself_after_the_service_was_killed_and_has_the_right_digest()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var data = Directory.CreateTempSubdirectory("preserve-browser-").FullName;
        await File.WriteAllTextAsync(Path.Combine(data, "starter-archive.seen"), "Not for this test.", cancellationToken);
        var file = Path.Combine(data, "carrier.img");
        var bytes = RandomNumberGenerator.GetBytes(Length);
        await File.WriteAllBytesAsync(file, bytes, cancellationToken);
        var first = await RunningService.StartAsync(data);
        var page = await SignInAsync(first, await MakeCuratorAsync(data, cancellationToken));
        var slow = await page.Context.NewCDPSessionAsync(page);
        await slow.SendAsync("Network.emulateNetworkConditions", new Dictionary<string, object>
        {
            ["offline"] = false, ["latency"] = 0, ["downloadThroughput"] = -1, ["uploadThroughput"] = BytesPerSecond,
        });
        await page.GotoAsync(new Uri(first.Address, "/curate/ingest").ToString());
        await page.Locator("preserve-upload input[type=file]").First.SetInputFilesAsync(file);
        await UntilAsync(() => BytesIn(data) > Synced + (4 * 1024 * 1024), "more than is synced at once is there", page);

        await first.KillAsync();
        var before = BytesIn(data);
        await using var again = await RunningService.StartAsync(data, port: first.Address.Port);
        var requests = new List<string>();
        page.Request += (_, request) =>
        {
            if (request.Headers.TryGetValue("upload-offset", out var offset))
            {
                requests.Add(offset);
            }
        };

        await UntilAsync(async () => await page.Locator("preserve-upload li[data-state=done]").CountAsync() == 1, "the upload is done", page);
        Assert.InRange(before, Synced, Length - 1);
        Assert.All(requests, offset => Assert.InRange(long.Parse(offset, CultureInfo.InvariantCulture), Synced, Length));
        var fresh = await page.Context.NewPageAsync();
        await fresh.GotoAsync(new Uri(again.Address, "/curate/ingest").ToString());
        var digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
        await UntilAsync(async () => await fresh.Locator($"span.mono[title*='SHA-256 {digest}']").CountAsync() == 1, $"the digest {digest} in the list", fresh);
        // A service that stops waits for its pages.
        await page.Context.CloseAsync();
    }

    private static long BytesIn(string data)
    {
        var folder = Path.Combine(data, "quarantine");
        return Directory.Exists(folder) ? new DirectoryInfo(folder).EnumerateFiles().Sum(one => one.Length) : 0;
    }

    private async Task<IPage> SignInAsync(RunningService service, string password)
    {
        var context = await museum.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(service.Address, "/account/sign-in").ToString());
        await page.FillAsync("#name", "mira");
        await page.FillAsync("#password", password);
        await page.Locator("form button[type=submit]").First.ClickAsync();
        await UntilAsync(() => !page.Url.Contains("sign-in", StringComparison.Ordinal), "she is signed in", page);
        return page;
    }

    private static async Task<string> MakeCuratorAsync(string data, CancellationToken cancellationToken)
    {
#pragma warning disable RS0030 // The test plays the administrator at the command line.
        using var process = Process.Start(new ProcessStartInfo(BuiltProgram.Path, ["admin", "create", "--name", "mira", "--generate", "--data", data]) { RedirectStandardOutput = true })!;
#pragma warning restore RS0030
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        Assert.Equal(0, process.ExitCode);
        return output.Trim().Split(' ')[^1];
    }

    private static Task UntilAsync(Func<bool> condition, string what, IPage page) => UntilAsync(() => Task.FromResult(condition()), what, page);

    private static async Task UntilAsync(Func<Task<bool>> condition, string what, IPage page)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(since) > s_patience)
            {
                Assert.Fail($"Not within {s_patience.TotalSeconds} s: {what}. The page at {page.Url} says:\n{await page.Locator("body").InnerTextAsync()}");
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
