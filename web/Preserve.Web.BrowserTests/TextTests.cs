using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Preserve.Web.BrowserTests.Running;

namespace Preserve.Web.BrowserTests;

public sealed class TextTests(Museum museum) : IClassFixture<Museum>
{
    private const int Limit = 150_000;
    private const string Greeting = "Echo: type, and see what you type.";

    [Fact(Timeout = Limit)]
    public async Task Text_pasted_into_the_machine_is_on_its_screen()
    {
        var visit = await StartAsync("echo");
        await visit.EnterAsync();

        await PasteAsync(visit, "hello, museum!");

        await visit.LeaveMachineAsync();
        await OpenTextAsync(visit);
        await Expect(visit.Page.GetByRole(AriaRole.Option).Filter(new LocatorFilterOptions { HasText = "> hello, museum!" })).ToBeVisibleAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task Characters_that_cannot_be_typed_are_named_before_anything_is()
    {
        var visit = await StartAsync("echo");
        await visit.EnterAsync();

        await PasteAsync(visit, "caf\u00e9 \u2602");

        await Expect(visit.Page.GetByText("These 2 characters cannot be typed on this machine: \u00e9 (U+00E9), \u2602 (U+2602)")).ToBeVisibleAsync();
        await visit.LeaveMachineAsync();
        await Button(visit, "Type the rest").ClickAsync();
        await Expect(visit.Page.GetByText("Left out: \u00e9 (U+00E9), \u2602 (U+2602)")).ToBeVisibleAsync();
        await OpenTextAsync(visit);
        await Expect(visit.Page.GetByRole(AriaRole.Option).Filter(new LocatorFilterOptions { HasText = "> caf" })).ToBeVisibleAsync();
    }

    [Theory(Timeout = Limit), InlineData(null), InlineData(Museum.OtherName)]
    public async Task All_of_the_text_is_copied_with_one_button_also_over_plain_http(string? host)
    {
        var visit = await StartAsync("echo", host);
        await OpenTextAsync(visit);
        await Expect(visit.Page.GetByRole(AriaRole.Option).First).ToContainTextAsync(Greeting);

        await Button(visit, "Copy all").ClickAsync();

        await Expect(visit.Page.GetByText("Copied")).ToBeVisibleAsync();
        Assert.StartsWith(Greeting, await ClipboardAsync(visit), StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task New_text_is_announced_once_that_was_chosen()
    {
        var visit = await StartAsync("echo");
        var live = visit.Page.Locator("preserve-player [aria-live=polite][role=log]");
        await OpenTextAsync(visit);
        await Expect(visit.Page.GetByRole(AriaRole.Option).First).ToContainTextAsync(Greeting);
        await Expect(live).ToBeEmptyAsync();

        await visit.Page.GetByLabel("Announce new text to screen readers").CheckAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.EnterAsync();
        await visit.Page.Keyboard.TypeAsync("hello", new KeyboardTypeOptions { Delay = 30 });

        await Expect(live).ToContainTextAsync("> hello");
    }

    [Fact(Timeout = Limit)]
    public async Task With_the_keyboard_alone_the_rows_are_gone_through_and_Escape_leaves()
    {
        var visit = await StartAsync("echo");
        await Button(visit, "Text").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        var rows = visit.Page.GetByRole(AriaRole.Listbox);
        await rows.FocusAsync();

        await visit.Page.Keyboard.PressAsync("Home");
        await Expect(visit.Page.Locator("preserve-player [role=option][aria-selected=true]")).ToHaveAttributeAsync("aria-label", new Regex("^Echo: type"));
        await visit.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(visit.Page.Locator("preserve-player [role=option][aria-selected=true]")).ToHaveAttributeAsync("aria-label", "blank");

        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(rows).ToBeHiddenAsync();
        await Expect(Button(visit, "Text")).ToBeFocusedAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task A_picture_is_told_to_be_no_text()
    {
        var visit = await Visit.StartAsync(museum, "painter");

        await OpenTextAsync(visit);

        await Expect(visit.Page.GetByText("The screen shows a picture now, no text.")).ToBeVisibleAsync();
        await Expect(Button(visit, "Copy all")).ToBeDisabledAsync();
    }

    private static ILocatorAssertions Expect(ILocator locator)
    {
        Assertions.SetDefaultExpectTimeout(30_000);
        return Assertions.Expect(locator);
    }

    private async Task<Visit> StartAsync(string exhibit, string? host = null)
    {
        var visit = await Visit.StartAsync(museum, exhibit, host);
        await visit.SeesAsync([0, 0, 500, 16], "r + g + b > 200", 500);
        return visit;
    }

    private static Task OpenTextAsync(Visit visit) => Button(visit, "Text").ClickAsync();

    private static ILocator Button(Visit visit, string name) =>
        visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true });

    /// <summary>Puts text on the clipboard as another program would, and presses the keys that paste in the machine.</summary>
    private static async Task PasteAsync(Visit visit, string text)
    {
        await visit.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await visit.Page.EvaluateAsync("text => navigator.clipboard.writeText(text)", text);
        await visit.Page.Keyboard.PressAsync("Control+Shift+V");
    }

    /// <summary>What is on the clipboard, as an ordinary text field of the page gets it pasted.</summary>
    private static async Task<string> ClipboardAsync(Visit visit)
    {
        await visit.Page.EvaluateAsync("() => { const field = document.createElement('textarea'); field.id = 'pasted'; document.body.append(field); field.focus(); }");
        await visit.Page.Keyboard.PressAsync("Control+V");
        return await visit.Page.EvaluateAsync<string>("() => document.querySelector('#pasted').value");
    }
}
