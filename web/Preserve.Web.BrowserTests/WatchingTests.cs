using Microsoft.Playwright;
using Preserve.Web.BrowserTests.Running;

namespace Preserve.Web.BrowserTests;

public sealed class WatchingTests(Museum museum) : IClassFixture<Museum>
{
    private const int Limit = 150_000;
    private const string Lit = "r + g + b > 200";

    /// <summary>The line after the prompt of the echo guest.</summary>
    private static readonly int[] TypedLine = [18, 32, 400, 14];

    [Theory(Timeout = Limit), InlineData(null), InlineData(Museum.OtherName)]
    public async Task A_link_from_the_panel_is_copied_and_watched_elsewhere_and_the_count_is_in_sight(string? host)
    {
        var owner = await Visit.StartAsync(museum, "echo", host);
        await owner.SeesAsync([0, 0, 500, 16], Lit, 500);
        var address = await MakeLinkAsync(owner);
        await Named(owner, "Copy").ClickAsync();
        await Assertions.Expect(owner.Page.GetByText("Copied. Send it")).ToBeVisibleAsync();
        await owner.Page.Keyboard.PressAsync("Escape");

        var watcher = await WatchAsync(address);
        await watcher.SeesAsync([0, 0, 500, 16], Lit, 500);
        await Assertions.Expect(owner.Page.Locator("preserve-player .watched")).ToHaveTextAsync("1 person is watching");
        await Assertions.Expect(watcher.Page.GetByText("You are only watching").First).ToBeVisibleAsync();
        await owner.EnterAsync();
        await owner.Page.Keyboard.TypeAsync("look at this", new KeyboardTypeOptions { Delay = 30 });
        await watcher.SeesAsync(TypedLine, Lit, 250);

        await watcher.Screen.ClickAsync();
        await watcher.Page.Keyboard.TypeAsync("xxxxxxxxxxxxxxxx", new KeyboardTypeOptions { Delay = 20 });
        await watcher.Page.WaitForTimeoutAsync(500);
        Assert.InRange(await owner.CountAsync([150, 32, 300, 14], Lit), 0, 20);
    }

    [Fact(Timeout = Limit)]
    public async Task The_controls_are_asked_for_handed_over_and_taken_back()
    {
        var owner = await Visit.StartAsync(museum, "echo");
        await owner.SeesAsync([0, 0, 500, 16], Lit, 500);
        var watcher = await WatchAsync(await MakeLinkAsync(owner));
        await watcher.Page.GetByPlaceholder("Your name").FillAsync("Ada");
        await watcher.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(owner.Page.GetByText("Ada asks for the controls.").First).ToBeVisibleAsync();
        await Named(owner, "Hand over").First.ClickAsync();
        await Assertions.Expect(watcher.Page.GetByText("The controls are yours").First).ToBeVisibleAsync();
        await Assertions.Expect(owner.Page.GetByText("Ada has the controls.").First).ToBeVisibleAsync();
        await watcher.EnterAsync();
        await watcher.Page.Keyboard.TypeAsync("typed by the guest", new KeyboardTypeOptions { Delay = 30 });
        await owner.SeesAsync(TypedLine, Lit, 350);

        await Named(owner, "Take the controls back").ClickAsync();
        await Assertions.Expect(watcher.Page.GetByText("You are only watching").First).ToBeVisibleAsync();
        var before = await owner.CountAsync(TypedLine, Lit);
        await owner.EnterAsync();
        await owner.Page.Keyboard.TypeAsync(" and by me", new KeyboardTypeOptions { Delay = 30 });
        await watcher.SeesAsync(TypedLine, Lit, before + 120);
    }

