using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Preserve.Web.BrowserTests.Running;

namespace Preserve.Web.BrowserTests;

public sealed class VisitorTests(Museum museum) : IClassFixture<Museum>
{
    private const int Limit = 150_000;
    private const string Lit = "r + g + b > 200";
    private const string Red = "r > 200 && g < 60 && b < 60";

    /// <summary>The line after the prompt of the echo guest: a text screen of 9 x 16 pixel cells, row 2 from column 2.</summary>
    private static readonly int[] TypedLine = [18, 32, 400, 14];

    /// <summary>The painter's sheet without the swatch in its corner.</summary>
    private static readonly int[] Sheet = [24, 24, 616, 376];

    [Fact(Timeout = Limit)]
    public async Task The_gallery_shows_every_exhibit_of_the_starter_archive()
    {
        var page = await museum.OpenAsync("/");

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 })).ToBeVisibleAsync();
        foreach (var title in new[] { "Echo", "Painter", "Memtest86+", "GRUB rescue floppy", "OpenBIOS on a SPARCstation 5" })
        {
            await Assertions.Expect(page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { NameRegex = new(Regex.Escape(title)) }).First).ToBeVisibleAsync();
        }
    }

    [Theory(Timeout = Limit), InlineData(null), InlineData(Museum.OtherName)]
    public async Task What_a_visitor_types_appears_on_the_machines_screen(string? host)
    {
        var visit = await Visit.StartAsync(museum, "echo", host);
        await visit.SeesAsync([0, 0, 500, 16], Lit, 500);

        await visit.EnterAsync();
        await visit.Page.Keyboard.TypeAsync("hello museum", new KeyboardTypeOptions { Delay = 30 });

        await visit.SeesAsync(TypedLine, Lit, 250);
        Assert.Equal(host is null, await visit.Page.EvaluateAsync<bool>("isSecureContext"));
    }

    [Theory(Timeout = Limit), InlineData(null), InlineData(Museum.OtherName)]
    public async Task The_mouse_paints_on_the_machines_screen(string? host)
    {
        var visit = await Visit.StartAsync(museum, "painter", host);
        await visit.SeesAsync([0, 0, 320, 200], "r + g + b > 700", 50000);
        await visit.EnterAsync();
        var box = (await visit.Screen.BoundingBoxAsync())!;
        var (x, y) = (box.X + (box.Width / 2), box.Y + (box.Height / 2));

        await visit.Page.Mouse.DownAsync();
        for (var i = 0; i < 20; i++)
        {
            await visit.Page.Mouse.MoveAsync(x + (i * 5), y + (i * 3));
            await visit.Page.WaitForTimeoutAsync(30);
        }

        await visit.Page.Mouse.UpAsync();

        await visit.SeesAsync(Sheet, Red, 100);
    }

    [Fact(Timeout = Limit)]
    public async Task The_keyboard_alone_leads_into_the_machine_and_out_again()
    {
        var visit = await Visit.StartAsync(museum, "echo");
        await visit.SeesAsync([0, 0, 500, 16], Lit, 500);
        await visit.EnterAsync();
        await visit.Page.Keyboard.TypeAsync("in", new KeyboardTypeOptions { Delay = 30 });
        await visit.SeesAsync(TypedLine, Lit, 20);

        await visit.LeaveMachineAsync();
        await visit.Page.Keyboard.PressAsync("Tab");
        await visit.Page.Keyboard.TypeAsync("out out out out", new KeyboardTypeOptions { Delay = 20 });
        await visit.Page.WaitForTimeoutAsync(500);

        // From column 6 on nothing but, perhaps, the cursor: the keys were the page's own.
        Assert.InRange(await visit.CountAsync([54, 32, 400, 14], Lit), 0, 20);
    }

    [Fact(Timeout = Limit)]
    public async Task Reloading_the_page_finds_the_session_again()
    {
        var visit = await Visit.StartAsync(museum, "echo");
        await visit.SeesAsync([0, 0, 500, 16], Lit, 500);
        await visit.EnterAsync();
        await visit.Page.Keyboard.TypeAsync("still here", new KeyboardTypeOptions { Delay = 30 });
        await visit.SeesAsync(TypedLine, Lit, 200);

        await visit.Page.ReloadAsync();

        await visit.IsAsync("running");
        await visit.SeesAsync(TypedLine, Lit, 200);
    }

    [Fact(Timeout = Limit)]
    public async Task An_emulator_that_is_killed_is_told_and_Start_is_offered_again()
    {
        var before = museum.Service.Emulators();
        var visit = await Visit.StartAsync(museum, "disk-writer");
        var emulator = Assert.Single(museum.Service.Emulators().Except(before));

        Signals.Kill(emulator);

        await visit.IsAsync("ended");
        await Assertions.Expect(visit.Page.GetByText("The emulator stopped").First).ToBeVisibleAsync();
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new("Start again") }).First.ClickAsync();
        await visit.IsAsync("running");
    }

    [Fact(Timeout = Limit)]
    public async Task Leaving_gives_the_machine_back()
    {
        var visit = await Visit.StartAsync(museum, "animation");
        await visit.SeesAsync([0, 0, 320, 200], "r + g + b > 0", 10000);

        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new("^Leave") }).Last.ClickAsync();

        await visit.IsAsync("ended");
    }

    [Fact(Timeout = Limit)]
    public async Task An_unknown_exhibit_is_a_page_that_says_so()
    {
        var page = await museum.Browser.NewPageAsync();
        var answer = await page.GotoAsync(new Uri(museum.Service.Address, "/exhibits/no-such-thing").ToString());

        Assert.Equal(404, answer!.Status);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 })).ToBeVisibleAsync();
    }
}
