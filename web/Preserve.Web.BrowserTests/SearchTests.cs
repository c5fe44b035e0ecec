using Microsoft.Playwright;
using Preserve.Web.BrowserTests.Running;

namespace Preserve.Web.BrowserTests;

public sealed class SearchTests(Museum museum) : IClassFixture<Museum>
{
    private const int Limit = 150_000;

    [Theory(Timeout = Limit), InlineData(true), InlineData(false)]
    public async Task A_visitor_finds_an_exhibit_in_spite_of_a_slip_with_script_and_without(bool hasScript)
    {
        var page = await OpenAsync(hasScript);

        await SearchAsync(page, "mEmtset");

        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Nothing here is called quite that. One exhibit matches nearly “mEmtset”.");
        await Assertions.Expect(page.Locator(".work")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Memtest86+" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 })).ToContainTextAsync("Memtest86+");
    }

    [Fact(Timeout = Limit)]
    public async Task A_choice_without_script_narrows_what_was_found_and_leads_back()
    {
        var page = await OpenAsync(hasScript: false);
        await SearchAsync(page, "open");
        var all = await page.Locator(".work").CountAsync();

        await page.GetByText("Machine", new PageGetByTextOptions { Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "PowerPC" }).ClickAsync();

        await Assertions.Expect(page.Locator(".work")).ToHaveCountAsync(1);
        Assert.InRange(all, 2, 20);
        await page.GetByText("Machine: PowerPC").ClickAsync();
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "All", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".work")).ToHaveCountAsync(all);
    }

    [Fact(Timeout = Limit)]
    public async Task An_attack_that_is_searched_for_is_shown_as_text()
    {
        var page = await OpenAsync(hasScript: true);
        var hasOpened = false;
        page.Dialog += (_, _) => hasOpened = true;
        const string Attack = "\"><img src=x onerror=alert(1)> ' OR 1=1 --";

        await SearchAsync(page, Attack);

        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync(Attack);
        await Assertions.Expect(page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync(Attack);
        await Assertions.Expect(page.Locator("img[src=x]")).ToHaveCountAsync(0);
        Assert.False(hasOpened);
    }

    private async Task<IPage> OpenAsync(bool hasScript)
    {
        var page = await museum.Browser.NewPageAsync(new BrowserNewPageOptions { JavaScriptEnabled = hasScript });
        page.SetDefaultTimeout(30_000);
        await page.GotoAsync(museum.Service.Address.ToString());
        return page;
    }

    private static async Task SearchAsync(IPage page, string text)
    {
        await page.GetByLabel("Search the exhibition").FillAsync(text);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/?q=*");
    }
}
