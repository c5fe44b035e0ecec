using Microsoft.Playwright;

namespace Preserve.Web.BrowserTests.Running;

/// <summary>A visitor at the page of an exhibit: presses Start, looks at the machine's pixels, types.</summary>
public sealed class Visit(IPage page)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    public IPage Page { get; } = page;

    public ILocator Screen => Page.Locator("preserve-player canvas").First;

    /// <summary>Opens an exhibit and presses Start; returns when its machine runs.</summary>
    public static async Task<Visit> StartAsync(Museum museum, string exhibit, string? host = null)
    {
        var visit = new Visit(await museum.OpenAsync($"/exhibits/{exhibit}", host));
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new("^Start") }).First.ClickAsync();
        await visit.IsAsync("running");
        return visit;
    }

    /// <summary>Waits until the player is in a state.</summary>
    public Task IsAsync(string state) =>
        UntilAsync(async () => await Page.EvaluateAsync<string>("() => document.querySelector('preserve-player').state") == state, $"the player is {state}");

    /// <summary>Enters the machine: the keyboard and the pointer are the guest's from now on.</summary>
    public async Task EnterAsync()
    {
        await Screen.ClickAsync();
        await Page.WaitForTimeoutAsync(200);
    }

    /// <summary>Presses and releases the two keys that lead out of the machine.</summary>
    public async Task LeaveMachineAsync()
    {
        await Page.Keyboard.DownAsync("Control");
        await Page.Keyboard.DownAsync("Alt");
        await Page.Keyboard.UpAsync("Alt");
        await Page.Keyboard.UpAsync("Control");
    }

    /// <summary>Waits until the number of guest pixels of a kind within an area is as wanted.</summary>
    /// <param name="area">In guest pixels: x, y, width, height.</param>
    /// <param name="kind">A JavaScript condition on r, g, b.</param>
    /// <param name="atLeast">The smallest number of pixels that will do.</param>
    public Task SeesAsync(int[] area, string kind, int atLeast) =>
        UntilAsync(async () => await CountAsync(area, kind) >= atLeast, $"{atLeast} pixels of {kind} at {string.Join(", ", area)}");

    /// <summary>How many guest pixels of a kind are within an area now.</summary>
    public Task<int> CountAsync(int[] area, string kind) => Page.EvaluateAsync<int>(Counting(kind), area);

    // Not the browser library's own waiting: it evaluates text in the page, which the page's content security policy forbids.
    private static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Patience, $"Not within {Patience.TotalSeconds} s: {what}.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private static string Counting(string kind) => $$"""
        area => document.querySelector('preserve-player').readPixels().then(({ width, height, data }) => {
          const [left, top, w, h] = area;
          let n = 0;
          for (let y = top; y < Math.min(top + h, height); y++)
            for (let x = left; x < Math.min(left + w, width); x++) {
              const at = (y * width + x) * 4, r = data[at], g = data[at + 1], b = data[at + 2];
              if ({{kind}}) n++;
            }
          return n;
        })
        """;
}
