using Microsoft.Playwright;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Preserve.Web.BrowserTests.Running;

/// <summary>One service with the starter archive and one real Chromium, shared by the tests of a class.</summary>
public class Museum : IAsyncLifetime
{
    /// <summary>A name that is not loopback for the browser's rules, so that the page is not in a secure context.</summary>
    public const string OtherName = "museum.test";

    private const string Chromium = "/usr/bin/chromium";

    private IPlaywright? _playwright;

    public RunningService Service { get; private set; } = null!;

    /// <summary>Whether the service photographs its exhibits meanwhile.</summary>
    protected virtual bool MakesPosters => false;

    public IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Chromium))
        {
            Assert.SkipWhen(Environment.GetEnvironmentVariable("CI") != "true", "Chromium is missing: install the package chromium.");
            Assert.Fail("Chromium is missing: install the package chromium.");
        }

        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", $"--host-resolver-rules=MAP {OtherName} 127.0.0.1",
            ],
        });
        Service = await RunningService.StartAsync(makesPosters: MakesPosters);
    }

    public async Task<IPage> OpenAsync(string path, string? host = null, int? port = null)
    {
        var page = await Browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 1000 } });
        page.SetDefaultTimeout(30_000);
        var address = new UriBuilder(Service.Address) { Host = host ?? Service.Address.Host, Port = port ?? Service.Address.Port, Path = path };
        await page.GotoAsync(address.Uri.ToString());
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (Browser is not null)
        {
            await Browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (Service is not null)
        {
            await Service.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }
}

/// <summary>A museum that photographs its exhibits.</summary>
public sealed class PosterMuseum : Museum
{
    protected override bool MakesPosters => true;
}
