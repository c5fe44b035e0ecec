using Microsoft.Playwright;

namespace Preserve.Web.BrowserTests.Running;

/// <summary>A visitor at the page of an exhibit: presses Start, looks at the machine's pixels, types.</summary>
public sealed class Visit(IPage page, RunningService service)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    public IPage Page { get; } = page;

    public ILocator Screen => Page.Locator("preserve-player canvas").First;

    /// <summary>Opens an exhibit and presses Start; returns when its machine runs.</summary>
    public static async Task<Visit> StartAsync(Museum museum, string exhibit, string? host = null, int? port = null)
    {
        var visit = new Visit(await museum.OpenAsync($"/exhibits/{exhibit}", host, port), museum.Service);
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

    /// <summary>Waits for a condition. Not the browser library's own waiting: it evaluates text in the page, which the page's policy forbids.</summary>
    public async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(since) > Patience)
            {
                Assert.Fail($"Not within {Patience.TotalSeconds} s: {what}.\n{await DescribeAsync()}\nThe service said:\n{service.Log()}");
            }

            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    // The player's state and a coarse drawing of the guest's screen, 80 x 25, from dark to bright.
    private Task<string> DescribeAsync() => Page.EvaluateAsync<string>("""
        () => {
          const player = document.querySelector('preserve-player');
          return player.readPixels().then(({ width, height, data }) => {
            let drawing = `The player is ${player.state}, its picture ${width} x ${height}:\n`;
            for (let row = 0; row < 25 && height > 0; row++) {
              for (let column = 0; column < 80; column++) {
                const x = Math.floor((column + 0.5) * width / 80), y = Math.floor((row + 0.5) * height / 25), at = (y * width + x) * 4;
                drawing += ' .:-=+*%@#'[Math.floor((data[at] + data[at + 1] + data[at + 2]) / 77)];
              }
              drawing += '\n';
            }
            return drawing;
          });
        }
        """);

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
