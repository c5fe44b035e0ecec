using System.Diagnostics;
using Microsoft.Playwright;
using Preserve.Web.BrowserTests.Running;
using Preserve.Web.Tests.Running;

namespace Preserve.Web.BrowserTests;

/// <summary>A curator at a real browser, from a file on the desk to an exhibit, with the real upload client.</summary>
public sealed class CuratorTests(CuratorMuseum museum) : IClassFixture<CuratorMuseum>
{
    [Fact(Timeout = 400_000)]
    public async Task A_file_is_uploaded_accepted_booted_accepted_again_and_drafted_as_an_exhibit()
    {
        var page = await museum.SignInAsync();

        // Each of these steps waits for the sandbox or for storage, on a machine that may have other work.
        page.SetDefaultTimeout(120_000);
        page.SetDefaultNavigationTimeout(120_000);
        await page.GotoAsync(new Uri(museum.Service.Address, "/curate/ingest").ToString());
        await page.Locator("preserve-upload input[type=file]").First.SetInputFilesAsync(CuratorMuseum.Guest);
        await page.GetByLabel("Choose echo.img").ClickAsync(new LocatorClickOptions { Timeout = 120_000 });
        await UntilAsync(async () => await page.GetByText("waits for you").CountAsync() > 0, "the upload to wait for a decision");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Describe as one object" }).ClickAsync();
        await page.GetByLabel("Title", new PageGetByLabelOptions { Exact = false }).First.FillAsync("Echo, brought in");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Accept", Exact = true }).ClickAsync();
        await UntilAsync(() => Task.FromResult(page.Url.EndsWith("/curate/objects/echo-brought-in", StringComparison.Ordinal)), $"the object's page; this says: {await page.Locator("main").InnerTextAsync()}");

        // The machines come when the examination has been at the file.
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new("^Boot ") }).ClickAsync(new LocatorClickOptions { Timeout = 120_000 });
        var card = page.Locator("article.proof").First;
        await UntilAsync(async () => await card.GetAttributeAsync("data-state") == "Booted", "the first machine to come to a screen");
        Assert.Contains("Echo: type", await card.Locator("img.reached").GetAttributeAsync("alt"), StringComparison.Ordinal);
        Assert.True(await card.Locator("img.reached").EvaluateAsync<bool>("image => image.decode().then(() => image.naturalWidth === 720)"));
        await card.GetByLabel("Title of the environment").FillAsync("Echo, seen");
        await card.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Accept as environment" }).ClickAsync();
        await page.GetByText("echo-seen is an environment now.").WaitForAsync();

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "New exhibit" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Make it, unpublished" }).ClickAsync();
        await page.GetByText("○ not published").WaitForAsync();
        var visit = await museum.OpenAsync("/exhibits/echo-seen");
        Assert.DoesNotContain("Echo, seen", await visit.ContentAsync(), StringComparison.Ordinal);
    }

    private async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromMinutes(3), $"Not within three minutes: {what}.\n{museum.Service.Log()}");
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
    }
}

/// <summary>A museum with a curator, and a guest on a floppy that is not in it yet.</summary>
public sealed class CuratorMuseum : Museum
{
    private const string Password = "correct horse battery";

    /// <summary>An image of a floppy, on the desk.</summary>
    public static string Guest { get; } = Path.Combine(Path.GetDirectoryName(BuiltProgram.Path)!, "guests", "echo.img");

    /// <summary>Signs in with an account that the command line makes.</summary>
    public async Task<IPage> SignInAsync()
    {
        await MakeAccountAsync();
        var page = await OpenAsync("/account/sign-in");
        await page.FillAsync("input[name=Name]", "ada");
        await page.FillAsync("input[name=Password]", Password);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new("^Sign in") }).First.ClickAsync();
        await page.WaitForURLAsync("**/account");
        return page;
    }

    private async Task MakeAccountAsync()
    {
        var start = new ProcessStartInfo(BuiltProgram.Path, ["admin", "create", "--name", "ada", "--data", Service.DataFolder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
#pragma warning disable RS0030 // The test plays the administrator at the command line.
        using var process = Process.Start(start)!;
#pragma warning restore RS0030
        await process.StandardInput.WriteLineAsync(Password);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
    }
}
