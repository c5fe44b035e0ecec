using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Preserve.Web.BrowserTests.Running;

namespace Preserve.Web.BrowserTests;

/// <summary>A visitor who has nothing but fingers, on a phone.</summary>
public sealed class TouchTests(Museum museum) : IClassFixture<Museum>
{
    private const int Limit = 240_000;
    private const string Lit = "r + g + b > 200";

    /// <summary>For two seconds after it last read a floppy, DOS takes for granted that it is still the same.</summary>
    private const int DosTrustInMilliseconds = 3_000;

    /// <summary>The line after the prompt of the echo guest: a text screen of 9 x 16 pixel cells, row 2 from column 2.</summary>
    private static readonly int[] TypedLine = [18, 32, 400, 14];

    [Fact(Timeout = Limit)]
    public async Task The_keyboard_on_the_screen_types_with_Shift_held_for_one_key()
    {
        var visit = await StartAsync("echo");
        await visit.SeesAsync([0, 0, 500, 16], Lit, 500);
        await TapAsync(visit, "Keyboard");

        await TapKeysAsync(visit, "ShiftLeft", "KeyH", "KeyI");

        await visit.SeesAsync(TypedLine, Lit, 40);
        Assert.Equal("Hi", await TypedAsync(visit));
    }

    [Fact(Timeout = Limit)]
    public async Task The_two_floppies_of_OpenGEM_are_swapped_by_touch_alone_and_its_desktop_comes()
    {
        await SharedSet.ImportAsync(museum.Service, "opengem", "opengem-disk1.img.xz", "opengem-disk2.img.xz");
        var visit = await StartAsync("opengem-floppies");
        await visit.UntilAsync(async () => (await TextAsync(visit)).Contains("Put disk 2", StringComparison.Ordinal), "the first disk asks for the second");

        await TapAsync(visit, "Media");
        var first = visit.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Drive A:" });
        await Assertions.Expect(first.GetByText("Disk 1 (boot)")).ToBeVisibleAsync();
        await first.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Put in Disk 2 (GEM)" }).TapAsync();
        await Assertions.Expect(visit.Page.GetByText("Disk 2 (GEM) is in Drive A")).ToBeVisibleAsync();
        await TapAsync(visit, "Media");

        await visit.Page.WaitForTimeoutAsync(DosTrustInMilliseconds);
        await TapAsync(visit, "Keyboard");
        await TapKeysAsync(visit, "KeyS", "KeyT", "KeyA", "KeyR", "KeyT", "Enter");

        await visit.UntilAsync(
            async () => await visit.Page.EvaluateAsync<int>("() => document.querySelector('preserve-player').readPixels().then(pixels => pixels.height)") == 480,
            "the desktop's graphics mode");
        await visit.SeesAsync([0, 0, 640, 480], "r > 200 && g > 200 && b > 200", 40_000);
    }

    [Fact(Timeout = Limit)]
    public async Task A_blank_disk_is_put_in_protected_and_ejected_by_touch_and_every_target_is_large_enough()
    {
        var visit = await StartAsync("echo");
        await TapAsync(visit, "Media");
        var tray = visit.Page.Locator("preserve-player .tray");
        var drive = visit.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Drive B:" });

        await drive.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Blank disk" }).TapAsync();
        await Assertions.Expect(drive.GetByText("Blank disk 1")).ToBeVisibleAsync();
        await drive.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Write-protected" }).TapAsync();
        await Assertions.Expect(drive.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Write-protected", Pressed = true })).ToBeVisibleAsync();
        foreach (var button in await tray.GetByRole(AriaRole.Button).AllAsync())
        {
            var box = (await button.BoundingBoxAsync())!;
            Assert.True(box.Width >= 44 && box.Height >= 44, $"{await button.TextContentAsync()} is {box.Width} x {box.Height}");
        }

        await drive.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Eject" }).TapAsync();
        await Assertions.Expect(drive.GetByText("Empty")).ToBeVisibleAsync();
    }

    private static Task TapAsync(Visit visit, string name) =>
        visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true }).TapAsync();

    private static async Task TapKeysAsync(Visit visit, params string[] codes)
    {
        foreach (var code in codes)
        {
            await visit.Page.Locator($"preserve-player .key[data-code={code}]").TapAsync();
        }
    }

    private static async Task<string> TypedAsync(Visit visit) =>
        Regex.Match(await TextAsync(visit), @"^> (\S*)", RegexOptions.Multiline).Groups[1].Value;

    /// <summary>The machine's text, as the Text panel has it; the panel is closed again.</summary>
    private static async Task<string> TextAsync(Visit visit)
    {
        await TapAsync(visit, "Text");
        var rows = visit.Page.Locator("preserve-player .text-row");
        await rows.First.WaitForAsync();
        var text = string.Join('\n', await rows.AllTextContentsAsync());
        await TapAsync(visit, "Text");
        return text;
    }

    private async Task<Visit> StartAsync(string exhibit)
    {
        var page = await museum.Browser.NewPageAsync(new BrowserNewPageOptions
        {
            ViewportSize = new ViewportSize { Width = 390, Height = 844 }, DeviceScaleFactor = 2, HasTouch = true, IsMobile = true,
        });
        page.SetDefaultTimeout(30_000);
        await page.GotoAsync(new Uri(museum.Service.Address, $"/exhibits/{exhibit}").ToString());
        var visit = new Visit(page, museum.Service);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new("^Start") }).First.TapAsync();
        await visit.IsAsync("running");
        return visit;
    }
}