    [Fact(Timeout = Limit)]
    public async Task An_ended_link_tells_its_watchers_at_once_and_leads_nowhere_afterwards()
    {
        var owner = await Visit.StartAsync(museum, "echo");
        var address = await MakeLinkAsync(owner);
        var watcher = await WatchAsync(address);

        await Named(owner, "End Watch link 1").ClickAsync();

        await watcher.IsAsync("ended");
        await Assertions.Expect(watcher.Page.GetByText("has ended this link").First).ToBeVisibleAsync();
        await Assertions.Expect(owner.Page.Locator("preserve-player .watched")).ToBeHiddenAsync();
        var answer = await watcher.Page.ReloadAsync();
        Assert.Equal(410, answer!.Status);
        await Assertions.Expect(watcher.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 })).ToHaveTextAsync("This link has been ended.");
        await owner.IsAsync("running");
    }

    [Fact(Timeout = Limit)]
    public async Task A_tour_starts_from_the_exhibits_page_and_what_the_guide_points_at_is_ringed()
    {
        var page = await museum.OpenAsync("/exhibits/echo");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Start as a guided tour" }).ClickAsync();
        var guide = new Visit(page, museum.Service);
        await guide.IsAsync("running");
        var watcher = await WatchAsync(await AddressAsync(guide));
        await Assertions.Expect(watcher.Page.GetByText("You are on a guided tour").First).ToBeVisibleAsync();
        await watcher.SeesAsync([0, 0, 500, 16], Lit, 500);
        await guide.SeesAsync([0, 0, 500, 16], Lit, 500);

        await Named(guide, "Point").ClickAsync();
        await guide.Screen.HoverAsync();

        await Assertions.Expect(watcher.Page.Locator("preserve-player .highlight")).ToHaveCSSAsync("display", "block");
        var ring = await watcher.Page.EvaluateAsync<float[]>("""
            () => {
              const root = document.querySelector('preserve-player').shadowRoot;
              const [ring, picture] = ['.highlight', '.picture'].map(each => root.querySelector(each).getBoundingClientRect());
              return [(ring.x - picture.x) / picture.width, (ring.y - picture.y) / picture.height];
            }
            """);
        Assert.All(ring, place => Assert.InRange(place, 0.45, 0.55));
        await Named(guide, "Watch together").ClickAsync();
        await Named(guide, "End the tour").ClickAsync();
        await Assertions.Expect(watcher.Page.GetByText("The guide has ended the tour.").First).ToBeVisibleAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task A_link_without_its_secret_and_a_forged_one_let_nobody_in()
    {
        var owner = await Visit.StartAsync(museum, "echo");
        var address = await MakeLinkAsync(owner);

        var halved = await OpenAsync(address.Split('#')[0]);
        await Assertions.Expect(halved.GetByText("This link is not whole").First).ToBeVisibleAsync();
        var wrong = await OpenAsync(address[..^4]);
        await Assertions.Expect(wrong.GetByText("may have a slip in it").First).ToBeVisibleAsync();
        Assert.Equal("refused", await wrong.EvaluateAsync<string>("() => document.querySelector('preserve-player').state"));
        var forged = await museum.Browser.NewPageAsync();
        var answer = await forged.GotoAsync(new Uri(museum.Service.Address, $"/watch/{Guid.NewGuid()}#{address.Split('#')[1]}").ToString());
        Assert.Equal(404, answer!.Status);
        Assert.DoesNotContain(address.Split('#')[1], museum.Service.Log(), StringComparison.Ordinal);
    }

    private static async Task<string> MakeLinkAsync(Visit owner)
    {
        await Named(owner, "Watch together").ClickAsync();
        await Named(owner, "Make a watch link").ClickAsync();
        return await AddressAsync(owner);
    }

    private static async Task<string> AddressAsync(Visit owner)
    {
        var field = owner.Page.Locator("preserve-player .links input");
        await Assertions.Expect(field).ToBeVisibleAsync();
        return await field.InputValueAsync();
    }

    private static ILocator Named(Visit visit, string name) =>
        visit.Page.Locator("preserve-player").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { NameRegex = new($"^{name}") });

    private async Task<Visit> WatchAsync(string address)
    {
        var watcher = new Visit(await OpenAsync(address), museum.Service);
        await watcher.IsAsync("running");
        return watcher;
    }

    // A context of its own: nothing is shared with the page that made the link.
    private async Task<IPage> OpenAsync(string address)
    {
        var page = await museum.Browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 1000 } });
        page.SetDefaultTimeout(30_000);
        await page.GotoAsync(address);
        return page;
    }
}
